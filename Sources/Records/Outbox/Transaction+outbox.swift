package import Foundation

extension Transaction {
    package func appendEvent(_ event: Event) throws {
        try execute(
            """
            INSERT INTO events (\(Event.columns))
            VALUES (\(event.id), \(event.type), \(event.subject), \(event.time), \(event.correlationID), \(event.data))
            """)
    }

    package func event(_ id: String) throws -> Event? {
        try first("SELECT \(Event.columns) FROM events WHERE id = \(id)")
    }

    /// The events about a subject, in order.
    package func events(subject: String) throws -> [Event] {
        try all("SELECT \(Event.columns) FROM events WHERE subject = \(subject) ORDER BY id")
    }

    /// Whether an event of `type` about the same subject came after this one.
    package func isFollowed(_ event: Event, by type: String) throws -> Bool {
        try !rows(
            """
            SELECT 1 AS found FROM events WHERE subject = \(event.subject) AND type = \(type) AND time > \(event.time)
            LIMIT 1
            """
        ).isEmpty
    }

    /// Adds a delivery; false when there is one with the same idempotency key already.
    @discardableResult
    package func addDelivery(_ delivery: Delivery) throws -> Bool {
        try execute(
            """
            INSERT INTO deliveries (id, event_id, action, idempotency_key, status, attempts, available_at,
                lease_number, last_error, payload)
            VALUES (\(delivery.id), \(delivery.eventID), \(delivery.action), \(delivery.idempotencyKey),
                \(delivery.status), 0, \(delivery.availableAt), 0, \(delivery.lastError), \(delivery.payload))
            ON CONFLICT (idempotency_key) DO NOTHING
            """) == 1
    }

    /// Leases the next delivery to `owner`: one that is due, or one whose lease ran out; nil when there is none.
    ///
    /// What a document's events from before it was held cause waits until it is held no longer.
    package func claimDelivery(owner: String, now: Date, leaseSeconds: Double) throws -> Delivery? {
        let claimable: SQLStatement =
            """
            status IN ('pending', 'leased') AND available_at <= \(now) AND NOT EXISTS (
                SELECT 1 FROM events e JOIN document_holds h ON h.document_id = e.subject
                WHERE e.id = deliveries.event_id AND e.time < h.held_at)
            """
        return try first(
            """
            UPDATE deliveries SET status = 'leased', lease_owner = \(owner), lease_number = lease_number + 1,
                attempts = attempts + 1, available_at = \(now.addingTimeInterval(leaseSeconds))
            WHERE id = (
                SELECT id FROM deliveries WHERE \(claimable) ORDER BY available_at, id LIMIT 1\(dialect.skipLocked))
                AND \(claimable)
            RETURNING \(Delivery.columns)
            """)
    }

    /// Notes that the receiver took a claimed delivery; throws `leaseLost` when it was claimed again since.
    package func deliveryDelivered(_ delivery: Delivery, status: Int?, receipt: String?, at now: Date) throws {
        try end(
            delivery,
            """
            status = 'delivered', last_status = \(status), last_error = NULL, receipt = \(receipt),
                delivered_at = \(now)
            """)
    }

    /// Gives a claimed delivery back, to be sent again from `availableAt` on; throws `leaseLost`.
    package func deliveryRetry(_ delivery: Delivery, availableAt: Date, status: Int?, error: String) throws {
        try end(
            delivery,
            """
            status = 'pending', available_at = \(availableAt), last_status = \(status), last_error = \(error)
            """)
    }

    /// Gives a claimed delivery up; throws `leaseLost`.
    package func deliveryParked(_ delivery: Delivery, status: Int?, error: String) throws {
        try end(delivery, "status = 'parked', last_status = \(status), last_error = \(error)")
    }

    /// Sends a delivered or parked delivery again, with the same idempotency key, counting attempts from 0.
    ///
    /// Throws `wrongState` when there is no such delivery or it is under way.
    package func replay(_ id: String, at now: Date) throws {
        let changed = try execute(
            """
            UPDATE deliveries SET status = 'pending', attempts = 0, available_at = \(now), delivered_at = NULL
            WHERE id = \(id) AND status IN ('delivered', 'parked')
            """)
        guard changed == 1 else {
            throw RecordsError(
                .wrongState, "The delivery \(id) is neither delivered nor parked: it cannot be replayed.")
        }
    }

    package func delivery(_ id: String) throws -> Delivery? {
        try first("SELECT \(Delivery.columns) FROM deliveries WHERE id = \(id)")
    }

    /// The deliveries of an event, in the order they were made.
    package func deliveries(ofEvent eventID: String) throws -> [Delivery] {
        try all("SELECT \(Delivery.columns) FROM deliveries WHERE event_id = \(eventID) ORDER BY id")
    }

    /// Deliveries, the newest first; `before` is the identifier of the last one of the page before.
    package func deliveries(
        status: DeliveryStatus? = nil, before: String? = nil, limit: Int = 100
    ) throws -> [Delivery] {
        var conditions: [SQLStatement] = []
        if let status { conditions.append("status = \(status)") }
        if let before { conditions.append("id < \(before)") }
        return try all(
            """
            SELECT \(Delivery.columns) FROM deliveries WHERE \(SQLStatement.all(conditions))
            ORDER BY id DESC LIMIT \(limit)
            """)
    }

    /// How many deliveries have each status.
    package func deliveryCounts() throws -> [DeliveryStatus: Int] {
        try counts("SELECT status AS word, COUNT(*) AS number FROM deliveries GROUP BY status")
    }

    /// How many deliveries are parked for good: an event of `type` about the same subject came after theirs.
    package func parkedCount(followedBy type: String) throws -> Int {
        try rows(
            """
            SELECT COUNT(*) AS number FROM deliveries d JOIN events e ON e.id = d.event_id
            WHERE d.status = 'parked' AND EXISTS (
                SELECT 1 FROM events r WHERE r.subject = e.subject AND r.type = \(type) AND r.time > e.time)
            """
        ).first?["number"] ?? 0
    }

    /// The lease's number tells two leases of one owner apart.
    private func end(_ delivery: Delivery, _ change: SQLStatement) throws {
        let changed = try execute(
            """
            UPDATE deliveries SET \(change), lease_owner = NULL
            WHERE id = \(delivery.id) AND status = 'leased' AND lease_owner = \(delivery.leaseOwner)
                AND lease_number = \(delivery.leaseNumber)
            """)
        guard changed == 1 else {
            throw RecordsError(.leaseLost, "The delivery \(delivery.id) is not held any more: its lease ran out.")
        }
    }
}
