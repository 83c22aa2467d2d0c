import Documents

/// Finds the columns that values of tables stand in.
struct TableExplainer {
    private let text: DocumentText
    private let tables: [Table]

    init(type: DocumentType, text: DocumentText, model: TableModel) {
        self.text = text
        tables =
            type.claims != nil
            ? ClaimTables(text: text, model: model.columns).tables()
            : type.lineItems.isEmpty ? [] : LineItemReader(text: text, model: model).tables()
    }

    /// The column that says that the ink in `box`, on the document's page in the place `page`, is the value at `target`;
    /// nil when the ink stands in no table, or in a column of something else.
    ///
    /// The line that sums a claim up has the claim's
    /// amounts in the columns of its lines' amounts.
    func column(of box: Box, page: Int, target: Int) -> TableColumn? {
        let wanted = text.lexicon.targets[target]
        func holds(_ column: TableColumn) -> Bool {
            guard let held = column.target.map({ text.lexicon.targets[$0] }) else { return false }
            return held.definition.name == wanted.definition.name
                && (held.scope == wanted.scope || held.scope == .line && wanted.scope == .claim)
        }
        for table in tables where table.page == page {
            let isOfLine = table.lines.contains { line in
                line.cells.contains { $0.box.verticalOverlap(box) > 0 && $0.box.overlapArea(box) > 0 }
            }
            guard isOfLine else { continue }
            return table.columns.filter { holds($0) && $0.overlap(box) > 0 }
                .max { $0.overlap(box) < $1.overlap(box) }
        }
        return nil
    }

    /// The column's head, and what a known layout says of it.
    func evidence(of column: TableColumn, page: Int, target: Int) -> [ValueEvidence] {
        var items: [ValueEvidence] = []
        if let head = text.pages.first(where: { $0.number == column.headPage }), !column.headTokens.isEmpty {
            let tokens = column.headTokens.map { head.tokens[$0] }
            items.append(
                ValueEvidence(
                    .column, tokens.map(\.text).joined(separator: " "), page: head.number,
                    box: Box.enclosing(tokens.map(\.box))))
        }
        let known = text.remembered(column, page: page, text.lexicon.targets[target])
        if let recall = text.recall, known != 0 {
            items.append(.memory(recall.memory.id, isFor: known > 0, logOdds: known))
        }
        return items
    }
}
