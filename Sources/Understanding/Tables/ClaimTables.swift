import Documents

/// The tables of a remittance with their columns named.
struct ClaimTables {
    /// What tells one claim from another.
    static let identities: Set<String> = ["patient_name", "patient_control_number", "payer_claim_number"]

    let text: DocumentText

    func tables() -> [Table] {
        let found = text.pages.enumerated().flatMap { index, page in
            TableFinder(
                page: page, pageIndex: index, lexicon: text.lexicon, hits: text.hits[index], needsService: true
            ).tables()
        }
        return continued(found).map { table in
            var table = table
            let isListing = hasIdentity(table) && !hasCodes(table)
            table.columns = ColumnReader.named(table.columns) { target in
                let known = text.lexicon.targets[target]
                if known.scope == .line { return !isListing }
                return isListing || Self.identities.contains(known.definition.name)
                    || ["member_id", "rendering_provider_name", "patient_responsibility"].contains(
                        known.definition.name)
            }
            return table
        }
    }

    /// Whether each line of a named table is a claim of its own.
    static func isListing(_ table: Table, lexicon: LabelLexicon) -> Bool {
        let names = table.columns.compactMap { $0.target.map { lexicon.targets[$0] } }
        return !names.isEmpty && names.allSatisfy { $0.scope == .claim }
            && names.contains { identities.contains($0.definition.name) }
    }

    private func hasIdentity(_ table: Table) -> Bool {
        table.columns.contains { column in
            column.readings.contains { target, likeness in
                likeness > 0.6 && text.lexicon.targets[target].scope == .claim
                    && Self.identities.contains(text.lexicon.targets[target].definition.name)
            }
        }
    }

    private func hasCodes(_ table: Table) -> Bool {
        let lines = table.lines.filter { $0.kind == .line }
        let coded = lines.count { line in line.cells.contains { $0.kind == .code } }
        return coded * 2 >= lines.count && coded > 0
    }

    /// Tables without heads of their own take what the heads of the table before say, column over column.
    private func continued(_ tables: [Table]) -> [Table] {
        var result: [Table] = []
        for var table in tables {
            let known = table.columns.count { !$0.readings.isEmpty }
            let before = result.last { $0.columns.count { !$0.readings.isEmpty } >= 3 }
            if let before, known * 2 < before.columns.count(where: { !$0.readings.isEmpty }) {
                for index in table.columns.indices {
                    let column = table.columns[index]
                    let box = Box(left: column.left, top: 0, right: column.right, bottom: 1)
                    let same = before.columns.filter { $0.kind == column.kind && $0.overlap(box) > 0 }
                    if let match = same.max(by: { $0.overlap(box) < $1.overlap(box) }) {
                        table.columns[index].readings = match.readings
                    }
                }
            }
            result.append(table)
        }
        return result
    }
}
