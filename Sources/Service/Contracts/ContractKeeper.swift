import Documents
package import Foundation
package import Governance
package import Records

/// What became of contracts that somebody brought.
package struct ContractReport: Codable, Sendable {
    package let rates: Int
    package let payers: Int
    /// Rates that were known before and that these took the place of.
    package let replaced: Int
    /// How many rates of all payers there are now.
    package let total: Int
}

/// Takes payers' contracts into the store, whoever brings them.
package struct ContractKeeper: Sendable {
    private let store: Store
    private let clock: @Sendable () -> Date

    package init(store: Store, clock: @escaping @Sendable () -> Date = { Date() }) {
        self.store = store
        self.clock = clock
    }

    /// Takes all rates of a file in, in the place of what was known of its payers, in one transaction with its entry in the
    /// audit chain.
    ///
    /// - Parameters:
    ///   - sha256: the file's, which the audit chain keeps.
    ///   - replacingAll: the file has every contract: those of payers that it lacks are removed.
    ///   - actor: who brings it.
    package func take(
        _ file: ContractFile, sha256: String, replacingAll: Bool, by actor: String
    ) async throws -> ContractReport {
        let now = clock()
        return try await store.write { transaction in
            let replaced = try transaction.importContracts(
                file.rates, replacingAll: replacingAll, by: actor, at: now)
            let report = ContractReport(
                rates: file.rates.count, payers: Set(file.rates.map { PayerName($0.payerName).key }).count,
                replaced: replaced, total: try transaction.contractRateCount())
            try transaction.audit(
                actor: actor, action: "contracts.imported", subject: "contracts",
                detail: [
                    "rates": "\(report.rates)", "payers": "\(report.payers)", "replaced": "\(replaced)",
                    "total": "\(report.total)", "sha256": sha256, "replace": replacingAll ? "yes" : "no",
                ], correlationID: Identifier.make(at: now), at: now)
            return report
        }
    }
}
