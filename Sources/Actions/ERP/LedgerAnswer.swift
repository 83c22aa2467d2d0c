package import Documents
package import Foundation

/// What a ledger says of a journal that it took: `{"journal_id": "…", "total_debit": "…", "total_credit": "…"}`.
package struct LedgerAnswer: Hashable, Sendable {
    /// The ledger's own number of the journal.
    package var journalID: String
    package var totalDebit: Money
    package var totalCredit: Money

    package init(journalID: String, totalDebit: Money, totalCredit: Money) {
        self.journalID = journalID
        self.totalDebit = totalDebit
        self.totalCredit = totalCredit
    }

    /// Reads an answer; nil when it lacks the number or a total.
    package init?(json: Data) {
        guard let answer = try? JSONDecoder().decode(LedgerAnswer.self, from: json), !answer.journalID.isEmpty else {
            return nil
        }
        self = answer
    }

    /// The sentence that says how the ledger's totals differ from the journal's; nil when they are equal.
    package func difference(from journal: Journal) -> String? {
        guard totalDebit != journal.total || totalCredit != journal.total else { return nil }
        return """
            The ledger has posted \(totalDebit) debit and \(totalCredit) credit as its journal \(journalID), but \
            \(journal.total) and \(journal.total) were sent: correct it there, then send this again or dismiss it.
            """
    }
}

extension LedgerAnswer: Codable {
    private enum CodingKeys: String, CodingKey {
        case journalID = "journal_id"
        case totalDebit = "total_debit"
        case totalCredit = "total_credit"
    }
}
