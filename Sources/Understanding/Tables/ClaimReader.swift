import Documents

/// Reads the claims of a remittance with their service lines.
///
/// A claim begins where labels of a claim's own values stand after the lines of the claim before (`ClaimHeads`), or where
/// the values change in columns that name patient or claim; a document without either is one claim. A table whose lines
/// name a patient or a claim and no procedure is one claim a line.
struct ClaimReader {
    let text: DocumentText
    let fields: FieldReader
    let model: TableModel
    private static let claimCountMax = 500
    /// A claim's value found outside its table must be likelier than this.
    private static let probabilityMin = 0.5

    /// A stretch of the document that belongs to one claim.
    private struct Region {
        var rows: Set<RowPlace> = []
        var lines: [Found] = []
        var totals: [Found] = []
        var hasHead = false
    }

    private struct Found {
        var line: Table.Line
        var table: Table
        /// The lines that go on with it.
        var more: [Table.Line] = []
    }

    private struct RowPlace: Hashable, Comparable {
        var page: Int
        var row: Int

        static func < (left: RowPlace, right: RowPlace) -> Bool { (left.page, left.row) < (right.page, right.row) }
    }

    /// The claims in order; words in `taken` are values of the document itself.
    func claims(taken: [TakenWords]) -> [Claim] {
        let tables = ClaimTables(text: text, model: model.columns).tables()
        let listing = tables.filter { ClaimTables.isListing($0, lexicon: text.lexicon) }
        if !listing.isEmpty, listing.count * 2 >= tables.count {
            let reader = LineReader(text: text, model: model, scope: .claim)
            return listing.flatMap { table in
                table.lines.filter { $0.kind == .line }.map { Claim(fields: reader.row($0, of: table)) }
            }.filter { $0.fields.count > 1 }
        }
        return regions(tables).prefix(Self.claimCountMax).compactMap { claim($0, taken: taken) }
    }

    private func regions(_ tables: [Table]) -> [Region] {
        var lineAt: [RowPlace: Found] = [:]
        for table in tables {
            for line in table.lines {
                lineAt[RowPlace(page: table.page, row: line.row)] = Found(line: line, table: table)
            }
        }
        var regions = [Region()]
        var identity: String?
        // What the payer adjusts of the whole payment goes on over pages; a sum of claims may be one page's.
        var isPastClaims = false
        for (pageIndex, page) in text.pages.enumerated() {
            let tableRows = Set(lineAt.keys.filter { $0.page == pageIndex }.map(\.row))
            let heads = ClaimHeads(text: text, pageIndex: pageIndex, tableRows: tableRows)
            var isPastSum = false
            for row in page.rows.indices {
                let place = RowPlace(page: pageIndex, row: row)
                let found = lineAt[place]
                let last = regions.count - 1
                let isHead = heads.rows.contains(row)
                var begins = isHead && found == nil && regions[last].hasHead && !regions[last].lines.isEmpty
                if let found, found.line.kind == .line, let own = self.identity(found) {
                    begins = begins || identity != nil && identity != own && !regions[last].lines.isEmpty
                    identity = own
                }
                if begins {
                    regions.append(Region())
                } else if found?.line.kind == .line, let next = afterSum(of: &regions[last]) {
                    regions.append(next)
                }
                let isOutside = !isHead && found?.line.kind != .line
                let hasLines = !regions[last].lines.isEmpty
                isPastClaims = isOutside && (isPastClaims || heads.ends.contains(row) && hasLines)
                isPastSum = isOutside && (isPastSum || heads.sums.contains(row) && hasLines)
                if !isPastClaims, !isPastSum { add(found, at: place, isHead: isHead, to: &regions[regions.count - 1]) }
            }
        }
        return regions.filter { !$0.lines.isEmpty }
    }

    /// The region of the claim that comes after one whose lines come to its total; nil while they do not.
    ///
    /// It takes the rows behind the total and behind what else is said there of amounts.
    private func afterSum(of region: inout Region) -> Region? {
        guard let total = region.totals.last, !region.lines.isEmpty, !isPart(total), isSum(total, of: region.lines)
        else { return nil }
        let end = RowPlace(page: total.table.page, row: total.line.row)
        let lastAmount = region.rows.filter { $0 > end && hasAmount($0) }.max() ?? end
        var next = Region()
        next.rows = region.rows.filter { $0 > lastAmount }
        next.hasHead = !next.rows.isEmpty
        region.rows.subtract(next.rows)
        return next
    }

    /// Whether a total says that it sums only some of the lines up: those of a page or a day.
    private func isPart(_ total: Found) -> Bool {
        let page = text.pages[total.table.page]
        return page.tokens[page.rows[total.line.row]].contains { token in
            token.plain.starts(with: "SUB".utf8) || token.plain.elementsEqual("PAGE".utf8)
        }
    }

    private func hasAmount(_ place: RowPlace) -> Bool {
        let page = text.pages[place.page]
        return CellReader(page: page).cells(row: place.row).contains { $0.kind == .money }
    }

    /// Whether most amounts of a total are the sums of the lines' amounts in their columns.
    private func isSum(_ total: Found, of lines: [Found]) -> Bool {
        let verdicts = total.line.cells.compactMap { sum -> Bool? in
            guard sum.kind == .money, let whole = Money(sum.value), whole != .zero else { return nil }
            let parts = lines.map { line in
                line.line.cells.first { $0.kind == .money && $0.box.horizontalOverlap(sum.box) > 0 }
                    .flatMap { Money($0.value) }
            }
            return !parts.contains(nil) && parts.compactMap(\.self).reduce(.zero, +) == whole
        }
        return 2 * verdicts.count(where: \.self) > verdicts.count
    }

    private func add(_ found: Found?, at place: RowPlace, isHead: Bool, to region: inout Region) {
        if isHead { region.hasHead = true }
        region.rows.insert(place)
        guard let found else { return }
        switch found.line.kind {
        case .line: region.lines.append(found)
        case .total: region.totals.append(found)
        case .more:
            guard !region.lines.isEmpty else { return }
            region.lines[region.lines.count - 1].more.append(found.line)
        }
    }

    /// Whose line it is, where columns of the table say so.
    private func identity(_ found: Found) -> String? {
        let row = LineReader(text: text, model: model, scope: .claim).row(found.line, of: found.table)
        for name in ["payer_claim_number", "patient_control_number", "patient_name"] {
            if case .one(let field)? = row[name] { return field.value.description }
        }
        return nil
    }

    private func claim(_ region: Region, taken: [TakenWords]) -> Claim? {
        let own = LineReader(text: text, model: model, scope: .claim)
        var row: Row = [:]
        for item in region.lines {
            let named = own.row(item.line, of: item.table).filter { name, _ in
                text.lexicon.targets.contains {
                    $0.scope == .claim && $0.definition.name == name && $0.definition.kind != .money
                }
            }
            row.merge(named) { found, _ in found }
        }
        var taken = taken
        let lineRows = Set(region.lines.map { RowPlace(page: $0.table.page, row: $0.line.row) })
        let outside = fields.fields(
            .claim,
            within: { candidate in
                let page = text.pages[candidate.page]
                let place = RowPlace(page: candidate.page, row: page.tokens[candidate.tokens.lowerBound].row)
                // `Pt resp 139.72` may stand on the line of the claim's totals, under none of their columns.
                let isTotal = region.totals.contains { total in
                    total.table.page == place.page && total.line.row == place.row
                        && total.table.columns.contains { $0.kind == .money && $0.overlap(candidate.box) > 0 }
                }
                return region.rows.contains(place) && !lineRows.contains(place) && !isTotal
            }, taken: &taken)
        for (name, leaf) in outside where row[name] == nil {
            if let field = leaf.fields.first, field.confidence.probability > Self.probabilityMin { row[name] = leaf }
        }
        let lines = region.lines.map { line($0) }
        addTotals(region, to: &row)
        guard !row.isEmpty || !lines.allSatisfy(\.isEmpty) else { return nil }
        return Claim(fields: row, serviceLines: lines.filter { !$0.isEmpty })
    }

    /// A service line with the lines that go on with it; its confidence knows whether the line adds up.
    private func line(_ found: Found) -> Row {
        let reader = LineReader(text: text, model: model, scope: .line)
        let first = reader.row(found.line, more: found.more, of: found.table)
        guard !text.skipped.contains(.arithmetic) else { return first }
        let holds = LineArithmetic(first).map { $0.difference == .zero ? 1 : -1 } ?? 0
        return holds == 0 ? first : reader.row(found.line, more: found.more, of: found.table, holds: holds)
    }

    /// The line that sums the claim's lines up says what the claim comes to, by the same columns.
    private func addTotals(_ region: Region, to row: inout Row) {
        guard let total = region.totals.first(where: { !isPart($0) }) ?? region.totals.first else { return }
        let sums = LineReader(text: text, model: model, scope: .line).row(total.line, of: total.table)
        for name in ["charge_amount", "allowed_amount", "paid_amount"] {
            if let sum = sums[name] { row[name] = sum }
        }
        let claimSums = LineReader(text: text, model: model, scope: .claim).row(total.line, of: total.table)
        row.merge(claimSums) { found, _ in found }
    }
}

extension [String: Leaf] {
    /// The amount under a name, when there is one.
    func money(_ name: String) -> Money? {
        guard case .one(let field)? = self[name] else { return nil }
        return Money(field.value.description)
    }
}
