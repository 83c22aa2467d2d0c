package import Foundation
package import Records

/// What people decide on deliveries.
extension Transaction {
    /// Sends a delivery again on behalf of `actor`, with the same key and bytes.
    ///
    /// Throws `notFound` when there is none of that id, `wrongState` when it is under way or its document is held or was
    /// recalled since.
    package func replayAction(_ id: String, by actor: String, at now: Date) throws {
        let (delivery, event) = try action(id)
        if let hold = try hold(of: event.subject), event.time < hold.heldAt {
            throw RecordsError(
                .wrongState,
                "The document is held by the recall \(hold.recallID): release it before the delivery \(id) is sent again."
            )
        }
        guard try !isTakenBack(event) else {
            throw RecordsError(
                .wrongState,
                """
                What the delivery \(id) tells was recalled after it, or taken back: it is not sent again. Once it holds \
                anew, that is told by a delivery of its own.
                """)
        }
        try replay(id, at: now)
        try note("action.replayed", delivery, event, [:], by: actor, at: now)
    }

    /// Replays the parked deliveries of a connector, the oldest first, on behalf of `actor`; gives how many.
    ///
    /// What is held or was taken back stays as it is, and what was never written for its receiver.
    package func replayParked(of connector: String, limit: Int, by actor: String, at now: Date) throws -> Int {
        var count = 0
        for delivery in try deliveries(status: .parked, of: connector, limit: limit).reversed() {
            do {
                try replayAction(delivery.id, by: actor, at: now)
                count += 1
            } catch let error as RecordsError where error.code == .wrongState {
                continue
            }
        }
        return count
    }

    /// Gives a delivery that waits or is parked up for good, on behalf of `actor`, and lets those behind it go.
    ///
    /// Throws `notFound` when there is none of that id, `wrongState` when it is under way, delivered or dismissed.
    package func dismissAction(_ id: String, because reason: String, by actor: String, at now: Date) throws {
        let (delivery, event) = try action(id)
        try dismiss(id, because: "Dismissed: \(reason)")
        try note("action.dismissed", delivery, event, ["problem": reason], by: actor, at: now)
    }

    /// Whether what an event tells was taken back by a later one.
    func isTakenBack(_ event: Event) throws -> Bool {
        for type in EventType.allCases where type.takesBack {
            if try isFollowed(event, by: type.rawValue) { return true }
        }
        return false
    }

    private func action(_ id: String) throws -> (Delivery, Event) {
        guard let delivery = try delivery(id), let event = try event(delivery.eventID) else {
            throw RecordsError(.notFound, "There is no delivery \(id).")
        }
        return (delivery, event)
    }

    private func note(
        _ action: String, _ delivery: Delivery, _ event: Event, _ more: [String: String], by actor: String, at now: Date
    ) throws {
        try audit(
            actor: actor, action: action, subject: event.subject,
            detail: ["delivery": delivery.id, "connector": delivery.action].merging(more) { own, _ in own },
            correlationID: event.correlationID, at: now)
    }
}
