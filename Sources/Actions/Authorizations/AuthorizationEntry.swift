import Settings

extension ActionsFile {
    /// An entry of `x12_278`.
    struct AuthorizationEntry: ConnectorEntry {
        struct Payer: Codable, Sendable {
            var names: [String]
            var id: String
        }

        struct Attachment: Codable, Sendable {
            var reportType: String?
            var transmission: String?
            var drop: String?

            private enum CodingKeys: String, CodingKey {
                case reportType = "report_type"
                case transmission, drop
            }
        }

        var name: String
        var sender: X12PartnerEntry
        var receiver: X12PartnerEntry
        var usage: String
        var drop: String
        var payers: [Payer]
        var attachment: Attachment?
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
                drop: entry.drop, payerIDs: payers, attachments: try attachments(entry, reader)))
    }

    private static func attachments(
        _ entry: ActionsFile.AuthorizationEntry, _ reader: EntryReader
    ) throws(SettingsError) -> AuthorizationConnector.Attachments? {
        guard let attachment = entry.attachment else { return nil }
        let (reportType, transmission) = (attachment.reportType ?? "77", attachment.transmission ?? "EL")
        guard AuthorizationAttachment.reportTypes.contains(reportType) else {
            throw reader.error(
                "attachment.report_type",
                "'\(reportType)' should be one of \(AuthorizationAttachment.reportTypes.sorted().joined(separator: ", ")) (PWK01)."
            )
        }
        guard AuthorizationAttachment.transmissions.contains(transmission) else {
            throw reader.error(
                "attachment.transmission",
                "'\(transmission)' should be EL, by computer, BM, by mail, EM, by e-mail, or FX, by fax (PWK02).")
        }
        guard entry.name.count <= AuthorizationConnector.Attachments.nameLengthMax else {
            throw reader.error(
                "name",
                """
                The name '\(entry.name)' is a part of each attachment's number, which has room for \
                \(AuthorizationConnector.Attachments.nameLengthMax) letters of it.
                """)
        }
        if let drop = attachment.drop { try reader.checkDrop(drop, key: "attachment.drop") }
        return AuthorizationConnector.Attachments(
            reportType: reportType, transmission: transmission, drop: attachment.drop ?? entry.drop)
    }
}
