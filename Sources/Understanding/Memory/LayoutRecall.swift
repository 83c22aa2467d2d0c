import Documents

/// A remembered layout recognised in a document: what it says about the document's candidates and columns.
struct LayoutRecall: Sendable {
    let memory: LayoutMemory
    let alignment: LayoutAlignment

    /// Why a document is taken to be of the layout, for a person.
    var reason: Reason {
        let count = memory.confirmationCount
        return Reason(
            code: "layout_known",
            detail:
                "laid out like \(count == 1 ? "a document" : "\(count) documents") confirmed before (memory \(memory.id); \(Int(alignment.likeness * 100)) % of the layout's words stand where they did)"
        )
    }

    /// What the memory says for a field of each of the candidates, in log-odds; nil when it knows nothing of the field.
    func evidence(for target: LabelLexicon.Target, candidates: [Candidate], on pages: [PageText]) -> [Double]? {
        guard let field = memory.fields[LayoutMemory.path(target)] else { return nil }
        guard field.presentCount > 0 else {
            let absent = MemoryEvidence.absence(count: field.absentCount)
            return candidates.map { _ in absent }
        }
        return candidates.map { candidate in
            place(candidate, field: field, on: pages[candidate.page]).map(field.weighed) ?? 0
        }
    }

    /// What it says that a candidate stands where it does, by the confirmed document that it is most like; nil when no
    /// place is known.
    func place(_ candidate: Candidate, field: RememberedField, on page: PageText) -> Double? {
        let around = Surroundings(of: candidate.tokens, on: page, isFirst: candidate.page == 0) { _ in true }
        return field.surroundings.map { known in
            MemoryEvidence.places(
                nearness(of: candidate, to: known, on: page), words: known.likeness(to: around))
        }.max()
    }

    /// The lines of a page on which a claim begins, by where its name or number stands.
    func claimRows(_ pageIndex: Int, in text: DocumentText) -> Set<Int> {
        var rows: Set<Int> = []
        for target in text.lexicon.targets
        where target.scope == .claim && ClaimTables.identities.contains(target.definition.name) {
            guard let field = memory.fields[LayoutMemory.path(target)], let shape = target.shape else { continue }
            for candidate in text.candidates[shape.rawValue] where candidate.page == pageIndex {
                let page = text.pages[pageIndex]
                if let known = place(candidate, field: field, on: page), known > MemoryEvidence.surePlace {
                    rows.insert(page.tokens[candidate.tokens.lowerBound].row)
                }
            }
        }
        return rows
    }

    /// Names that confirmed documents had where nearly the same is read now: the sender's, with a word torn off or misread.
    func knownNames(for target: LabelLexicon.Target, on pages: [PageText]) -> [Candidate] {
        guard target.shape == .name, let field = memory.fields[LayoutMemory.path(target)], let page = pages.first else {
            return []
        }
        let places = field.surroundings.compactMap(\.place).compactMap(alignment.place)
        return field.names.flatMap { name in
            places.compactMap { place in knownName(name, at: place, on: page) }
        }
    }

    private func knownName(_ name: String, at place: Surroundings.Place, on page: PageText) -> Candidate? {
        let slack = 2 * page.lineHeight
        let tokens = page.tokens.indices.filter { index in
            let box = page.tokens[index].box
            return abs(box.midY - place.y * page.width) < 0.6 * max(page.lineHeight, box.height)
                && box.midX > place.left * page.width - slack && box.midX < place.right * page.width + slack
        }
        guard let first = tokens.first, let last = tokens.last else { return nil }
        let printed = tokens.flatMap { page.tokens[$0].plain }
        let known = Token.plain(name)
        guard known.count >= 6,
            let distance = EditDistance.between(printed, known, limit: max(1, known.count / 4))
        else { return nil }
        var candidate = Candidate(
            page: 0, tokens: first..<last + 1, value: name, text: page.text(first..<last + 1),
            box: Box.enclosing(tokens.map { page.tokens[$0].box }) ?? page.box(first..<last + 1),
            readingConfidence: 1 - Double(distance) / Double(known.count))
        candidate.mended = distance > 0
        return candidate
    }

    private func nearness(
        of candidate: Candidate, to known: Surroundings, on page: PageText
    ) -> MemoryEvidence.Nearness {
        guard let was = known.place else { return .unknown }
        guard candidate.page == 0 else { return .elsewhere }
        guard let place = alignment.place(was) else { return .unknown }
        let aside = min(
            abs(candidate.box.left / page.width - place.left), abs(candidate.box.right / page.width - place.right))
        let isBeside = abs(candidate.box.midY / page.width - place.y) * page.width < 0.8 * page.lineHeight
        return isBeside && aside * page.width < 2 * page.lineHeight ? .there : .elsewhere
    }

    /// What the memory says for a column of a table that it holds the value with `path`, in log-odds.
    func evidence(for path: String, column: TableColumn, width: Double) -> Double {
        guard let known = self.column(column, width: width) else { return 0 }
        return MemoryEvidence.weighed(
            known.name == path ? MemoryEvidence.equalColumn : MemoryEvidence.otherColumn, by: known.reliability)
    }

    /// The remembered column that a column is.
    func column(_ column: TableColumn, width: Double) -> RememberedColumn? {
        memory.columns.map { ($0, likeness($0, column, width: width)) }
            .filter { $0.1 > 0.5 }
            .max { $0.1 < $1.1 }?.0
    }

    private func likeness(_ known: RememberedColumn, _ column: TableColumn, width: Double) -> Double {
        guard known.kind == column.kind.rawValue else { return 0 }
        let left = (alignment.scale * known.left + alignment.shift) * width
        let right = (alignment.scale * known.right + alignment.shift) * width
        let shared = column.overlap(left..<max(left, right))
        let place = shared / max(1, min(right - left, column.right - column.left))
        guard !known.head.isEmpty, !column.head.isEmpty else { return min(1, place) }
        let words = column.head.map { String(decoding: $0, as: UTF8.self) }
        let head = known.head.reduce(0) { sum, word in
            sum + (words.map { Surroundings.likeness(word, $0) }.max() ?? 0)
        }
        return 0.4 * min(1, place) + 0.6 * head / Double(max(known.head.count, words.count))
    }
}

extension LayoutMemory {
    /// The name under which a memory keeps what it knows of a value.
    static func path(_ target: LabelLexicon.Target) -> String {
        switch target.scope {
        case .document: target.definition.name
        case .claim: "claims.\(target.definition.name)"
        case .line: "lines.\(target.definition.name)"
        }
    }
}
