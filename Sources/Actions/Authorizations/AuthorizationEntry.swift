import Settings

extension ActionsFile {
    /// An entry of `x12_278`.
    struct AuthorizationEntry: ConnectorEntry {
        struct Payer: Codable, Sendable {
            var names: [String]
            var id: String
        }

        var name: String
        var sender: X12PartnerEntry
        var receiver: X12PartnerEntry
        var usage: String
        var drop: String
        var payers: [Payer]
    }
}

/// Checks one connector of `x12_278`.
enum AuthorizationEntryReader {
    static func read(
        _ entry: ActionsFile.AuthorizationEntry, _ reader: EntryReader
    ) throws(SettingsError) -> ConnectorReading {
        try reader.checkDrop(entry.drop)
        var payers: [String: String] = [:]
        for (index, payer) in entry.payers.enumerated() {
            guard X12Text.element(payer.id, length: 80) == payer.id, payer.id.count > 1 else {
                throw reader.error("payers.\(index).id", "'\(payer.id)' should be the payer's identifier.")
            }
            for name in payer.names { payers[Rule.fold(name)] = payer.id }
        }
        return .active(
            AuthorizationConnector(
                name: entry.name, sender: try reader.partner(entry.sender, "sender"),
                receiver: try reader.partner(entry.receiver, "receiver"), usage: try reader.usage(entry.usage),
                drop: entry.drop, payerIDs: payers))
    }
}
