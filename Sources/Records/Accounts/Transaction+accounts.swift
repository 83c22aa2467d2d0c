package import Documents
package import Foundation

extension Transaction {
    /// How many values stand in one statement.
    private static let accountBatch = 400

    /// Takes accounts into the books: one with a known number replaces what was known of it, and is open again.
    ///
    /// The same accounts once more change nothing. With `closingOthers` every other open account is closed: it stays in
    /// the books, for mail about it comes long after, and is told apart by `openAccountCount`.
    package func importAccounts(
        _ accounts: [PatientAccount], closingOthers: Bool = false, at now: Date
    ) throws -> AccountImport {
        var done = AccountImport()
        for start in stride(from: 0, to: accounts.count, by: Self.accountBatch) {
            let batch = Array(accounts[start..<min(start + Self.accountBatch, accounts.count)])
            let known = try knownAccounts(batch.map(\.accountNumber))
            for account in batch {
                let text = try jsonText(account)
                let before = known[account.accountNumber]
                if before?.text == text, before?.isOpen == true {
                    done.unchanged += 1
                    continue
                }
                if before == nil { done.added += 1 } else { done.changed += 1 }
                try put(account, text: text, at: now)
            }
        }
        if closingOthers { done.closed = try closeAccounts(besides: Set(accounts.map(\.accountNumber)), at: now) }
        return done
    }

    /// How many accounts the books have, closed ones too.
    package func accountCount() throws -> Int {
        try rows("SELECT COUNT(*) AS number FROM accounts").first?["number"] ?? 0
    }

    package func openAccountCount() throws -> Int {
        try rows("SELECT COUNT(*) AS number FROM accounts WHERE closed_at IS NULL").first?["number"] ?? 0
    }

    package func account(_ number: String) throws -> PatientAccount? {
        try rows("SELECT account FROM accounts WHERE account_number = \(number)").first?.json("account")
    }

    /// How many accounts have each of the keys (`PatientAccount.keys`); a key that none has is left out.
    package func accountCounts(of keys: [String]) throws -> [String: Int] {
        try counts(
            """
            SELECT match_key AS word, COUNT(*) AS number FROM account_keys WHERE match_key IN (\(list: keys))
            GROUP BY match_key
            """)
    }

    /// Every account that has one of the keys, by number; the caller leaves keys out that too many have.
    package func accounts(having keys: [String]) throws -> [PatientAccount] {
        try rows(
            """
            SELECT account FROM accounts
            WHERE account_number IN (SELECT account_number FROM account_keys WHERE match_key IN (\(list: keys)))
            ORDER BY account_number
            """
        ).map { try $0.json("account") }
    }

    private func knownAccounts(_ numbers: [String]) throws -> [String: (text: String, isOpen: Bool)] {
        let found = try rows(
            "SELECT account_number, account, closed_at FROM accounts WHERE account_number IN (\(list: numbers))")
        return try found.reduce(into: [:]) { known, row in
            let closed: Date? = try row["closed_at"]
            known[try row["account_number"]] = (try row["account"], closed == nil)
        }
    }

    private func put(_ account: PatientAccount, text: String, at now: Date) throws {
        try execute(
            """
            INSERT INTO accounts (account_number, account, imported_at) VALUES (\(account.accountNumber), \(text), \(now))
            ON CONFLICT (account_number) DO UPDATE SET
                account = excluded.account, imported_at = excluded.imported_at, closed_at = NULL
            """)
        try execute("DELETE FROM account_keys WHERE account_number = \(account.accountNumber)")
        for key in account.keys.sorted() {
            try execute(
                "INSERT INTO account_keys (match_key, account_number) VALUES (\(key), \(account.accountNumber))")
        }
    }

    private func closeAccounts(besides numbers: Set<String>, at now: Date) throws -> Int {
        let open = try rows("SELECT account_number FROM accounts WHERE closed_at IS NULL ORDER BY account_number")
        let closed = try open.map { try $0["account_number"] as String }.filter { !numbers.contains($0) }
        for start in stride(from: 0, to: closed.count, by: Self.accountBatch) {
            let batch = Array(closed[start..<min(start + Self.accountBatch, closed.count)])
            try execute("UPDATE accounts SET closed_at = \(now) WHERE account_number IN (\(list: batch))")
        }
        return closed.count
    }
}
