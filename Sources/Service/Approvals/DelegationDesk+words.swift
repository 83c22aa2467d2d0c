import Documents
import Foundation
import Governance

extension DelegationDesk {
    /// The limit that somebody wrote; nil where they wrote none.
    static func limit(_ text: String) throws -> Money? {
        let text = text.trimmingCharacters(in: .whitespaces)
        if text.isEmpty { return nil }
        guard let amount = Money(text) else {
            throw GovernanceError(.delegationRefused, "The limit should be an amount, such as 500.00, or empty.")
        }
        return amount
    }

    /// The day that somebody wrote; `name` is what the sentence calls it.
    static func day(_ text: String, _ name: String) throws -> CalendarDate {
        guard let day = CalendarDate(printed: text) else {
            throw GovernanceError(.delegationRefused, "The \(name) day should be a date, such as 2026-12-24.")
        }
        return day
    }
}
