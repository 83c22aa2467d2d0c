import Documents

/// Reads the lines of a table as rows of named values.
struct LineReader {
    let text: DocumentText
    let model: TableModel
    let scope: DocumentScope

    /// The row of a line; empty when no column of it is known.
    ///
    /// `more` are lines that go on with it; `holds` says whether the line's arithmetic does (1), does not (-1) or
    /// cannot be told (0).
    func row(_ line: Table.Line, more: [Table.Line] = [], of table: Table, holds: Int = 0) -> Row {
        var row: Row = [:]
        let named = table.columns.count { $0.target != nil }
        let share = Double(named) / Double(max(1, table.columns.count))
        for cell in line.cells {
            guard let column = table.column(of: cell), let target = column.target else { continue }
            let lexical = text.lexicon.targets[target]
            guard lexical.scope == scope, lexical.definition.parts.isEmpty,
                let value = value(of: cell, as: lexical.definition), row[lexical.definition.name] == nil
            else { continue }
            let field = field(
                cell, value: value, page: table.page,
                facts: [column.likeness, cell.confidence, share, Double(holds)])
            row[lexical.definition.name] = lexical.definition.repeats ? .many([field]) : .one(field)
        }
        if scope == .line {
            addServiceParts(line, more: more, of: table, share: share, holds: holds, to: &row)
        }
        return row
    }

    private func value(of cell: TableCell, as definition: FieldDefinition) -> String? {
        if cell.kind == .money || cell.kind == .date
            || cell.kind == .code && definition.kind == .procedureCode
        {
            return cell.value
        }
        return definition.kind.normalize(cell.text)
    }

    private func field(_ cell: TableCell, value: String, page: Int, facts: [Double]) -> Field {
        Field(
            value: .text(value), text: cell.text, confidence: Confidence(model.cells.probability(facts)),
            page: text.pages[page].number, box: cell.box)
    }

    /// What needs no head to be known: a procedure code, its modifiers, adjustments by group and reason, remarks.
    private func addServiceParts(
        _ line: Table.Line, more: [Table.Line], of table: Table, share: Double, holds: Int, to row: inout Row
    ) {
        func has(_ name: String) -> Bool {
            text.lexicon.targets.contains { $0.scope == .line && $0.definition.name == name }
        }
        func make(_ cell: TableCell, _ value: String) -> Field {
            field(
                cell, value: value, page: table.page, facts: [0.8, cell.confidence, share, Double(holds)])
        }
        if has("procedure_code"), row["procedure_code"] == nil,
            let code = line.cells.first(where: { $0.kind == .code })
        {
            row["procedure_code"] = .one(make(code, code.value))
        }
        if has("service_date"), row["service_date"] == nil,
            let date = line.cells.first(where: { $0.kind == .date })
        {
            row["service_date"] = .one(make(date, date.value))
        }
        if has("modifiers"), let code = line.cells.first(where: { $0.kind == .code }) {
            let modifiers = modifiers(of: code, page: table.page)
            if !modifiers.isEmpty { row["modifiers"] = .many(modifiers.map { make($0, $0.value) }) }
        }
        if has("remark_codes") {
            let remarks = line.cells.filter { $0.kind == .remark }
            if !remarks.isEmpty { row["remark_codes"] = .many(remarks.map { make($0, $0.value) }) }
        }
        guard has("adjustments") else { return }
        let groups = ([line] + more).flatMap { adjustments($0, of: table, make: make) }
        if !groups.isEmpty { row["adjustments"] = .groups(groups) }
    }

    /// The modifiers after a procedure code: in the same word (`99213-25`) or in the two-letter words behind it.
    private func modifiers(of code: TableCell, page: Int) -> [TableCell] {
        let tokens = text.pages[page].tokens
        var found: [TableCell] = []
        func add(_ part: String, _ index: Int) {
            guard let value = NormalForm.modifier.normalize(part) else { return }
            found.append(
                TableCell(
                    kind: .code, value: value, text: part, tokens: index..<index + 1, box: tokens[index].box,
                    confidence: tokens[index].confidence))
        }
        let first = code.tokens.lowerBound
        for part in tokens[first].text.split(whereSeparator: { "-/:,".contains($0) }).dropFirst() {
            add(String(part), first)
        }
        var index = code.tokens.upperBound
        while index < tokens.count, tokens[index].row == tokens[first].row, index < first + 5,
            tokens[index].box.left - tokens[index - 1].box.right < 3 * text.pages[page].lineHeight,
            tokens[index].text.contains(where: \.isLetter)
                || tokens[index].segment == tokens[index - 1].segment,
            tokens[index].text.split(separator: ",").allSatisfy({ $0.count == 2 && Modifiers.isKnown($0) }
            )
        {
            for part in tokens[index].text.split(separator: ",") { add(String(part), index) }
            index += 1
        }
        return found
    }

    /// Each group and reason with its amount: that of the column of adjustments, or the nearest that no column claims.
    func adjustments(_ line: Table.Line, of table: Table, make: (TableCell, String) -> Field) -> [[String: Field]] {
        var free = line.cells.filter { cell in
            guard cell.kind == .money else { return false }
            let target = table.column(of: cell)?.target
            return target == nil || target.map { !text.lexicon.targets[$0].definition.parts.isEmpty } == true
        }
        return line.cells.filter { $0.kind == .adjustment || isReason($0, of: table) }.map { code in
            var parts = ["reason": make(code, code.value)]
            if code.kind == .adjustment { parts["group"] = make(code, String(code.value.prefix { $0 != "-" })) }
            let near = free.indices.min { left, right in
                (distance(free[left], code, table), left) < (distance(free[right], code, table), right)
            }
            if let near {
                parts["amount"] = make(free[near], free[near].value)
                free.remove(at: near)
            }
            return parts
        }
    }

    /// Whether a bare number is a reason by the head of its column.
    private func isReason(_ cell: TableCell, of table: Table) -> Bool {
        guard cell.kind == .count, let readings = table.column(of: cell)?.readings else { return false }
        return readings.contains { target, likeness in
            let definition = text.lexicon.targets[target].definition
            return likeness > 0.6 && (!definition.parts.isEmpty || definition.kind == .remarkCode)
        }
    }

    /// The gap between an amount and a code; an amount in the column of adjustments is nearer than any other.
    private func distance(_ amount: TableCell, _ code: TableCell, _ table: Table) -> Double {
        let gap = max(0, max(amount.box.left - code.box.right, code.box.left - amount.box.right))
        return table.column(of: amount)?.target == nil ? gap + 10_000 : gap
    }
}

/// The procedure modifiers that payers print on remittances (CPT appendix A, HCPCS level II).
enum Modifiers {
    static func isKnown(_ text: some StringProtocol) -> Bool {
        if let number = Int(text) { return (22...99).contains(number) }
        return letters.contains(String(text).uppercased())
    }

    private static let letters: Set<String> = [
        "LT", "RT", "GP", "GO", "GN", "TC", "AS", "GA", "GY", "GZ", "KX", "QW", "XE", "XP", "XS", "XU",
        "E1", "E2",
        "E3",
        "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "TA", "T1", "T2", "T3", "T4",
        "T5", "T6",
        "T7",
        "T8", "T9", "LC", "LD", "RC", "AA", "AD", "QK", "QX", "QY", "QZ", "QS", "GC", "GE", "GT", "GQ",
        "JW", "JZ",
        "NU",
        "RR", "UE", "P1", "P2", "P3", "P4", "P5", "P6", "CR", "CS", "FX", "FY", "PO", "PN", "SA", "SH",
        "HQ", "HO",
        "HN",
    ]
}
