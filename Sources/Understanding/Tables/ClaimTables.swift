import Documents

/// The tables of a remittance with their columns named.
struct ClaimTables {
    /// What tells one claim from another.
    static let identities: Set<String> = ["patient_name", "patient_control_number", "payer_claim_number"]

    let text: DocumentText
    let model: ColumnModel

    /// The tables in reading order; those that go on under one head have the same columns.
    func tables() -> [Table] {
        ClaimTables.runs(of: text).flatMap { run in
            let columns = ColumnNaming(
                lexicon: text.lexicon, model: model, heedsSums: !text.skipped.contains(.arithmetic)
            ).named(
                run.columns, lines: run.tables.flatMap(\.serviceLines), allowed: run.allowed(by: text.lexicon),
                remembered: { text.remembered($0, page: run.tables[0].page, $1) })
            return run.tables.map { table in
                var table = table
                table.columns = columns
                return table
            }
        }
    }

    /// Whether each line of a named table is a claim of its own.
    static func isListing(_ table: Table, lexicon: LabelLexicon) -> Bool {
        let names = table.columns.compactMap { $0.target.map { lexicon.targets[$0] } }
        return !names.isEmpty && names.allSatisfy { $0.scope == .claim }
            && names.contains { identities.contains($0.definition.name) }
    }

    // MARK: Tables under one head

    /// Tables under one head, over claims and pages, with the columns that they have together.
    struct Run {
        var tables: [Table]
        var columns: [TableColumn]

        private var knownCount: Int { columns.count { !$0.readings.isEmpty } }

        init(_ table: Table) {
            tables = [table]
            columns = table.columns
        }

        /// Whether a table goes on with the run: it has no head to speak of, and its columns stand under the run's.
        func isContinued(by table: Table) -> Bool {
            guard table.columns.count(where: { !$0.readings.isEmpty }) * 2 <= knownCount else { return false }
            let money = table.columns.filter { $0.kind == .money }
            let under = money.count { column in
                columns.contains { $0.kind == .money && $0.overlap(column.stretch) > 0 }
            }
            return under * 4 >= money.count * 3
        }

        mutating func append(_ table: Table) {
            tables.append(table)
            for column in table.columns {
                let same = columns.indices.filter {
                    columns[$0].kind == column.kind && columns[$0].overlap(column.stretch) > 0
                }
                let best = same.max {
                    columns[$0].overlap(column.stretch) < columns[$1].overlap(column.stretch)
                }
                if let best {
                    columns[best].left = min(columns[best].left, column.left)
                    columns[best].right = max(columns[best].right, column.right)
                } else {
                    var column = column
                    (column.head, column.readings) = ([], [:])
                    columns.append(column)
                }
            }
            columns.sort { $0.left < $1.left }
        }

        /// Whether a column may hold the value at a place in the lexicon.
        func allowed(by lexicon: LabelLexicon) -> (Int) -> Bool {
            let isListing = isListing(lexicon)
            let others: Set = ["member_id", "rendering_provider_name", "patient_responsibility"]
            return { target in
                let known = lexicon.targets[target]
                return switch known.scope {
                case .document: false
                case .line: !isListing
                case .claim: isListing || identities.union(others).contains(known.definition.name)
                }
            }
        }

        /// Whether each line seems to be a claim of its own: it names whose it is, and no procedure.
        func isListing(_ lexicon: LabelLexicon) -> Bool {
            let isNamed = columns.contains { column in
                column.readings.contains { target, likeness in
                    likeness > 0.6 && lexicon.targets[target].scope == .claim
                        && identities.contains(lexicon.targets[target].definition.name)
                }
            }
            let lines = tables.flatMap(\.serviceLines)
            let codedCount = lines.count { line in line.contains { $0.kind == .code } }
            return isNamed && !(codedCount * 2 >= lines.count && codedCount > 0)
        }
    }

    /// The tables of a document by the heads that they are under.
    static func runs(of text: DocumentText) -> [Run] {
        let tables = text.pages.enumerated().flatMap { index, page in
            TableFinder(
                page: page, pageIndex: index, lexicon: text.lexicon, hits: text.hits[index], needsService: true
            ).tables()
        }
        var runs: [Run] = []
        for table in tables {
            if runs.last?.isContinued(by: table) == true {
                runs[runs.count - 1].append(table)
            } else {
                runs.append(Run(table))
            }
        }
        return runs
    }
}
