package import Documents

/// The columns of a document's tables as learning sees them: where their cells stand, and the facts for each value that
/// they may hold.
package struct ColumnLesson: Sendable {
    /// Where a cell stands.
    package struct Place: Sendable {
        /// The page, from 1 within the file.
        package let page: Int
        package let box: Box
    }

    /// A value that a column may hold.
    package struct Offer: Sendable {
        package let name: String
        package let isOfClaim: Bool
        package let hashes: [UInt64]
    }

    package struct Column: Sendable {
        /// Its cells on lines of services.
        package let cells: [Place]
        /// Its cells on lines that sum others up.
        package let totals: [Place]
        package let offers: [Offer]
    }

    package let columns: [Column]

    /// - Parameter isHeadLost: asked once for each column of each table, whether its head is to count as not read.
    package init(_ pages: [PageReading], as type: DocumentType, isHeadLost: (_ table: Int, _ column: Int) -> Bool) {
        let lexicon = LabelLexicon(type)
        let text = DocumentText(
            pages: pages.map { PageText($0) }.filter { !$0.isBlank }, lexicon: lexicon, shapes: [])
        var columns: [Column] = []
        if type.claims != nil {
            for (index, run) in ClaimTables.runs(of: text).enumerated() {
                columns += ColumnLesson.columns(
                    run.columns, of: run.tables, text: text, allowed: run.allowed(by: lexicon)
                ) { isHeadLost(index, $0) }
            }
        } else if !type.lineItems.isEmpty {
            for (index, table) in LineItemReader.tables(of: text).enumerated() {
                columns += ColumnLesson.columns(
                    table.columns, of: [table], text: text, allowed: LineItemReader.allowed(by: lexicon)
                ) { isHeadLost(index, $0) }
            }
        }
        self.columns = columns
    }

    private static func columns(
        _ columns: [TableColumn], of tables: [Table], text: DocumentText, allowed: (Int) -> Bool,
        isHeadLost: (Int) -> Bool
    ) -> [Column] {
        var columns = columns
        for index in columns.indices where isHeadLost(index) {
            (columns[index].head, columns[index].readings) = ([], [:])
        }
        let features = ColumnFeatures(columns, lines: tables.flatMap(\.serviceLines), lexicon: text.lexicon)
        let targets = text.lexicon.targets.indices.filter(allowed)
        return columns.indices.map { index in
            func places(_ kind: Table.LineKind) -> [Place] {
                tables.flatMap { table in
                    table.lines.filter { $0.kind == kind }.flatMap(\.cells)
                        .filter { $0.kind == columns[index].kind && columns[index].overlap($0.box) > 0 }
                        .map { Place(page: text.pages[table.page].number, box: $0.box) }
                }
            }
            let offers = targets.filter { columns[index].fits(text.lexicon.targets[$0].definition) }.map { target in
                Offer(
                    name: text.lexicon.targets[target].definition.name,
                    isOfClaim: text.lexicon.targets[target].scope == .claim,
                    hashes: features.hashes(column: index, target: target))
            }
            return Column(cells: places(.line), totals: places(.total), offers: offers)
        }
    }
}
