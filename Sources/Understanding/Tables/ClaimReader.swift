import Documents

/// Reads the claims of a remittance with their service lines.
///
/// A claim begins where labels of a claim's own values stand after the lines of the claim before; a document without
/// such labels is one claim. A table whose lines each name a patient or a claim is one claim a line.
struct ClaimReader {
    let text: DocumentText
    let fields: FieldReader
    let model: TableModel
    /// A claim that has not so many of its own values or lines is none.
    private static let claimCountMax = 500

    /// A stretch of the document that belongs to one claim: lines of text, by page.
    private struct Region {
        var rows: Set<RowPlace> = []
        var lines: [(line: Table.Line, table: Table)] = []
        var totals: [(line: Table.Line, table: Table)] = []
        var hasHead = false
    }

    private struct RowPlace: Hashable {
        var page: Int
        var row: Int
    }

    func claims() -> [Claim] {
        let tables = text.pages.enumerated().flatMap { index, page in
            TableFinder(
                page: page, pageIndex: index, lexicon: text.lexicon, scopes: [.line, .claim],
                needsService: true
            ).tables()
        }
        let completed = completed(tables)
        if let summary = summaries(completed), !summary.isEmpty { return summary }
        return regions(completed).prefix(Self.claimCountMax).compactMap { claim($0) }
    }

    /// Tables whose heads are unknown take those of the table before with columns at the same places.
    private func completed(_ tables: [Table]) -> [Table] {
        var result: [Table] = []
        for var table in tables {
            if let named = result.last(where: { $0.columns.count { $0.target != nil } >= 3 }),
                table.columns.count(where: { $0.target != nil }) * 2
                    < named.columns.count(where: { $0.target != nil })
            {
                for index in table.columns.indices {
                    let column = table.columns[index]
                    let box = Box(left: column.left, top: 0, right: column.right, bottom: 1)
                    let same = named.columns.filter {
                        $0.kind == column.kind && $0.overlap(box) > 0.3 * min(box.width, $0.right - $0.left)
                    }
                    if let match = same.max(by: { $0.overlap(box) < $1.overlap(box) }) {
                        table.columns[index].target = match.target
                        table.columns[index].likeness = match.likeness * 0.9
                    }
                }
            }
            result.append(table)
        }
        return result
    }

    // MARK: A line a claim

    private func summaries(_ tables: [Table]) -> [Claim]? {
        let identity: Set<String> = ["patient_name", "patient_control_number", "payer_claim_number"]
        let listing = tables.filter { table in
            let names = table.columns.compactMap { $0.target.map { text.lexicon.targets[$0] } }
            let own = names.filter { $0.scope == .claim && identity.contains($0.definition.name) }
            return own.count >= 1 && !names.contains { $0.definition.name == "procedure_code" }
                && !table.columns.contains { $0.kind == .code && $0.target == nil }
        }
        guard !listing.isEmpty, listing.count * 2 >= tables.count else { return nil }
        let reader = LineReader(text: text, model: model, scope: .claim)
        let lineReader = LineReader(text: text, model: model, scope: .line)
        return listing.flatMap { table in
            table.lines.filter { !$0.isTotal }.map { line in
                var row = reader.row(line, of: table)
                let sameNames = lineReader.row(line, of: table)
                for name in ["charge_amount", "allowed_amount", "paid_amount"] where row[name] == nil {
                    row[name] = sameNames[name]
                }
                if row["service_start"] == nil { row["service_start"] = sameNames["service_date"] }
                return Claim(fields: row)
            }
        }.filter { !$0.fields.isEmpty }
    }

    // MARK: Blocks

    private func regions(_ tables: [Table]) -> [Region] {
        var lineAt: [RowPlace: (line: Table.Line, table: Table)] = [:]
        for table in tables {
            for line in table.lines { lineAt[RowPlace(page: table.page, row: line.row)] = (line, table) }
        }
        var regions = [Region()]
        for (pageIndex, page) in text.pages.enumerated() {
            let heads = headRows(pageIndex)
            for row in page.rows.indices {
                let place = RowPlace(page: pageIndex, row: row)
                if heads.contains(row), lineAt[place] == nil, regions[regions.count - 1].hasHead,
                    !regions[regions.count - 1].lines.isEmpty
                {
                    regions.append(Region())
                }
                if heads.contains(row) { regions[regions.count - 1].hasHead = true }
                regions[regions.count - 1].rows.insert(place)
                guard let found = lineAt[place] else { continue }
                if found.line.isTotal {
                    regions[regions.count - 1].totals.append(found)
                } else {
                    regions[regions.count - 1].lines.append(found)
                }
            }
        }
        return regions.filter { !$0.lines.isEmpty }
    }

    /// The lines of text on which a label of a claim's name or number stands as a label does.
    private func headRows(_ pageIndex: Int) -> Set<Int> {
        let identity: Set<String> = ["patient_name", "patient_control_number", "payer_claim_number"]
        var rows: Set<Int> = []
        for hit in text.hits[pageIndex] where !hit.isDominated && hit.likeness > 0.8 {
            let target = text.lexicon.targets[hit.target]
            guard target.scope == .claim, identity.contains(target.definition.name),
                hit.hasColon || hit.wordCount > 1 && (hit.startsSegment || hit.coversSegment)
            else { continue }
            rows.insert(hit.row)
        }
        return rows
    }

    private func claim(_ region: Region) -> Claim? {
        var row = fields.fields(.claim) { candidate in
            region.rows.contains(
                RowPlace(
                    page: candidate.page,
                    row: text.pages[candidate.page].tokens[candidate.tokens.lowerBound].row))
        }
        let reader = LineReader(text: text, model: model, scope: .line)
        let lines = region.lines.map { item -> Row in
            let first = reader.row(item.line, of: item.table)
            let holds = LineArithmetic(first).map { $0.difference == .zero ? 1 : -1 } ?? 0
            return holds == 0 ? first : reader.row(item.line, of: item.table, holds: holds)
        }
        addTotals(region, lines: lines, reader: reader, to: &row)
        guard !row.isEmpty || !lines.allSatisfy(\.isEmpty) else { return nil }
        return Claim(fields: row, serviceLines: lines.filter { !$0.isEmpty })
    }

    /// The total line under the lines, where its amounts are the sums of theirs, says what the claim comes to.
    private func addTotals(_ region: Region, lines: [Row], reader: LineReader, to row: inout Row) {
        guard let total = region.totals.first else { return }
        let sums = reader.row(total.line, of: total.table)
        for name in ["charge_amount", "allowed_amount", "paid_amount"] {
            guard case .one(let field)? = sums[name] else { continue }
            let sum = lines.reduce(Money.zero) { $0 + ($1.money(name) ?? .zero) }
            let isSum = field.value.description == sum.description
            if case .one(let known)? = row[name], known.confidence >= field.confidence,
                !isSum || known.value == field.value
            {
                continue
            }
            row[name] = .one(field)
        }
    }
}

extension [String: Leaf] {
    /// The amount under a name, when there is one.
    func money(_ name: String) -> Money? {
        guard case .one(let field)? = self[name] else { return nil }
        return Money(field.value.description)
    }
}
