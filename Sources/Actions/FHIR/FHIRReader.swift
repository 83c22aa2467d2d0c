import Foundation
import Settings

extension ActionsFile {
    /// A FHIR server of the list `fhir`.
    struct FHIRServerEntry: EndpointEntry {
        var name: String
        var url: String?
        var urlFrom: Place?
        var tokenFrom: Place?
        var mailroomURL: String?
        var privateAddresses: String?
        var connectTimeoutSeconds: Double?
        var timeoutSeconds: Double?
        var retry: Retry?

        private enum CodingKeys: String, CodingKey {
            case name, url
            case urlFrom = "url_from"
            case tokenFrom = "token_from"
            case mailroomURL = "mailroom_url"
            case privateAddresses = "private_addresses"
            case connectTimeoutSeconds = "connect_timeout_seconds"
            case timeoutSeconds = "timeout_seconds"
            case retry
        }
    }
}

/// Checks one FHIR server of the actions file and finds its address and token.
enum FHIRReader {
    static func read(
        _ entry: ActionsFile.FHIRServerEntry, _ reader: EntryReader
    ) throws(SettingsError) -> ConnectorReading {
        let retry = try reader.retry(entry.retry)
        let address = entry.mailroomURL ?? ""
        guard address.isEmpty || address.wholeMatch(of: /https?:\/\/[^\s\/?#]+/) != nil else {
            throw reader.error("mailroom_url", "'mailroom_url' should be of the form https://host, without a path.")
        }
        switch try EndpointReader(kind: "FHIR server", entry: entry, reader: reader).read() {
        case .inactive(let why): return .inactive(why)
        case .endpoint(let endpoint):
            let token = try reader.token(entry.tokenFrom, name: entry.name)
            return .active(FHIRConnector(endpoint: endpoint, token: token, address: address, retry: retry))
        }
    }
}
