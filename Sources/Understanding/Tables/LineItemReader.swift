import Documents

/// Reads the lines of a bill.
struct LineItemReader {
    let text: DocumentText
    let model: TableModel

    func items() -> [Row] {
        guard text.lexicon.targets.contains(where: { $0.scope == .line }) else { return [] }
        let reader = LineReader(text: text, model: model, scope: .line)
        return tables().flatMap { table in
            table.lines.filter { $0.kind == .line }.map { line -> Row in
                let row = reader.row(line, of: table)
                guard !text.skipped.contains(.arithmetic) else { return row }
                let holds = ProductArithmetic(row).map { $0.difference == .zero ? 1 : -1 } ?? 0
                return holds == 0 ? row : reader.row(line, of: table, holds: holds)
            }
        }
        .filter { $0["amount"] != nil || $0.count > 2 }
    }

    /// The tables of a bill with two named columns at least.
    func tables() -> [Table] {
        LineItemReader.tables(of: text).map { table -> Table in
            var table = table
            table.columns = ColumnNaming(
                lexicon: text.lexicon, model: model.columns, heedsSums: !text.skipped.contains(.arithmetic)
            ).named(
                table.columns, lines: table.serviceLines, allowed: LineItemReader.allowed(by: text.lexicon),
                remembered: { text.remembered($0, page: table.page, $1) })
            return table
        }
        .filter { table in table.columns.count { $0.target != nil } >= 2 }
    }

    /// The tables of a bill, their columns without names.
    static func tables(of text: DocumentText) -> [Table] {
        text.pages.enumerated().flatMap { index, page in
            TableFinder(
                page: page, pageIndex: index, lexicon: text.lexicon, hits: text.hits[index], needsService: false
            ).tables()
        }
    }

    /// Whether a column may hold the value at a place in the lexicon.
    static func allowed(by lexicon: LabelLexicon) -> (Int) -> Bool { { lexicon.targets[$0].scope == .line } }
}
