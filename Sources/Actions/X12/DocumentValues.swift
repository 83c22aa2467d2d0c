import Documents

/// Reads the values of a document's rows by their kinds.
extension Row {
    /// The value of a single field; nil where there is none.
    func value(_ name: String) -> String? {
        guard let value = self[name]?.fields.first?.value.description, !value.isEmpty else { return nil }
        return value
    }

    func values(_ name: String) -> [String] { self[name]?.fields.map(\.value.description) ?? [] }

    func amount(_ name: String) -> Money? { value(name).flatMap { Money($0) } }

    func date(_ name: String) -> CalendarDate? { value(name).flatMap { CalendarDate(printed: $0) } }

    /// The groups of a field that has parts, each with its values by name.
    func groups(_ name: String) -> [[String: String]] {
        guard case .groups(let groups)? = self[name] else { return [] }
        return groups.map { $0.mapValues(\.value.description) }
    }
}
