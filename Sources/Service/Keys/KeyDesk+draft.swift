import Foundation
import Governance
import Records

extension KeyDesk {
    /// The longest text of one place that is kept.
    private static let draftCharactersMax = 4000

    /// Keeps what the caller has typed so far, and lengthens their lease: for their own eyes, and no key yet.
    ///
    /// Nothing of it is told in the audit chain, which others read before they key.
    package func keepDraft(
        _ id: String, _ form: [(name: String, value: String)], seen version: Int, by caller: Caller
    ) async throws {
        let now = desk.context.clock()
        try await desk.inOneChange { transaction in
            let (task, record) = try held(id, seen: version, by: caller, in: transaction, at: now)
            try desk.refuseKeyed(task, to: caller, in: transaction)
            let places = Set(try round(of: record, in: transaction).places)
            var answers: [String: String] = [:]
            for (name, value) in form where KeyForm.place(of: name).map(places.contains) == true {
                answers[name] = answers[name] ?? String(value.prefix(KeyDesk.draftCharactersMax))
            }
            try transaction.keepKeyDraft(answers, of: record.id, version: version, by: caller.actor, at: now)
            let leaseSeconds = desk.leaseSeconds
            guard
                try transaction.leaseTask(id, owner: caller.actor, now: now, leaseSeconds: leaseSeconds) != nil
            else { throw ReviewError(.taken, "Somebody else took the task meanwhile. Nothing was kept.") }
        }
    }
}
