import Foundation
import Settings

extension ActionsFile {
    /// A ledger of the list `erp`.
    struct LedgerEntry: EndpointEntry {
        struct Accounts: Codable, Sendable {
            var kind: String
            var facility: String?
            var payer: String?
            var debit: String
            var credit: String
            var providerAdjustments: String?

            private enum CodingKeys: String, CodingKey {
                case kind, facility, payer, debit, credit
                case providerAdjustments = "provider_adjustments"
            }
        }

        var name: String
        var url: String?
        var urlFrom: Place?
        var tokenFrom: Place?
        var folder: String?
        var legalEntity: String?
        var costCentre: String?
        var accounts: [Accounts]
        var privateAddresses: String?
        var connectTimeoutSeconds: Double?
        var timeoutSeconds: Double?
        var retry: Retry?

        private enum CodingKeys: String, CodingKey {
            case name, url
            case urlFrom = "url_from"
            case tokenFrom = "token_from"
            case folder
            case legalEntity = "legal_entity"
            case costCentre = "cost_centre"
            case accounts
            case privateAddresses = "private_addresses"
            case connectTimeoutSeconds = "connect_timeout_seconds"
            case timeoutSeconds = "timeout_seconds"
            case retry
        }
    }
}

/// Checks one ledger of the actions file: where it is, that its accounts are of kinds that exist, and that each kind of
/// journal has its accounts.
enum LedgerReader {
    static func read(
        _ entry: ActionsFile.LedgerEntry, _ reader: EntryReader
    ) throws(SettingsError) -> ConnectorReading {
        let writer = PostingWriter(
            accounts: try mapping(entry, reader), legalEntity: entry.legalEntity, costCentre: entry.costCentre)
        let retry = try reader.retry(entry.retry)
        if let folder = entry.folder {
            guard entry.url == nil, entry.urlFrom == nil, entry.tokenFrom == nil else {
                throw reader.error("folder", "The ledger '\(entry.name)' has a folder: take its url and token away.")
            }
            guard folder.hasPrefix("/") else {
                throw reader.error("folder", "'\(folder)' should be the whole path of a folder, such as /srv/ledger.")
            }
            return .active(
                LedgerConnector(name: entry.name, way: .folder(URL(filePath: folder)), writer: writer, retry: retry))
        }
        switch try EndpointReader(kind: "ledger", entry: entry, reader: reader).read() {
        case .inactive(let why): return .inactive(why)
        case .endpoint(let endpoint):
            let token = try reader.token(entry.tokenFrom, name: entry.name)
            return .active(
                LedgerConnector(name: entry.name, way: .http(endpoint, token), writer: writer, retry: retry))
        }
    }

    /// The rows in their order; a kind without a row for all facilities and payers would leave a gap, and what stands
    /// after such a row would never be used.
    private static func mapping(
        _ entry: ActionsFile.LedgerEntry, _ reader: EntryReader
    ) throws(SettingsError) -> AccountMapping {
        guard !entry.accounts.isEmpty else {
            throw reader.error("accounts", "The ledger '\(entry.name)' has no accounts: name one kind at least.")
        }
        let known = reader.kinds.approvals.union([AccountMapping.cashPosting])
        var complete: Set<String> = []
        for (index, row) in entry.accounts.enumerated() {
            let place = "accounts.\(index)"
            guard known.contains(row.kind) else {
                throw reader.error(
                    "\(place).kind",
                    "The kind '\(row.kind)' is not known here. Known are \(known.sorted().joined(separator: ", ")).")
            }
            guard !complete.contains(row.kind) else {
                throw reader.error(
                    place, "The row before for all of '\(row.kind)' leaves nothing to this one. Move it up.")
            }
            guard !row.debit.isEmpty, !row.credit.isEmpty, row.debit != row.credit else {
                throw reader.error(place, "'\(row.kind)' needs an account to debit and another to credit.")
            }
            if row.facility == nil, row.payer == nil { complete.insert(row.kind) }
        }
        for (index, row) in entry.accounts.enumerated() where !complete.contains(row.kind) {
            throw reader.error(
                "accounts.\(index)", "'\(row.kind)' needs a last row without facility and payer, for all others.")
        }
        return AccountMapping(
            rows: entry.accounts.map {
                PostingAccounts(
                    kind: $0.kind, facility: $0.facility, payer: $0.payer, debit: $0.debit, credit: $0.credit,
                    providerAdjustments: $0.providerAdjustments)
            })
    }
}
