import Documents

/// Finds what speaks for each value of a document, by the value's place on the page.
struct ValueExplainer {
    /// How many facts of the model a value is given, the weightiest first.
    private static let factCountMax = 5
    /// A fact that moves the score by less, in log-odds, is left out.
    private static let factWeightMin: Float = 0.05

    private let text: DocumentText
    private let model: UnderstandingModel
    private let document: Document
    private let tables: TableExplainer
    /// The checks that are about a value, by its path.
    private let checks: [String: [Check]]
    /// What the books say of a value, by its path.
    private let accounts: [String: [Reason]]
    private var evidence: [CandidateShape: FieldEvidence] = [:]
    private var facts: [Int: [[Float]]] = [:]

    init(type: DocumentType, text: DocumentText, model: UnderstandingModel, document: Document) {
        self.text = text
        self.model = model
        self.document = document
        tables = TableExplainer(type: type, text: text, model: model.tables)
        checks = document.checks.reduce(into: [:]) { checks, check in
            for path in check.fields ?? [] { checks[path, default: []].append(check) }
        }
        accounts = Dictionary(grouping: document.evidence.filter { $0.code.hasPrefix("account_") }) { $0.field ?? "" }
    }

    /// The document with the evidence of each of its values.
    mutating func explained() -> Document {
        var explained = document
        explained.fields = row(document.fields, .document, under: "")
        for (index, claim) in document.claims.enumerated() {
            explained.claims[index].fields = row(claim.fields, .claim, under: "claims[\(index)].")
            explained.claims[index].serviceLines = claim.serviceLines.enumerated().map {
                row($1, .line, under: "claims[\(index)].service_lines[\($0)].")
            }
        }
        explained.lineItems = document.lineItems.enumerated().map { row($1, .line, under: "line_items[\($0)].") }
        return explained
    }

    private mutating func row(_ row: Row, _ scope: DocumentScope, under prefix: String) -> Row {
        var explained = row
        for (name, leaf) in row {
            let target = text.lexicon.targets.firstIndex { $0.scope == scope && $0.definition.name == name }
            guard let target else { continue }
            explained[name] = self.leaf(leaf, target: target, path: prefix + name)
        }
        return explained
    }

    private mutating func leaf(_ leaf: Leaf, target: Int, path: String) -> Leaf {
        let definition = text.lexicon.targets[target].definition
        switch leaf {
        case .one(let field):
            return .one(self.field(field, target, kind: definition.kind, path: path))
        case .many(let fields):
            return .many(
                fields.enumerated().map { self.field($1, target, kind: definition.kind, path: "\(path)[\($0)]") })
        case .groups(let groups):
            var explained = groups
            for (index, group) in groups.enumerated() {
                for (name, field) in group {
                    let kind = definition.parts.first { $0.name == name }?.kind ?? definition.kind
                    explained[index][name] = self.field(field, target, kind: kind, path: "\(path)[\(index)].\(name)")
                }
            }
            return .groups(explained)
        }
    }

    private mutating func field(_ field: Field, _ target: Int, kind: NormalForm, path: String) -> Field {
        var items: [ValueEvidence] = []
        if let page = text.pages.firstIndex(where: { $0.number == field.page }), let box = field.box {
            if let column = tables.column(of: box, page: page, target: target) {
                items += tables.evidence(of: column, page: page, target: target)
            } else {
                items += ofCandidate(field, page: page, box: box, target: target)
            }
        }
        items.append(ValueEvidence(.shape, kind.rawValue))
        items += (checks[path] ?? []).map { check in
            let detail = check.detail.map { ": \($0)" } ?? ""
            return ValueEvidence(.check, "\(check.name) \(check.passed ? "holds" : "does not hold")\(detail)")
        }
        if field.repaired == true, let read = field.text {
            items.append(
                ValueEvidence(
                    .check, "a digit was restored: \(read) is read, and two sums hold only with \(field.value)"))
        }
        items += AmountRepair.notes(of: field)
        items += (accounts[path] ?? []).map { ValueEvidence(.account, $0.detail ?? $0.code) }
        var explained = field
        explained.evidence = items
        return explained
    }

    // MARK: Values found by their surroundings

    private mutating func ofCandidate(_ field: Field, page: Int, box: Box, target: Int) -> [ValueEvidence] {
        let lexical = text.lexicon.targets[target]
        guard let shape = lexical.shape, lexical.scope != .line else {
            return nearestLabel(target, page: page, box: box)
        }
        let all = evidence[shape] ?? FieldEvidence(text: text, shape: shape)
        evidence[shape] = all
        guard let place = all.targets.firstIndex(of: target),
            let index = candidate(of: field, page: page, box: box, among: all.candidates)
        else { return nearestLabel(target, page: page, box: box) }
        return label(all.relations(place, index), page: page) + memory(of: all.candidates[index], lexical)
            + weightiest(facts(target, place, all, shape)[index])
    }

    /// The candidate with the field's ink, the one with its value if several have; stored boxes are rounded to tenths.
    private func candidate(of field: Field, page: Int, box: Box, among all: [Candidate]) -> Int? {
        let same = all.indices.filter { all[$0].page == page && all[$0].box.isNear(box) }
        return same.first { .text(all[$0].value) == field.value } ?? same.first
    }

    private func label(_ relations: [LabelRelation], page: Int) -> [ValueEvidence] {
        guard let best = relations.max(by: { $0.affinity < $1.affinity }) else { return [] }
        let side: ValueEvidence.Side =
            switch best.direction {
            case .left: .left
            case .above: .above
            case .under: .under
            case .before: .before
            }
        return [label(text.hits[page][best.hit], page: page, side: side)]
    }

    private func label(_ hit: LabelHit, page: Int, side: ValueEvidence.Side) -> ValueEvidence {
        ValueEvidence(
            .label, text.pages[page].text(hit.tokens), side: side, page: text.pages[page].number, box: hit.box)
    }

    /// The label of the field that is nearest to ink which no label's direction binds: a checkbox, a signature.
    private func nearestLabel(_ target: Int, page: Int, box: Box) -> [ValueEvidence] {
        let near = text.hits[page].filter { $0.target == target }.map { hit in
            (hit: hit, distance: hit.box.gap(to: box) / text.pages[page].lineHeight)
        }
        guard let best = near.min(by: { $0.distance < $1.distance }), best.distance < 12 else { return [] }
        return [label(best.hit, page: page, side: .near)]
    }

    private func memory(of candidate: Candidate, _ target: LabelLexicon.Target) -> [ValueEvidence] {
        guard let recall = text.recall,
            let known = recall.evidence(
                for: target, candidates: [candidate],
                surroundings: recall.surroundings(of: [candidate], on: text.pages),
                on: text.pages)?.first, known != 0
        else { return [] }
        return [ValueEvidence.memory(recall.memory.id, isFor: known > 0, logOdds: known)]
    }

    /// The facts of each candidate for a field, worked out once.
    private mutating func facts(
        _ target: Int, _ place: Int, _ all: FieldEvidence, _ shape: CandidateShape
    ) -> [[Float]] {
        if let known = facts[target] { return known }
        let key = text.lexicon.targets[target].key
        let learned = text.neighbourhoods[shape.rawValue].map { model.fields.learned($0, key: key) }
        let rows = all.rows(place, learned: learned)
        facts[target] = rows
        return rows
    }

    private func weightiest(_ row: [Float]) -> [ValueEvidence] {
        let contributions = model.fields.trees.contributions(row).filter { abs($0.value) >= Self.factWeightMin }
        let sorted = contributions.sorted { (abs($1.value), $0.key) < (abs($0.value), $1.key) }
        return sorted.prefix(Self.factCountMax).compactMap { place, weight in
            FieldFeature(rawValue: place).map { feature in
                let value = (Double(row[place]) * 100).rounded() / 100
                return ValueEvidence(.model, "\(feature.words) \(value)", logOdds: Double(weight))
            }
        }
    }
}

extension ValueEvidence {
    /// What the memory with `id` says of a place.
    static func memory(_ id: String, isFor: Bool, logOdds: Double) -> ValueEvidence {
        ValueEvidence(
            .memory,
            isFor
                ? "stands where the layout has it (memory \(id))" : "the layout does not have it there (memory \(id))",
            logOdds: logOdds)
    }
}

extension FieldFeature {
    /// Its name in words: `left gap`; what was learned is about the words around the value.
    fileprivate var words: String {
        let name = "\(self)".replacing("learned", with: "wordsAround")
        return name.reduce(into: "") { words, sign in words += sign.isUppercase ? " \(sign.lowercased())" : "\(sign)" }
    }
}

extension Box {
    /// Whether the edges are the same but for rounding to tenths of a pixel.
    fileprivate func isNear(_ other: Box) -> Bool {
        max(abs(left - other.left), abs(top - other.top), abs(right - other.right), abs(bottom - other.bottom)) < 0.11
    }

    /// The way between two boxes, 0 when they touch.
    fileprivate func gap(to other: Box) -> Double {
        max(0, left - other.right, other.left - right) + max(0, top - other.bottom, other.top - bottom)
    }
}
