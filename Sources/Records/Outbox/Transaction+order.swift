package import Foundation

/// The order of deliveries: what waits for what, and what people and recalls change of it.
///
/// A delivery waits for those before it in its rule, and for all that its action has to tell of the same subject before
/// it. One that is given up holds those behind it back until a person replays or dismisses it, unless its rule goes on.
extension Transaction {
    /// Sends a delivered, parked or dismissed delivery again, in its place and with the same idempotency key, counting
    /// attempts from 0.
    ///
    /// Throws `wrongState` when there is no such delivery, it is under way, or there is nothing to send.
    package func replay(_ id: String, at now: Date) throws {
        let changed = try execute(
            """
            UPDATE deliveries SET status = 'waiting', attempts = 0, available_at = \(now), delivered_at = NULL
            WHERE id = \(id) AND status IN ('delivered', 'parked', 'dismissed') AND LENGTH(payload) > 0
            """)
        guard changed == 1 else {
            throw RecordsError(
                .wrongState,
                "The delivery \(id) is under way, or was never written for its receiver: it cannot be replayed.")
        }
        // What comes after it and was not begun waits for it again.
        try execute(
            """
            UPDATE deliveries SET status = 'waiting' WHERE status = 'pending' AND id IN (\(behind(id)))
            """)
        try letGo("id = \(id)")
    }

    /// Keeps the bytes of a delivery that had none, as its connector could not send its event before, and the hash of the
    /// rules that wrote them.
    package func keepPayload(_ payload: Data, ofDelivery id: String, rulesHash: String) throws {
        try execute(
            """
            UPDATE deliveries SET payload = \(payload), rules_hash = \(rulesHash)
            WHERE id = \(id) AND LENGTH(payload) = 0
            """)
    }

    /// Gives a delivery up for good that waits or is parked; throws `wrongState` when it is neither.
    package func dismiss(_ id: String, because sentence: String) throws {
        let changed = try execute(
            """
            UPDATE deliveries SET status = 'dismissed', last_error = \(sentence)
            WHERE id = \(id) AND status IN ('waiting', 'pending', 'parked')
            """)
        guard changed == 1 else {
            throw RecordsError(
                .wrongState, "The delivery \(id) is under way, delivered or dismissed: it cannot be dismissed.")
        }
        try letGoBehind(id)
    }

    /// Dismisses what of a subject's events is not under way; gives how many deliveries that were.
    ///
    /// What a sender has in hand comes to its own end: whatever tells of the withdrawal waits for that.
    @discardableResult
    package func dismissAll(ofSubject subject: String, because sentence: String) throws -> Int {
        try execute(
            """
            UPDATE deliveries SET status = 'dismissed', last_error = \(sentence)
            WHERE subject = \(subject) AND status IN ('waiting', 'pending', 'parked')
            """)
    }

    /// Dismisses a claimed delivery that failed after what it tells was taken back; throws `leaseLost`.
    package func deliveryDismissed(_ delivery: Delivery, status: Int?, error: String) throws {
        try end(delivery, "status = 'dismissed', last_status = \(status), last_error = \(error)")
    }

    /// The deliveries of a subject that the receiver has, or may have, and that an action is there to take back and has
    /// not yet, in their order.
    package func compensable(ofSubject subject: String) throws -> [Delivery] {
        try all(
            """
            SELECT \(Delivery.columns) FROM deliveries
            WHERE subject = \(subject) AND compensate_with IS NOT NULL AND lease_number > 0 AND NOT EXISTS (
                SELECT 1 FROM deliveries c WHERE c.subject = \(subject) AND c.compensates = deliveries.idempotency_key)
            ORDER BY action, place
            """)
    }

    /// Lets those go that wait behind a delivery, if nothing else holds them back.
    func letGoBehind(_ id: String) throws { try letGo("id IN (\(behind(id)))") }

    /// Lets waiting deliveries go that nothing holds back.
    func letGo(_ which: SQLStatement) throws {
        let holdsBack: SQLStatement =
            "(b.status IN ('waiting', 'pending', 'leased') OR b.status = 'parked' AND b.goes_on = 0)"
        // What a held document's earlier events have to say waits for its release; that it is held is told at once.
        let isHeld: SQLStatement =
            """
            (b.status IN ('waiting', 'pending') AND EXISTS (
                SELECT 1 FROM document_holds h JOIN events eb ON eb.document_id = h.document_id
                JOIN events ed ON ed.id = deliveries.event_id
                WHERE eb.id = b.event_id AND eb.time < h.held_at AND ed.time >= h.held_at))
            """
        // Written as an equation, the condition on the status would draw SQLite to the index of all that wait.
        try execute(
            """
            UPDATE deliveries SET status = 'pending'
            WHERE \(which) AND NOT (status <> 'waiting') AND NOT EXISTS (
                SELECT 1 FROM deliveries b WHERE b.subject = deliveries.subject AND b.action = deliveries.action
                    AND b.place < deliveries.place AND \(holdsBack) AND NOT \(isHeld))
                AND NOT EXISTS (
                    SELECT 1 FROM delivery_waits w JOIN deliveries b ON b.id = w.waits_for
                    WHERE w.delivery_id = deliveries.id AND \(holdsBack))
            """)
    }

    private func behind(_ id: String) -> SQLStatement {
        """
        SELECT w.delivery_id FROM delivery_waits w WHERE w.waits_for = \(id)
        UNION ALL
        SELECT l.id FROM deliveries l JOIN deliveries own ON own.subject = l.subject AND own.action = l.action
        WHERE own.id = \(id) AND l.place > own.place AND l.status IN ('waiting', 'pending')
        """
    }
}
