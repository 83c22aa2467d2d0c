package import Foundation
package import Records

/// What people decide on deliveries.
extension Transaction {
    /// Sends a delivery again on behalf of `actor`, with the same key and bytes; one that was never written, as its
    /// connector could not send the event, is written by the rules as they are now.
    ///
    /// Throws `notFound` when there is none of that id, `wrongState` when it is under way, its document is held or was
    /// recalled since, or it still cannot be written.
    package func replayAction(_ id: String, rules: ActionRules, by actor: String, at now: Date) throws {
        let (delivery, event) = try action(id)
        if let hold = try hold(ofDelivery: id) {
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
        let isWrittenNow = delivery.payload.isEmpty
        if isWrittenNow { try write(delivery, of: event, by: rules) }
        try replay(id, at: now)
        try note(
            "action.replayed", delivery, event, isWrittenNow ? ["written_by_rules": rules.hash] : [:], by: actor,
            at: now)
    }

    /// Replays the parked deliveries of a connector, the oldest first, on behalf of `actor`; gives how many.
    ///
    /// What is held, was taken back or still cannot be written stays as it is.
    package func replayParked(
        of connector: String, rules: ActionRules, limit: Int, by actor: String, at now: Date
    ) throws -> Int {
        var count = 0
        for delivery in try deliveries(status: .parked, of: connector, limit: limit, withPayload: false).reversed() {
            do {
                try replayAction(delivery.id, rules: rules, by: actor, at: now)
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
        try dismissRest(ofPacketOf: delivery, event, by: actor, at: now)
        try dismiss(id, because: "Dismissed: \(reason)")
        try note("action.dismissed", delivery, event, ["problem": reason], by: actor, at: now)
    }

    /// Gives up what of a packet waits behind a part that is given up.
    ///
    /// Nothing is announced that is not there, and no pages are sent for a request that was never made. The last part goes
    /// first, so that none is let go meanwhile.
    private func dismissRest(ofPacketOf given: Delivery, _ event: Event, by actor: String, at now: Date) throws {
        let file = given.idempotencyKey
        let behind = [".pdf": [".json", ".278"], ".278": [".json"]]
        guard let dot = file.lastIndex(of: "."), let endings = behind[String(file[dot...])] else { return }
        let parts = try deliveries(ofEvent: event.id)
        for ending in endings {
            for part in parts where part.idempotencyKey == file[..<dot] + ending {
                guard [.waiting, .pending, .parked].contains(part.status) else { continue }
                try dismiss(part.id, because: "Dismissed: \(file) of the same packet was.")
                try note("action.dismissed", part, event, ["problem": "\(file) was dismissed"], by: actor, at: now)
            }
        }
    }

    /// Whether what an event tells was taken back by a later one.
    func isTakenBack(_ event: Event) throws -> Bool {
        for type in EventType.allCases where type.takesBack {
            if try isFollowed(event, by: type.rawValue) { return true }
        }
        // Work that a document asked for is gone with it; that it is gone is told by an event of its own.
        guard event.type == EventType.workOpened.rawValue, let document = event.documentID else { return false }
        return try isFollowed(event, by: EventType.documentRecalled.rawValue, about: document)
    }

    /// Writes what the connector could not send when the event was raised.
    private func write(_ delivery: Delivery, of event: Event, by rules: ActionRules) throws {
        guard let connector = rules.connectors[delivery.action], var told = try MailroomEvent(event) else {
            throw RecordsError(
                .wrongState,
                """
                The delivery \(delivery.id) was never written for its receiver, and Config/actions.yaml has no active \
                connector '\(delivery.action)' that could: it cannot be replayed.
                """)
        }
        told.compensates = delivery.compensates
        switch PlannedMessage(told, by: connector, key: delivery.idempotencyKey) {
        case .payload(let payload): try keepPayload(payload, ofDelivery: delivery.id, rulesHash: rules.hash)
        case .unsuitable(let problem):
            throw RecordsError(.wrongState, "It cannot be replayed, as it still cannot be written: \(problem)")
        }
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
