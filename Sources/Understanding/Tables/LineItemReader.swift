import Documents

/// Reads the lines of a bill.
struct LineItemReader {
    let text: DocumentText
    let model: TableModel

    func items() -> [Row] {
        guard text.lexicon.targets.contains(where: { $0.scope == .line }) else { return [] }
        let reader = LineReader(text: text, model: model, scope: .line)
        return text.pages.enumerated().flatMap { index, page in
            TableFinder(
                page: page, pageIndex: index, lexicon: text.lexicon, hits: text.hits[index], needsService: false
            ).tables()
        }
        .map { table -> Table in
            var table = table
            table.columns = ColumnReader.named(table.columns) { text.lexicon.targets[$0].scope == .line }
            return table
        }
        .filter { table in table.columns.count { $0.target != nil } >= 2 }
        .flatMap { table in
            table.lines.filter { $0.kind == .line }.map { line -> Row in
                let row = reader.row(line, of: table)
                let holds = ProductArithmetic(row).map { $0.difference == .zero ? 1 : -1 } ?? 0
                return holds == 0 ? row : reader.row(line, of: table, holds: holds)
            }
        }
        .filter { $0["amount"] != nil || $0.count > 2 }
    }
}
