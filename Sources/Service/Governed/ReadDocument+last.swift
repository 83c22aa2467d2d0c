import Documents
import Foundation
package import Governance
package import Records
import Understanding

extension ReadDocument {
    /// The last documents of the store as the machine read them, and how many of them are left out because that is not
    /// known any more.
    package static func last(
        _ count: Int, in transaction: Transaction
    ) throws -> (documents: [ReadDocument], leftOut: Int) {
        let decided = try transaction.decidedDocuments(limit: count)
        let known = decided.compactMap { decided in
            // What a person parted from another document the machine has not read as one.
            decided.document.flatMap { $0.evidence.contains { $0.code == Rereading.pagesCode } ? nil : $0 }.map {
                ReadDocument(
                    id: decided.id, sha256: decided.sha256, ordinal: decided.ordinal,
                    day: CalendarDate(
                        dayNumber: Int((decided.createdAt.timeIntervalSince1970 / 86_400).rounded(.down))),
                    document: $0, facility: decided.facility)
            }
        }
        return (known, decided.count - known.count)
    }
}
