import Actions
import Foundation
import Records
import Service

/// Calls of the shipped connector that gave up.
enum ParkedActions {
    static let connector = "workflow_engine"

    /// Accepts a letter twice and parks the first call: the second waits.
    ///
    /// Gives the identifiers of both.
    static func put(into context: ServiceContext) async throws -> (parked: String, waiting: String, document: String) {
        let (record, _) = try await SampleLetter.seed(context)
        let now = context.clock()
        return try await context.store.write { transaction in
            for seconds in [0.0, 1] {
                try context.raise(.documentAccepted, about: record, in: transaction, at: now + seconds)
            }
            guard
                let claimed = try transaction.claimDelivery(of: connector, owner: "test", now: now + 9, leaseSeconds: 9)
            else { throw NeverHappened(description: "Nothing was to be sent.") }
            try transaction.deliveryParked(
                claimed, status: 500, error: "The endpoint answered 500 <b>. Attempt 10 was the last.")
            let waiting = try transaction.deliveries(status: .waiting).first?.id ?? ""
            return (claimed.id, waiting, record.id)
        }
    }
}
