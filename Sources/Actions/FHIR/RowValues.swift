import Documents

/// The values of a row in the types that they are of; nil for what is not printed.
struct RowValues {
    let row: Row

    init(_ row: Row) { self.row = row }

    func text(_ name: String) -> String? { row[name]?.fields.first.map { $0.value.description } }
    func texts(_ name: String) -> [String] { row[name]?.fields.map { $0.value.description } ?? [] }
    func money(_ name: String) -> Money? { text(name).flatMap { Money($0) } }
    func date(_ name: String) -> CalendarDate? { text(name).flatMap { CalendarDate(printed: $0) } }

    /// The parts of each group, by name.
    func groups(_ name: String) -> [[String: String]] {
        guard case .groups(let groups)? = row[name] else { return [] }
        return groups.map { $0.mapValues { $0.value.description } }
    }
}

extension Claim {
    /// What the claim was paid: its own total, or what all of its lines say.
    var paidAmount: Money? {
        if let total = RowValues(fields).money("paid_amount") { return total }
        let lines = serviceLines.compactMap { RowValues($0).money("paid_amount") }
        return lines.isEmpty || lines.count != serviceLines.count ? nil : lines.reduce(.zero, +)
    }
}
