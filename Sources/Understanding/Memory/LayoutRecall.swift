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

    /// What stands around each of some candidates.
    func surroundings(of candidates: [Candidate], on pages: [PageText]) -> [Surroundings] {
        candidates.map { candidate in
            Surroundings(of: candidate.tokens, on: pages[candidate.page], isFirst: candidate.page == 0) { _ in true }
        }
    }

    /// What the memory says for a field of each of the candidates, in log-odds; nil when it knows nothing of the field.
    ///
    /// - Parameter surroundings: what stands around each candidate.
    func evidence(
        for target: LabelLexicon.Target, candidates: [Candidate], surroundings: [Surroundings], on pages: [PageText]
    ) -> [Double]? {
        guard let field = memory.fields[LayoutMemory.path(target)] else { return nil }
        guard field.presentCount > 0 else {
            let absent = MemoryEvidence.absence(count: field.absentCount)
            return candidates.map { _ in absent }
        }
        return places(of: field, candidates: candidates, surroundings: surroundings, on: pages).map { place in
            place.map(field.weighed) ?? 0
        }
    }

    /// What it says of each candidate that it stands where it does, by the confirmed document that it is most like; nil
    /// when no place is known.
    func places(
        of field: RememberedField, candidates: [Candidate], surroundings: [Surroundings], on pages: [PageText]
    ) -> [Double?] {
        let known = field.surroundings.map { ($0, $0.place.flatMap(alignment.place)) }
        return zip(candidates, surroundings).map { candidate, around in
            known.map { known, place in
                MemoryEvidence.places(
                    nearness(of: candidate, to: place, isPlaced: known.place != nil, on: pages[candidate.page]),
                    words: known.likeness(to: around))
            }.max()
        }
    }

    private func nearness(
        of candidate: Candidate, to place: Surroundings.Place?, isPlaced: Bool, on page: PageText
    ) -> MemoryEvidence.Nearness {
        guard isPlaced else { return .unknown }
        guard candidate.page == 0 else { return .elsewhere }
        guard let place else { return .unknown }
        let aside = min(
            abs(candidate.box.left / page.width - place.left), abs(candidate.box.right / page.width - place.right))
        let isBeside = abs(candidate.box.midY / page.width - place.y) * page.width < 0.8 * page.lineHeight
        return isBeside && aside * page.width < 2 * page.lineHeight ? .there : .elsewhere
    }

    /// The lines of a page on which a claim begins, by where its name or number stands.
    func claimRows(_ pageIndex: Int, in text: DocumentText) -> Set<Int> {
        var rows: Set<Int> = []
        let page = text.pages[pageIndex]
        for target in text.lexicon.targets
        where target.scope == .claim && ClaimTables.identities.contains(target.definition.name) {
            guard let field = memory.fields[LayoutMemory.path(target)], let shape = target.shape else { continue }
            let candidates = text.candidates[shape.rawValue].filter { $0.page == pageIndex }
            let known = places(
                of: field, candidates: candidates, surroundings: surroundings(of: candidates, on: text.pages),
                on: text.pages)
            for (candidate, known) in zip(candidates, known) where (known ?? 0) > MemoryEvidence.surePlace {
                rows.insert(page.tokens[candidate.tokens.lowerBound].row)
            }
        }
        return rows
    }

    // MARK: The sender's name

    /// The sender's name as confirmed before, where nearly the same is read now: a word of it torn off or misread.
    func senderName(for target: LabelLexicon.Target, on pages: [PageText]) -> Candidate? {
        guard target.definition.namesSender, let field = memory.fields[LayoutMemory.path(target)],
            let page = pages.first
        else { return nil }
        let places = field.surroundings.compactMap(\.place).compactMap(alignment.place)
        let found = field.names.flatMap { name in places.compactMap { senderName(name, at: $0, on: page) } }
        return found.enumerated().max {
            ($0.element.readingConfidence, $1.offset) < ($1.element.readingConfidence, $0.offset)
        }?.element
    }

    private func senderName(_ name: String, at place: Surroundings.Place, on page: PageText) -> Candidate? {
        let slack = 2 * page.lineHeight
        let near = page.tokens.indices.filter { index in
            let box = page.tokens[index].box
            return abs(box.midY - place.y * page.width) < 0.6 * max(page.lineHeight, min(box.height, slack))
                && box.midX > place.left * page.width - slack && box.midX < place.right * page.width + slack
        }
        let rows = Dictionary(grouping: near) { page.tokens[$0].row }
        guard let row = rows.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })?.value,
            let first = row.first, let last = row.last
        else { return nil }
        let tokens = first..<last + 1
        let known = Token.plain(name)
        guard known.count >= 6,
            let distance = EditDistance.between(
                page.tokens[tokens].flatMap(\.plain), known, limit: max(1, known.count / 4))
        else { return nil }
        var candidate = Candidate(
            page: 0, tokens: tokens, value: name, text: page.text(tokens), box: page.box(tokens),
            readingConfidence: 1 - Double(distance) / Double(known.count))
        candidate.mended = distance > 0
        return candidate
    }

    // MARK: Columns

    /// What the memory says for a column of a table that it holds the value with `path`, in log-odds.
    func evidence(for path: String, column: TableColumn, width: Double) -> Double {
        guard let known = self.column(column, width: width) else { return 0 }
        return MemoryEvidence.weighed(
            known.name == path ? MemoryEvidence.equalColumn : MemoryEvidence.otherColumn, by: known.reliability)
    }

    /// The remembered column that a column is.
    func column(_ column: TableColumn, width: Double) -> RememberedColumn? {
        var best: (known: RememberedColumn, likeness: Double)?
        for known in memory.columns {
            let likeness = likeness(known, column, width: width)
            if likeness > (best?.likeness ?? Self.columnLikenessMin) { best = (known, likeness) }
        }
        return best?.known
    }

    private static let columnLikenessMin = 0.5

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
