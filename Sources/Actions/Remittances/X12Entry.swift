import Settings

extension ActionsFile {
    /// Who a file is from or for.
    struct X12PartnerEntry: Codable, Sendable {
        var qualifier: String?
        var id: String
    }
}

/// What the entries of X12 connectors have in common.
extension EntryReader {
    func usage(_ word: String) throws(SettingsError) -> X12Interchange.Usage {
        guard let usage = X12Interchange.Usage(rawValue: word) else {
            throw error("usage", "'usage' should be T, for tests, or P, for production.")
        }
        return usage
    }

    /// Throws unless `name` is one of the file's drops.
    func checkDrop(_ name: String, key: String = "drop") throws(SettingsError) {
        guard file.content.drops?.contains(where: { $0.name == name }) == true else {
            throw error(key, "There is no drop '\(name)'. Name one of 'drops'.")
        }
    }

    func partner(_ partner: ActionsFile.X12PartnerEntry, _ key: String) throws(SettingsError) -> X12Partner {
        let qualifier = partner.qualifier ?? "ZZ"
        guard ["01", "14", "20", "27", "28", "29", "30", "33", "ZZ"].contains(qualifier) else {
            throw error(
                "\(key).qualifier", "'\(qualifier)' should be 01, 14, 20, 27, 28, 29, 30, 33 or ZZ (ISA05, ISA07).")
        }
        guard (2...15).contains(partner.id.count), X12Text.element(partner.id, length: 15) == partner.id else {
            throw error("\(key).id", "'\(partner.id)' should have 2 to 15 letters, digits or plain signs.")
        }
        return X12Partner(qualifier: qualifier, identifier: partner.id)
    }
}
