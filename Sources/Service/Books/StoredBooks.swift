import Documents
import Records
import Understanding

/// The books of the store within one transaction, as matching asks them.
struct StoredBooks: AccountBooks {
    let transaction: Transaction

    func accountCount() throws -> Int { try transaction.accountCount() }

    func counts(of keys: [String]) throws -> [String: Int] { try transaction.accountCounts(of: keys) }

    func accounts(having keys: [String]) throws -> [PatientAccount] { try transaction.accounts(having: keys) }
}
