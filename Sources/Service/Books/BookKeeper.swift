import Documents
package import Foundation
package import Records
package import Understanding

/// Takes the hospital's accounts into the store, whoever brings them.
package struct BookKeeper: Sendable {
    /// As many accounts may close at once, whatever their share of the open ones.
    private static let closedCountMax = 20

    private let store: Store
    private let clock: @Sendable () -> Date

    package init(store: Store, clock: @escaping @Sendable () -> Date = { Date() }) {
        self.store = store
        self.clock = clock
    }

    /// Takes the accounts of a file in, all in one transaction with its entry in the audit chain.
    ///
    /// With `closingOthers` the file is all that is open, and other accounts are closed; not when a row was refused,
    /// whose account might be among them. Throws `AccountFileError` when no row can be taken: a list of nothing is
    /// likelier an export that failed than a hospital without accounts. So is one that would close most of what is open,
    /// unless `forced`.
    ///
    /// - Parameters:
    ///   - sha256: the file's, which the audit chain keeps.
    ///   - actor: who brings it.
    package func take(
        _ file: AccountFile, sha256: String, closingOthers: Bool, forced: Bool = false, by actor: String
    ) async throws -> BookReport {
        let accounts = file.accounts
        guard !accounts.isEmpty else {
            let first = file.refusals.first.map { " The first, \($0.place): \($0.detail)" } ?? ""
            throw AccountFileError(
                "There is no account to take: \(file.refusedCount) rows are refused. Nothing was changed.\(first)")
        }
        let closes = closingOthers && file.refusedCount == 0
        let now = clock()
        return try await store.write { transaction in
            let openBefore = try transaction.openAccountCount()
            let done = try transaction.importAccounts(accounts, closingOthers: closes, at: now)
            guard forced || done.closed <= Self.closedCountMax || done.closed * 2 <= openBefore else {
                throw AccountFileError(
                    "The list would close \(done.closed) of \(openBefore) open accounts, and nothing was changed. Is it the whole list? If it is, send it again with 'force'."
                )
            }
            let report = BookReport(
                done, file: file, openCount: try transaction.openAccountCount(),
                skippedClosing: closingOthers && !closes)
            try transaction.audit(
                actor: actor, action: "accounts.imported", subject: "accounts",
                detail: [
                    "added": "\(done.added)", "changed": "\(done.changed)", "unchanged": "\(done.unchanged)",
                    "closed": "\(done.closed)", "refused": "\(file.refusedCount)", "sha256": sha256,
                    "replace": closes ? "yes" : closingOthers ? "skipped" : "no", "forced": "\(forced)",
                ], correlationID: Identifier.make(at: now), at: now)
            return report
        }
    }
}
