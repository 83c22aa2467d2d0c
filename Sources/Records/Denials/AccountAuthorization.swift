package import Documents
package import Foundation

/// The number of an authorization, as a payer's letter gave it for an account.
package struct AccountAuthorization: Sendable, Hashable {
    package var accountNumber: String
    package var authorizationNumber: String
    /// The letter.
    package var documentID: String
    package var payerName: String?
    package var serviceStart: CalendarDate?
    package var serviceEnd: CalendarDate?
    package var writtenBy: String
    package var writtenAt: Date

    package init(
        accountNumber: String, authorizationNumber: String, documentID: String, payerName: String? = nil,
        serviceStart: CalendarDate? = nil, serviceEnd: CalendarDate? = nil, writtenBy: String, writtenAt: Date
    ) {
        self.accountNumber = accountNumber
        self.authorizationNumber = authorizationNumber
        self.documentID = documentID
        self.payerName = payerName
        self.serviceStart = serviceStart
        self.serviceEnd = serviceEnd
        self.writtenBy = writtenBy
        self.writtenAt = writtenAt
    }

    /// Whether it is for the claim: of the same payer, where both are known, and of days in common.
    ///
    /// Without days of the letter or of the claim it is the account's and no claim's: an account has claims of other days
    /// too.
    func isFor(_ claim: AccountClaim) -> Bool {
        if let payerName, let other = claim.payerName, !AccountAuthorization.isSame(payerName, other) { return false }
        guard let start = serviceStart, let claimStart = claim.serviceStart else { return false }
        return start <= (claim.serviceEnd ?? claimStart) && claimStart <= (serviceEnd ?? start)
    }

    private static func isSame(_ one: String, _ other: String) -> Bool {
        NormalForm.foldWhiteSpace(one).lowercased() == NormalForm.foldWhiteSpace(other).lowercased()
    }
}

extension AccountAuthorization: SQLRecord {
    init(row: SQLRow) throws {
        self.init(
            accountNumber: try row["account_number"], authorizationNumber: try row["authorization_number"],
            documentID: try row["document_id"], payerName: try row["payer_name"],
            serviceStart: try row.day("service_start"), serviceEnd: try row.day("service_end"),
            writtenBy: try row["written_by"], writtenAt: try row["written_at"])
    }
}

extension Transaction {
    /// Writes the number of an authorization to an account, as a letter gave it; another letter with the same number
    /// stands beside it, and each is withdrawn by itself.
    ///
    /// Numbers are kept beside the books: an import of the account, which does not know them, leaves them in place.
    package func writeAuthorization(_ authorization: AccountAuthorization) throws {
        try execute(
            """
            INSERT INTO account_authorizations (account_number, authorization_number, document_id, payer_name,
                service_start, service_end, written_by, written_at)
            VALUES (\(authorization.accountNumber), \(authorization.authorizationNumber),
                \(authorization.documentID), \(authorization.payerName), \(authorization.serviceStart?.description),
                \(authorization.serviceEnd?.description), \(authorization.writtenBy), \(authorization.writtenAt))
            ON CONFLICT (account_number, authorization_number, document_id) DO UPDATE SET
                payer_name = excluded.payer_name,
                service_start = excluded.service_start, service_end = excluded.service_end,
                written_by = excluded.written_by, written_at = excluded.written_at, withdrawn_at = NULL
            """)
    }

    /// Takes back the numbers that a letter gave and gives how many there were.
    @discardableResult
    package func withdrawAuthorizations(ofDocument id: String, at now: Date) throws -> Int {
        try execute(
            """
            UPDATE account_authorizations SET withdrawn_at = \(now)
            WHERE document_id = \(id) AND withdrawn_at IS NULL
            """)
    }

    /// The numbers that stand for an account, the oldest first.
    package func authorizations(ofAccount number: String) throws -> [AccountAuthorization] {
        try all(
            """
            SELECT account_number, authorization_number, document_id, payer_name, service_start, service_end,
                written_by, written_at
            FROM account_authorizations WHERE account_number = \(number) AND withdrawn_at IS NULL
            ORDER BY written_at, authorization_number
            """)
    }

    /// The account with the numbers of its claims' authorizations: the latest that is for each.
    package func accountWithAuthorizations(_ number: String) throws -> PatientAccount? {
        guard var account = try account(number) else { return nil }
        for authorization in try authorizations(ofAccount: number) {
            for index in account.claims.indices where authorization.isFor(account.claims[index]) {
                account.claims[index].authorizationNumber = authorization.authorizationNumber
            }
        }
        return account
    }
}
