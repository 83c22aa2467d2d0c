import Documents

/// The lines of text that say whose claim the lines of a table are.
struct ClaimHeads {
    /// The first line of each head, and each line on which a label of a claim's name or number stands as a label does.
    let rows: Set<Int>
    /// The lines with which what is not of any claim begins: the payer's adjustments of the whole payment.
    let ends: Set<Int>

    /// - Parameter tableRows: the lines of text that are lines of tables.
    init(text: DocumentText, pageIndex: Int, tableRows: Set<Int>) {
        let page = text.pages[pageIndex]
        let hits = text.hits[pageIndex].filter { !$0.isDominated && $0.likeness > 0.8 }
        func target(_ hit: LabelHit) -> LabelLexicon.Target { text.lexicon.targets[hit.target] }
        let names = hits.filter {
            target($0).scope == .claim && ClaimTables.identities.contains(target($0).definition.name)
        }
        var rows = Set(names.filter { ClaimHeads.standsAsLabel($0) }.map(\.row))
        // `NAME DOE, JANE  ACNT PC-9003  ICN 26103944177`: line printers put nothing behind labels of one word.
        for (row, own) in Dictionary(grouping: names.filter(\.startsSegment), by: \.row)
        where Set(own.map(\.target)).count > 1 && page.tokens[page.rows[row]].contains(where: { $0.digitCount > 3 }) {
            rows.insert(row)
        }
        if let recall = text.recall { rows.formUnion(recall.claimRows(pageIndex, in: text)) }

        // Who treated, when, by whom insured: it may stand over the name as well as under it.
        let others = hits.filter { target($0).scope == .claim && ($0.hasColon || $0.isLed) }
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
            }.map(\.row))
    }

    /// How many heights of a line may be between the lines of one head.
    private static let gapMax = 2.0

    private static func standsAsLabel(_ hit: LabelHit) -> Bool {
        hit.hasColon || hit.isLed || hit.wordCount > 1 && (hit.startsSegment || hit.coversSegment)
    }
}

extension PageText {
    /// The empty height between a printed line and the one above it.
    fileprivate func gap(above row: Int) -> Double {
        box(rows[row]).top - box(rows[row - 1]).bottom
    }
}
