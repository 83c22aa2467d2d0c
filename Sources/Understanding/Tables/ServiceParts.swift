import Documents

/// What a service line has beside its named columns: a procedure code and a date by their shape, and what repeats on one
/// line: modifiers, adjustments by group and reason, remark codes.
struct ServiceParts {
    let text: DocumentText
    let table: Table
    let make: (TableCell, String) -> Field

    /// `more` are the lines that go on with the line.
    func row(_ line: Table.Line, more: [Table.Line]) -> Row {
        var row: Row = [:]
        if has("procedure_code"), let code = procedure(line) {
            row["procedure_code"] = .one(make(code, code.value))
        }
        if has("service_date"), let date = line.cells.first(where: { $0.kind == .date }) {
            row["service_date"] = .one(make(date, date.value))
        }
        if has("modifiers") {
            let modifiers = modifiers(line)
            if !modifiers.isEmpty { row["modifiers"] = .many(modifiers.map { make($0, $0.value) }) }
        }
        if has("remark_codes") {
            let remarks = ([line] + more).flatMap(\.cells).filter { $0.kind == .remark }
            if !remarks.isEmpty { row["remark_codes"] = .many(remarks.map { make($0, $0.value) }) }
        }
        if has("adjustments") {
            let groups = adjustments(line, isMore: false) + more.flatMap { adjustments($0, isMore: true) }
            if !groups.isEmpty { row["adjustments"] = .groups(groups) }
        }
        return row
    }

    private func has(_ name: String) -> Bool {
        text.lexicon.targets.contains { $0.scope == .line && $0.definition.name == name }
    }

    private func definition(of cell: TableCell) -> FieldDefinition? {
        table.column(of: cell)?.target.map { text.lexicon.targets[$0].definition }
    }

    /// The procedure code: the one in its column, else the first that is in no other.
    private func procedure(_ line: Table.Line) -> TableCell? {
        let codes = line.cells.filter { $0.kind == .code }
        return codes.first { definition(of: $0)?.name == "procedure_code" } ?? codes.first { definition(of: $0) == nil }
    }

    // MARK: Modifiers

    /// Modifiers in columns of their own; without such, in the word of the procedure code or right behind it.
    private func modifiers(_ line: Table.Line) -> [TableCell] {
        let code = procedure(line)
        let columns = table.columns.filter { column in
            column.target.map { text.lexicon.targets[$0].definition.name == "modifiers" } == true
        }
        let inWord = code.map { parts(of: $0.tokens.lowerBound, after: 1) } ?? []
        if columns.isEmpty || !inWord.isEmpty { return inWord + (code.map(behind) ?? []) }
        let kinds: Set<TableCell.Kind> = [.count, .words, .identifier, .remark]
        let own = line.cells.filter { cell in
            kinds.contains(cell.kind) && columns.contains { $0.overlap(cell.box) > 0 }
        }
        let tokens = Set(own.flatMap { Array($0.tokens) + follows($0.tokens.upperBound) })
        return tokens.sorted().filter(areModifiers).flatMap { parts(of: $0, after: 0) }
    }

    /// Whether a word is nothing but modifiers.
    private func areModifiers(_ token: Int) -> Bool {
        text.pages[table.page].tokens[token].text.split(separator: ",").allSatisfy {
            $0.count == 2 && Modifiers.isKnown($0)
        }
    }

    /// The words from a place on that are modifiers and stand close to the word before.
    private func follows(_ start: Int) -> [Int] {
        let tokens = text.pages[table.page].tokens
        var index = start
        while index < min(tokens.count, start + 4), tokens[index].segment == tokens[index - 1].segment,
            areModifiers(index)
        {
            index += 1
        }
        return Array(start..<index)
    }

    /// The modifiers of a word after so many of its parts.
    private func parts(of token: Int, after count: Int) -> [TableCell] {
        let page = text.pages[table.page]
        return page.tokens[token].text.split { "-/:,".contains($0) }.dropFirst(count).compactMap { part in
            guard let value = NormalForm.modifier.normalize(String(part)), Modifiers.isKnown(value) else { return nil }
            return TableCell(
                kind: .code, value: value, text: String(part), tokens: token..<token + 1, box: page.tokens[token].box,
                confidence: page.tokens[token].confidence)
        }
    }

    /// The modifiers in the words of two signs behind a procedure code; the first may stand apart when it has a letter.
    private func behind(_ code: TableCell) -> [TableCell] {
        let page = text.pages[table.page]
        let start = code.tokens.upperBound
        guard start < page.tokens.count, page.tokens[start].row == page.tokens[start - 1].row, areModifiers(start)
        else {
            return []
        }
        let isNear = page.tokens[start].box.left - page.tokens[start - 1].box.right < 3 * page.lineHeight
        let isSure =
            page.tokens[start].segment == page.tokens[start - 1].segment
            || isNear && page.tokens[start].text.contains(where: \.isLetter)
        return isSure ? ([start] + follows(start + 1)).flatMap { parts(of: $0, after: 0) } : []
    }

    // MARK: Adjustments

    /// Each group and reason with its amount; an amount in the column of adjustments without either alone.
    ///
    /// A line that goes on with another may be a legend of codes: there only those with an amount count.
    private func adjustments(_ line: Table.Line, isMore: Bool) -> [[String: Field]] {
        let codes = line.cells.filter { $0.kind == .adjustment || isReason($0) }
        let own = line.cells.filter { $0.kind == .money && definition(of: $0)?.parts.isEmpty == false }
        let unnamed = line.cells.filter { $0.kind == .money && definition(of: $0) == nil }
        let pairs = ServiceParts.pairs(codes, with: own.count >= codes.count ? own : own + unnamed)
        var groups = pairs.map { code, amount in
            var parts = ["reason": make(code, code.value)]
            if code.kind == .adjustment { parts["group"] = make(code, String(code.value.prefix { $0 != "-" })) }
            if let amount { parts["amount"] = make(amount, amount.value) }
            return parts
        }
        if isMore { groups.removeAll { $0["amount"] == nil } }
        let used = Set(pairs.compactMap { $0.amount?.tokens.lowerBound })
        for amount in own where !used.contains(amount.tokens.lowerBound) && Money(amount.value) != .zero {
            groups.append(["amount": make(amount, amount.value)])
        }
        return groups
    }

    /// As many amounts as codes belong to them in their order, others to the nearest.
    private static func pairs(_ codes: [TableCell], with amounts: [TableCell]) -> [(
        code: TableCell, amount: TableCell?
    )] {
        if codes.count == amounts.count { return zip(codes, amounts).map { ($0, $1) } }
        var free = amounts
        return codes.map { code in
            func gap(_ amount: TableCell) -> Double {
                max(0, max(amount.box.left - code.box.right, code.box.left - amount.box.right))
            }
            let near = free.indices.min { (gap(free[$0]), $0) < (gap(free[$1]), $1) }
            return (code, near.map { free.remove(at: $0) })
        }
    }

    /// Whether a bare number is a reason, as its column holds adjustments, or remarks: no remark code (RARC) is a number.
    ///
    /// The numbers of one digit are more often those of footnotes, but in a column that surely holds adjustments.
    private func isReason(_ cell: TableCell) -> Bool {
        guard cell.kind == .count, let column = table.column(of: cell),
            let held = column.target ?? headReading(of: column)
        else { return false }
        let definition = text.lexicon.targets[held].definition
        guard definition.kind == .remarkCode || !definition.parts.isEmpty else { return false }
        return cell.value.count > 1 || definition.kind != .remarkCode && column.target != nil
    }

    /// What the head of a column without a name says most clearly, by its place in the lexicon.
    private func headReading(of column: TableColumn) -> Int? {
        column.readings.filter { $0.value > Self.headLikeness }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// A head that is more like a label than this says what the label does.
    private static let headLikeness = 0.85
}
