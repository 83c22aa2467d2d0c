import Documents

/// Reads what a payer takes off or adds to a payment beyond its claims (X12 835 segment PLB).
struct ProviderAdjustmentReader {
    let text: DocumentText
    let model: TableModel

    /// Groups of reason, reference and amount on the lines under a label of the field.
    func fields() -> Row {
        var row: Row = [:]
        for (index, target) in text.lexicon.targets.enumerated()
        where target.scope == .document && !target.definition.parts.isEmpty {
            let groups = text.pages.indices.flatMap { self.groups(target: index, page: $0) }
            if !groups.isEmpty { row[target.definition.name] = .groups(groups) }
        }
        return row
    }

    private func groups(target: Int, page index: Int) -> [[String: Field]] {
        let page = text.pages[index]
        let heads = text.hits[index].filter {
            $0.target == target && ($0.wordCount > 1 || $0.startsSegment) && !$0.isDominated
        }
        guard let head = heads.map(\.row).min() else { return [] }
        let reader = CellReader(page: page)
        var groups: [[String: Field]] = []
        for row in head..<min(page.rows.count, head + 14) {
            let cells = reader.cells(row: row)
            guard let amount = cells.last(where: { $0.kind == .money }), let reason = reason(row: row, page: page)
            else {
                continue
            }
            var group = ["reason": field(reason, page: page), "amount": field(amount, page: page)]
            let between = cells.first { cell in
                cell.kind == .identifier && cell.box.left > reason.box.right && cell.box.right < amount.box.left
            }
            if let between { group["reference"] = field(between, page: page) }
            groups.append(group)
        }
        return groups
    }

    /// The code of two signs that begins the line, or follows its label on it.
    private func reason(row: Int, page: PageText) -> TableCell? {
        let known: Set = [
            "50", "51", "72", "90", "AH", "AM", "AP", "B2", "B3", "BD", "BN", "C5", "CR", "CS", "CT", "CV", "CW", "DM",
            "E3",
            "FB", "FC", "GO", "HM", "IP", "IR", "IS", "J1", "L3", "L6", "LE", "LS", "OA", "OB", "PI", "PL", "RA", "RE",
            "SL",
            "TL", "WO", "WU", "ZZ",
        ]
        for index in page.rows[row].prefix(4) {
            let token = page.tokens[index]
            let code = String(decoding: token.plain, as: UTF8.self)
            guard known.contains(code), token.text.uppercased() == token.text else { continue }
            return TableCell(
                kind: .words, value: code, text: token.text, tokens: index..<index + 1, box: token.box,
                confidence: token.confidence)
        }
        return nil
    }

    private func field(_ cell: TableCell, page: PageText) -> Field {
        Field(
            value: .text(cell.value), text: cell.text,
            confidence: Confidence(model.cells.probability([0.8, cell.confidence, 0.8, 0])), page: page.number,
            box: cell.box)
    }
}
