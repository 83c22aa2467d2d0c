import Settings

/// What one entry of the actions file gives.
enum ConnectorReading {
    case active(any Connector)
    /// The sentence that says why it cannot be called.
    case inactive(String)
}

/// An entry of one of the file's lists of connectors.
protocol ConnectorEntry: Codable, Sendable {
    var name: String { get }
}

/// A kind of connector: the list of the actions file that holds those of this kind, and how one of them is read.
struct ConnectorKind: Sendable {
    /// The key of the list.
    let key: String
    private let names: @Sendable (ActionsFile) -> [String]
    private let read: @Sendable (EntryReader, ActionsFile, Int) throws(SettingsError) -> ConnectorReading

    init<Entry: ConnectorEntry>(
        _ key: String, _ entries: @escaping @Sendable (ActionsFile) -> [Entry]?,
        read: @escaping @Sendable (Entry, EntryReader) throws(SettingsError) -> ConnectorReading
    ) {
        self.key = key
        names = { file in (entries(file) ?? []).map(\.name) }
        self.read = { (reader, file, index) throws(SettingsError) in
            guard let entry = entries(file)?[index] else { return .inactive("") }
            return try read(entry, reader)
        }
    }

    /// The connectors of this kind by name, in order, each with the place where it stands.
    func readings(
        _ reader: EntryReader
    ) throws(SettingsError) -> [(name: String, place: [String], reading: ConnectorReading)] {
        var readings: [(String, [String], ConnectorReading)] = []
        for (index, name) in names(reader.file.content).enumerated() {
            let reader = reader.at([key, "\(index)"])
            guard name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
                throw reader.error("name", "'\(name)' cannot name a connector. Use lower-case letters, digits and '_'.")
            }
            readings.append((name, reader.place, try read(reader, reader.file.content, index)))
        }
        return readings
    }
}
