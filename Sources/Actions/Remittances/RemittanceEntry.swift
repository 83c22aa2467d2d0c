import Documents
import Foundation
import Settings

extension ActionsFile {
    /// An entry of `x12_835`.
    struct RemittanceEntry: ConnectorEntry {
        struct Payee: Codable, Sendable {
            var npi: String?
            var taxID: String?

            private enum CodingKeys: String, CodingKey {
                case npi
                case taxID = "tax_id"
            }
        }

        struct Payer: Codable, Sendable {
            struct Address: Codable, Sendable {
                var street: String
                var city: String
                var state: String
                var zip: String
            }

            struct Contact: Codable, Sendable {
                var name: String
                var phone: String
            }

            var names: [String]
            var id: String?
            var taxID: String
            var address: Address
            var contact: Contact
            var claimFilingIndicator: String

            private enum CodingKeys: String, CodingKey {
                case names, id
                case taxID = "tax_id"
                case address, contact
                case claimFilingIndicator = "claim_filing_indicator"
            }
        }

        var name: String
        var sender: X12PartnerEntry
        var receiver: X12PartnerEntry
        var usage: String
        var drop: String?
        var closeAt: String?
        var timeZone: String?
        var items: Double?
        var paperDays: Double?
        var payee: Payee?
        var payers: [Payer]

        private enum CodingKeys: String, CodingKey {
            case name, sender, receiver, usage, drop
            case closeAt = "close_at"
            case timeZone = "time_zone"
            case items, payee, payers
            case paperDays = "paper_days"
        }
    }
}

/// Checks one connector of `x12_835`.
struct RemittanceEntryReader {
    private let entry: ActionsFile.RemittanceEntry
    private let reader: EntryReader

    static func read(
        _ entry: ActionsFile.RemittanceEntry, _ reader: EntryReader
    ) throws(SettingsError) -> ConnectorReading {
        .active(RemittanceConnector(try RemittanceEntryReader(entry: entry, reader: reader).settings()))
    }

    private func settings() throws(SettingsError) -> RemittanceSettings {
        let usage = try reader.usage(entry.usage)
        if let drop = entry.drop { try reader.checkDrop(drop) }
        guard let zone = TimeZone(identifier: entry.timeZone ?? "UTC") else {
            throw reader.error("time_zone", "'\(entry.timeZone ?? "")' is no time zone such as America/New_York.")
        }
        try check(entry.payee?.npi, "payee.npi", .npi, "an NPI: ten digits whose check digit holds")
        try check(entry.payee?.taxID, "payee.tax_id", .taxIdentifier, "a tax id of nine digits")
        var payers: [RemittancePayer] = []
        for (index, written) in entry.payers.enumerated() {
            let payer = try self.payer(written, "payers.\(index)")
            guard !payers.contains(where: { $0.key == payer.key }) else {
                throw reader.error(
                    "payers.\(index).tax_id",
                    "Another payer has the tax id \(payer.taxID) too: give one of them all the names, or each its own 'id'."
                )
            }
            payers.append(payer)
        }
        return RemittanceSettings(
            name: entry.name, sender: try reader.partner(entry.sender, "sender"),
            receiver: try reader.partner(entry.receiver, "receiver"), usage: usage, drop: entry.drop,
            closeMinute: try closeMinute(), timeZone: zone,
            itemsMax: Int(try reader.number(entry.items, "items", 1...1000, default: 500)),
            paperDaysMax: try reader.number(entry.paperDays, "paper_days", 0.1...365, default: 3),
            payee: RemittanceReader.Payee(npi: entry.payee?.npi, taxID: entry.payee?.taxID), payers: payers)
    }

    private func payer(
        _ payer: ActionsFile.RemittanceEntry.Payer, _ key: String
    ) throws(SettingsError) -> RemittancePayer {
        guard !payer.names.isEmpty else { throw reader.error("\(key).names", "A payer needs the names on its papers.") }
        try check(payer.taxID, "\(key).tax_id", .taxIdentifier, "a tax id of nine digits")
        try check(payer.contact.phone, "\(key).contact.phone", .phone, "a phone number of ten digits")
        guard RemittancePayer.claimFilingIndicators.contains(payer.claimFilingIndicator) else {
            throw reader.error(
                "\(key).claim_filing_indicator",
                "'\(payer.claimFilingIndicator)' should be one of \(RemittancePayer.claimFilingIndicators.sorted().joined(separator: ", ")) (CLP06)."
            )
        }
        guard payer.address.state.wholeMatch(of: /[A-Z]{2}/) != nil,
            payer.address.zip.wholeMatch(of: /\d{5}(\d{4})?/) != nil
        else {
            throw reader.error(
                "\(key).address", "The address needs a state of two letters and a ZIP code of 5 or 9 digits.")
        }
        return RemittancePayer(
            names: payer.names, identifier: payer.id, taxID: payer.taxID, street: payer.address.street,
            city: payer.address.city, state: payer.address.state, zip: payer.address.zip,
            contactName: payer.contact.name, contactPhone: payer.contact.phone,
            claimFilingIndicator: payer.claimFilingIndicator)
    }

    /// Minutes after midnight.
    private func closeMinute() throws(SettingsError) -> Int {
        let text = entry.closeAt ?? "17:00"
        guard let parts = text.wholeMatch(of: /([01]\d|2[0-3]):([0-5]\d)/), let hour = Int(parts.1),
            let minute = Int(parts.2)
        else { throw reader.error("close_at", "'\(text)' should be a time of day such as \"17:00\".") }
        return hour * 60 + minute
    }

    private func check(
        _ value: String?, _ key: String, _ form: NormalForm, _ what: String
    ) throws(SettingsError) {
        guard let value, form.normalize(value) != value else { return }
        throw reader.error(key, "'\(value)' should be \(what), without other signs.")
    }
}
