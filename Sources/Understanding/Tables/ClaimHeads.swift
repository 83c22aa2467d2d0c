import Documents

/// The lines of text that say whose claim the lines of a table are.
struct ClaimHeads {
    /// The first line of each head, and each line on which a label of a claim's name or number stands as a label does.
    let rows: Set<Int>
    /// The lines with which what is not of any claim begins: the payer's adjustments of the whole payment.
    let ends: Set<Int>
    /// The lines that sum all claims up, `Total charges, all claims`.
    let sums: Set<Int>

    /// - Parameter tableRows: the lines of text that are lines of tables.
    init(text: DocumentText, pageIndex: Int, tableRows: Set<Int>) {
        let page = text.pages[pageIndex]
        let hits = text.hits[pageIndex].filter { !$0.isDominated && $0.likeness > 0.8 }
        func target(_ hit: LabelHit) -> LabelLexicon.Target { text.lexicon.targets[hit.target] }
        let names = hits.filter {
            target($0).scope == .claim && ClaimTables.identities.contains(target($0).definition.name)
        }
        var rows = Set(names.filter { ClaimHeads.standsAsLabel($0) }.map(\.row))
        rows.formUnion(ClaimHeads.bareHeads(hits, text: text, page: page, tableRows: tableRows))
        if let recall = text.recall { rows.formUnion(recall.claimRows(pageIndex, in: text)) }

        // Who treated, when, by whom insured: it may stand over the name as well as under it.
        let others = hits.filter {
            target($0).scope == .claim && ($0.hasColon || $0.isLed || $0.startsSegment)
        }
        let ofClaim = Dictionary(grouping: others, by: \.row)
        for row in rows {
            var first = row
            while first > 0, !tableRows.contains(first - 1), let above = ofClaim[first - 1],
                above.allSatisfy({ target($0).definition.kind != .money }),
                page.gap(above: first) < ClaimHeads.gapMax * page.lineHeight
            {
                first -= 1
            }
            rows.insert(first)
        }
        self.rows = rows
        ends = Set(
            hits.filter { hit in
                target(hit).scope == .document && !target(hit).definition.parts.isEmpty
                    && hit.startsSegment && hit.wordCount > 1
            }.map(\.row)
        )
        sums = Set(
            page.rows.indices.filter { row in
                let words = page.tokens[page.rows[row]].map(\.plain)
                return !tableRows.contains(row) && words.contains(ClaimHeads.claims)
                    && words.contains { ClaimHeads.allWords.contains($0) }
            })
    }

    private static let claims = Array("CLAIMS".utf8)
    private static let allWords = ["ALL", "TOTAL", "TOTALS"].map { Array($0.utf8) }

    /// Lines with labels of a claim that nothing ends, two at least: `NAME DOE, JANE  ACNT PC-9003  ICN 26103944177` of
    /// line printers, or a row of labels with its values on the next line.
    private static func bareHeads(
        _ hits: [LabelHit], text: DocumentText, page: PageText, tableRows: Set<Int>
    ) -> [Int] {
        let known = ClaimTables.identities.union(["member_id"])
        return Dictionary(grouping: hits, by: \.row).compactMap { row, own in
            let targets = own.filter { hit in
                let segment = page.segments[page.tokens[hit.tokens.lowerBound].segment]
                return hit.startsSegment || hit.tokens.upperBound == segment.upperBound
            }.map { text.lexicon.targets[$0.target] }
            let names = Set(
                targets.filter { $0.scope == .claim && known.contains($0.definition.name) }.map(\.definition.name))
            let isOfTable = tableRows.contains(row) || targets.contains { $0.definition.kind == .money }
            let isOverValues = !tableRows.contains(row + 1) && page.hasNumber(row: row + 1)
            return names.count > 1 && !isOfTable && (page.hasNumber(row: row) || isOverValues) ? row : nil
        }
    }

    /// How many heights of a line may be between the lines of one head.
    private static let gapMax = 2.0

    private static func standsAsLabel(_ hit: LabelHit) -> Bool {
        hit.hasColon || hit.isLed || hit.wordCount > 1 && (hit.startsSegment || hit.coversSegment)
    }
}

extension PageText {
    /// Whether a printed line has a number of more than three digits.
    fileprivate func hasNumber(row: Int) -> Bool {
        rows.indices.contains(row) && tokens[rows[row]].contains { $0.digitCount > 3 }
    }

    /// The empty height between a printed line and the one above it.
    fileprivate func gap(above row: Int) -> Double {
        box(rows[row]).top - box(rows[row - 1]).bottom
    }
}
