import Documents

/// A value in a row of a table, by its shape.
struct TableCell: Sendable {
    enum Kind: Int, Sendable { case money, date, code, count, identifier, adjustment, remark, words }

    var kind: Kind
    var value: String
    var text: String
    var tokens: Range<Int>
    var box: Box
    var confidence: Double
    /// The second date of a range in one cell.
    var secondDate: String?
    /// What else its ink may say, the likelier first.
    var alternatives: [String] = []
}

/// Cuts a printed line into cells.
struct CellReader {
    let page: PageText
    /// Whether amounts of the page have a dollar sign before them.
    private let hasDollarSigns: Bool
    /// Whether thousands of the page have their commas.
    private let hasCommas: Bool
    private let parsers: [(TableCell.Kind, ShapeParser)] = [
        (.date, ShapeParser(shape: .date)), (.money, ShapeParser(shape: .money)),
        (.code, ShapeParser(shape: .procedureCode)),
    ]

    init(page: PageText) {
        self.page = page
        let amounts = page.tokens.filter { token in
            let end = token.text.utf8.suffix(3)
            return end.first == UInt8(ascii: ".") && end.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
        }
        hasCommas = amounts.contains { $0.text.contains(",") }
        let signed = amounts.count { $0.text.hasPrefix("$") }
        hasDollarSigns =
            !page.isExact && signed >= Self.signedCountMin
            && Double(signed) >= Self.signedShareMin * Double(amounts.count)
    }

    private static let signedCountMin = 6
    private static let signedShareMin = 0.7
    private static let trustInSigns = 0.7

    func cells(row: Int) -> [TableCell] {
        var cells: [TableCell] = []
        var words: Range<Int>?
        func closeWords() {
            if let range = words {
                cells.append(
                    cell(.words, NormalForm.foldWhiteSpace(page.text(range)), page.text(range), range))
            }
            words = nil
        }
        var index = page.rows[row].lowerBound
        while index < page.rows[row].upperBound {
            if let typed = typed(at: index, end: page.rows[row].upperBound),
                !(words != nil && isInText(typed, at: index))
            {
                closeWords()
                cells += typed
                index = typed.last?.tokens.upperBound ?? index + 1
            } else {
                if let open = words, page.tokens[open.lowerBound].segment == page.tokens[index].segment {
                    words = open.lowerBound..<index + 1
                } else {
                    closeWords()
                    words = index..<index + 1
                }
                index += 1
            }
        }
        closeWords()
        return page.isExact ? cells : withMinus(cells)
    }

    /// Amounts of a line whose minus is printed behind them, each of them negative where a point was read for the minus.
    private func withMinus(_ cells: [TableCell]) -> [TableCell] {
        let signed = cells.count { $0.kind == .money && $0.text.hasSuffix("-") }
        guard signed >= Self.minusCountMin else { return cells }
        return cells.map { cell in
            guard cell.kind == .money, let last = page.tokens[cell.tokens.upperBound - 1].text.last,
                ".,".contains(last),
                let amount = Money(cell.value), amount > .zero
            else { return cell }
            var cell = cell
            let negative = (-amount).description
            cell.alternatives = [cell.value] + cell.alternatives.filter { $0 != negative }
            cell.value = negative
            return cell
        }
    }

    private static let minusCountMin = 2

    private func cell(_ kind: TableCell.Kind, _ value: String, _ text: String, _ range: Range<Int>)
        -> TableCell
    {
        TableCell(
            kind: kind, value: value, text: text, tokens: range, box: page.box(range),
            confidence: page.confidence(range))
    }

    private func typed(at start: Int, end: Int) -> [TableCell]? {
        let token = page.tokens[start]
        if start + 1 < end, ["CO", "OA", "PI", "PR", "CR"].contains(token.text), !isApart(start + 1, kind: .date),
            let pair = adjustments("\(token.text)-\(page.tokens[start + 1].text)")
        {
            return pair.map { cell(.adjustment, $0, page.text(start..<start + 2), start..<start + 2) }
        }
        if let adjustment = adjustments(token.text) {
            return adjustment.map { cell(.adjustment, $0, $0, start..<start + 1) }
        }
        for (kind, parser) in parsers where parser.canStart(token) || kind == .code && isLongEnough(token) {
            for length in (kind == .date ? [3, 1] : kind == .money ? [2, 1] : [1])
            where start + length <= end {
                let range = start..<start + length
                if length > 1, range.dropFirst().contains(where: { isApart($0, kind: kind) }) { continue }
                let parsed = parser.parse(page.text(range), tokens: page.tokens[range])
                guard let first = parsed.first, kind != .money || first.shape >= 0.6,
                    kind != .code || isCode(first, token),
                    kind != .date || length == 1 || parsed.count == 2 || isWritten(range)
                else { continue }
                var made = cell(kind, first.value, first.text ?? page.text(range), range)
                if parsed.count == 2 { made.secondDate = parsed[1].value }
                if kind == .money { takeReadings(of: token, isAlone: length == 1, by: parser, into: &made) }
                return [made]
            }
        }
        let listed = String(token.text.trimmingSuffix { ",;".contains($0) })
        if NormalForm.remarkCode.normalize(listed) != nil {
            return [cell(.remark, listed.uppercased(), listed, start..<start + 1)]
        }
        if token.digitCount >= 3, token.plain.count >= 5, !token.endsWithColon,
            token.digitCount * 4 >= token.plain.count
        {
            return [cell(.identifier, token.text, token.text, start..<start + 1)]
        }
        if token.letterCount == 0, token.digitCount > 0, token.plain.count <= 3,
            let count = NormalForm.number.normalize(token.text)
        {
            return [cell(.count, count, token.text, start..<start + 1)]
        }
        return nil
    }

    /// Gives an amount the other readings of its ink.
    ///
    /// Where most amounts have a dollar sign, a first digit that is drawn like one may be the sign, `850.00` for `$50.00`:
    /// for a sum to say. It is taken for the sign only where nothing is printed so: a letter, or, among thousands with
    /// commas, `8250.00`.
    private func takeReadings(of token: Token, isAlone: Bool, by parser: ShapeParser, into cell: inout TableCell) {
        guard isAlone else { return }
        var readings = token.alternatives.flatMap { other in
            parser.parse(other, tokens: []).filter { $0.shape >= 0.6 }.map(\.value)
        }
        let whole = token.text.prefix { $0 != "." }
        if hasDollarSigns, let first = whole.first, "589S".contains(first), !whole.contains(","),
            let rest = parser.parse(String(token.text.dropFirst()), tokens: []).first, rest.shape >= 0.6
        {
            if first == "S" || hasCommas && whole.count == 4 {
                readings.append(cell.value)
                cell.value = rest.value
                cell.confidence *= Self.trustInSigns
            } else {
                readings.append(rest.value)
            }
        }
        cell.alternatives = readings.reduce(into: []) { known, reading in
            if reading != cell.value, !known.contains(reading) { known.append(reading) }
        }
    }

    /// Whether a code with several modifiers behind it may be in the word: `88305/26/KX`.
    private func isLongEnough(_ token: Token) -> Bool { (9...13).contains(token.plain.count) && token.digitCount >= 4 }

    /// Whether three words are a date with its month in letters: `Feb 4, 2026`, `4 Feb 2026`.
    private func isWritten(_ range: Range<Int>) -> Bool {
        page.tokens[range].prefix(2).contains { ShapeParser.isMonth($0.plain) && $0.digitCount == 0 }
    }

    private func isApart(_ index: Int, kind: TableCell.Kind) -> Bool {
        let gap = page.tokens[index].box.left - page.tokens[index - 1].box.right
        if kind == .money, page.tokens[index].digitCount > 0, page.tokens[index - 1].text != "$",
            page.tokens[index - 1].text != "-", !page.tokens[index].areCents(of: page.tokens[index - 1])
        {
            return true
        }
        return gap > (kind == .money ? 0.8 : 1.2) * page.lineHeight
    }

    /// Whether a bare number stands in a run of words as one of them: `Saline flush 10 mL`.
    private func isInText(_ cells: [TableCell], at index: Int) -> Bool {
        cells.allSatisfy { $0.kind == .count || $0.kind == .remark }
            && !page.tokens[index - 1].endsWithColon
            && page.tokens[index - 1].segment == page.tokens[index].segment
            && page.tokens[index].box.left - page.tokens[index - 1].box.right < 0.7 * page.lineHeight
    }

    /// Five signs, with nothing but two-letter modifiers behind them.
    private func isCode(_ parsed: ParsedShape, _ token: Token) -> Bool {
        let parts = token.text.split { "-/:,".contains($0) }
        return parsed.value.count == 5 && parts.first?.count == 5 && parts.dropFirst().allSatisfy { $0.count == 2 }
            && !token.text.contains(".")
    }

    /// `CO-45`, `CO45`, `PR2/OA23`: a group with its reason; also `C0-45` and `Pl-16`, as no other
    /// groups look so.
    private func adjustments(_ text: String) -> [String]? {
        let parts = text.uppercased().split { ",/;".contains($0) }
        let codes = parts.compactMap { part -> String? in
            guard part.count >= 3, part.first?.isLetter == true || part.hasPrefix("0A") else { return nil }
            let groups = ["C0": "CO", "0A": "OA", "P1": "PI", "PL-": "PI-"]
            let mended = groups.first { part.hasPrefix($0.key) }.map { $0.value + part.dropFirst($0.key.count) }
            return NormalForm.adjustmentReason.normalize(mended ?? String(part))
        }
        return codes.isEmpty || codes.count != parts.count || !codes.allSatisfy({ $0.contains("-") }) ? nil : codes
    }
}
