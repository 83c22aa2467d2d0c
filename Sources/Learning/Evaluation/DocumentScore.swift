import Documents

/// How one document was read, against its truth.
struct DocumentScore {
    var fields: [String: Tally] = [:]
    var claims = Tally()
    var lines = Tally()
    var cells = Tally()
    var items = Tally()
    /// The accounts of the document and of its claims.
    var accounts = Tally()
    var reliability = Reliability()

    init(truth: Document, read: Document) {
        for name in Set(truth.fields.keys).union(read.fields.keys) {
            let known = truth.fields[name].map(RowMatch.values) ?? []
            fields[name] = Tally.of(known, read.fields[name].map(RowMatch.values) ?? [])
            for field in read.fields[name]?.fields ?? [] {
                guard !(read.fields[name]?.isGroup ?? true) else { continue }
                reliability.add(field.confidence.probability, isRight: known.contains(field.value.description))
            }
        }
        claims = rows(truth.claims.map(\.fields), read.claims.map(\.fields), exact: false)
        let lines = (truth.claims.flatMap(\.serviceLines), read.claims.flatMap(\.serviceLines))
        self.lines = rows(lines.0, lines.1, exact: true)
        cells = rows(lines.0, lines.1, exact: false)
        accounts = Tally.of(truth.accountNumbers, read.accountNumbers)
        items = rows(truth.lineItems, read.lineItems, exact: true)
    }

    /// Rows right in every cell, or cells right in their rows.
    private func rows(_ truth: [Row], _ read: [Row], exact: Bool) -> Tally {
        let pairs = RowMatch.pairs(truth, read)
        if exact {
            let right = pairs.count { pair in pair.truth.map { RowMatch.isEqual($0, pair.read) } ?? false }
            return Tally(right: right, wrong: read.count - right, missed: truth.count - right)
        }
        var tally = Tally()
        for (known, row) in pairs {
            for name in Set(row.keys).union((known ?? [:]).keys) {
                tally += Tally.of(known?[name].map(RowMatch.values) ?? [], row[name].map(RowMatch.values) ?? [])
            }
        }
        let total = truth.reduce(0) { $0 + $1.values.reduce(0) { $0 + RowMatch.values($1).count } }
        tally.missed = total - tally.right
        return tally
    }
}

extension Leaf {
    fileprivate var isGroup: Bool {
        if case .groups = self { true } else { false }
    }
}
