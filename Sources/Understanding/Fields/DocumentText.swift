import Documents

/// The pages of one document with all that a type's labels and shapes find on them.
struct DocumentText: Sendable {
    let pages: [PageText]
    let lexicon: LabelLexicon
    /// The layout that the document has, where it is known.
    let recall: LayoutRecall?
    /// What is left out of reading it.
    let skipped: Set<UnderstandingPart>
    /// The labels on each page.
    let hits: [[LabelHit]]
    /// The candidates of each shape that the type needs, over all pages.
    let candidates: [[Candidate]]
    /// What stands around each candidate, hashed.
    let neighbourhoods: [[[UInt64]]]

    init(
        pages: [PageText], lexicon: LabelLexicon, shapes: Set<CandidateShape>, recall: LayoutRecall? = nil,
        skipped: Set<UnderstandingPart> = []
    ) {
        self.pages = pages
        self.skipped = skipped
        self.recall = recall
        self.lexicon = lexicon
        let finder = LabelFinder(lexicon: lexicon)
        let hits = pages.map { finder.hits(on: $0) }
        self.hits = hits
        let sections = pages.map { SectionHeads(of: $0) }
        var candidates = [[Candidate]](repeating: [], count: CandidateShape.allCases.count)
        var neighbourhoods = [[[UInt64]]](repeating: [], count: CandidateShape.allCases.count)
        for shape in CandidateShape.allCases where shapes.contains(shape) {
            for (index, page) in pages.enumerated() {
                let found = CandidateFinder(
                    page: page, pageIndex: index, hits: hits[index], isTaught: lexicon.conventions != nil,
                    isDayFirst: lexicon.conventions?.isDayFirst ?? false, lineCountMax: lexicon.lineCountMax(of: shape)
                ).candidates(shape)
                let around = Neighbourhood(page: page, pageIndex: index, sections: sections[index])
                let more =
                    lexicon.conventions.map { _ in TaughtNeighbourhood(page: page, candidates: found, shape: shape) }
                candidates[shape.rawValue] += found
                neighbourhoods[shape.rawValue] += found.enumerated().map {
                    around.hashes(of: $1, order: $0, shape: shape) + (more?.hashes(of: $0, shape: shape) ?? [])
                }
            }
        }
        self.candidates = candidates
        self.neighbourhoods = neighbourhoods
    }

    /// The shapes that the lexicon's fields outside tables need.
    static func shapes(of lexicon: LabelLexicon) -> Set<CandidateShape> {
        Set(lexicon.targets.filter { $0.scope != .line }.compactMap(\.shape))
    }

    /// What a layout that is known says for a column of a table and a value, in log-odds.
    func remembered(_ column: TableColumn, page: Int, _ target: LabelLexicon.Target) -> Double {
        recall?.evidence(for: LayoutMemory.path(target), column: column, width: pages[page].width) ?? 0
    }
}
