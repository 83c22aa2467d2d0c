package import Foundation

extension Transaction {
    package func appendEvent(_ event: Event) throws {
        try execute(
            """
            INSERT INTO events (\(Event.columns))
            VALUES (\(event.id), \(event.type), \(event.subject), \(event.time), \(event.correlationID), \(event.data),
                \(event.documentID))
            """)
    }

    package func event(_ id: String) throws -> Event? {
        try first("SELECT \(Event.columns) FROM events WHERE id = \(id)")
    }

    /// The events about a subject, in order.
    package func events(subject: String) throws -> [Event] {
        try all("SELECT \(Event.columns) FROM events WHERE subject = \(subject) ORDER BY id")
    }

    /// Events from `start` on, in the order of their identifiers; `after` is the last one of those before.
    package func events(since start: Date, after: String, limit: Int) throws -> [Event] {
        try all(
            """
            SELECT \(Event.columns) FROM events WHERE time >= \(start) AND id > \(after) ORDER BY id LIMIT \(limit)
            """)
    }

    /// Whether an event of `type` about the same subject, or about `other`, came after this one.
    ///
    /// Identifiers have an order within one process, times between processes whose clocks are right: where a clock was
    /// set back the two differ, and what one of them calls later counts as later, so that nothing withdrawn is told.
    package func isFollowed(_ event: Event, by type: String, about other: String? = nil) throws -> Bool {
        try !rows(
            """
            SELECT 1 AS found FROM events WHERE subject = \(other ?? event.subject) AND type = \(type)
                AND (id > \(event.id) OR time > \(event.time))
            LIMIT 1
            """
        ).isEmpty
    }

    /// Adds a delivery behind all others of its subject and action, and behind those with the idempotency keys `after`;
    /// false when there is one with the same idempotency key already.
    @discardableResult
    package func addDelivery(_ delivery: Delivery, after keys: [String] = []) throws -> Bool {
        let status: DeliveryStatus = delivery.status == .parked ? .parked : .waiting
        let subject: SQLStatement = "(SELECT subject FROM events WHERE id = \(delivery.eventID))"
        let added = try execute(
            """
            INSERT INTO deliveries (id, event_id, subject, action, place, idempotency_key, status, attempts,
                available_at, lease_number, last_error, payload, rule, rules_hash, goes_on, compensate_with, compensates)
            VALUES (\(delivery.id), \(delivery.eventID), \(subject), \(delivery.action),
                (SELECT COALESCE(MAX(place), 0) + 1 FROM deliveries
                    WHERE subject = \(subject) AND action = \(delivery.action)),
                \(delivery.idempotencyKey), \(status), 0, \(delivery.availableAt), 0, \(delivery.lastError),
                \(delivery.payload), \(delivery.rule), \(delivery.rulesHash), \(delivery.goesOn),
                \(delivery.compensateWith), \(delivery.compensates))
            ON CONFLICT (idempotency_key) DO NOTHING
            """)
        guard added == 1 else { return false }
        if !keys.isEmpty {
            try execute(
                """
                INSERT INTO delivery_waits (delivery_id, waits_for)
                SELECT \(delivery.id), id FROM deliveries WHERE idempotency_key IN (\(list: keys))
                """)
        }
        try letGo("id = \(delivery.id)")
        return true
    }

    /// Leases the next delivery of `action` to `owner`: one that is due, or one whose lease ran out; nil when there is
    /// none.
    ///
    /// What a document caused before it was held waits until it is held no longer: its own events, those of approvals and
    /// work that came of it, and an 835 file that tells of it.
    package func claimDelivery(
        of action: String, owner: String, now: Date, leaseSeconds: Double
    ) throws -> Delivery? {
        let claimable: SQLStatement =
            """
            action = \(action) AND status IN ('pending', 'leased') AND available_at <= \(now)
                AND NOT (\(Transaction.isHeld))
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

    /// Frees what dead senders had in hand: for a process that is the only one to send from the store.
    package func freeDeliveries(at now: Date) throws {
        try execute(
            "UPDATE deliveries SET status = 'pending', lease_owner = NULL, available_at = \(now) WHERE status = 'leased'"
        )
    }

    /// The actions of which a delivery is due, sorted.
    package func dueActions(at now: Date) throws -> [String] {
        var due: [String] = []
        var last = ""
        // One look into the index for each action, however many deliveries each has.
        while let next = try actionUnderWay(after: last) {
            let found = try rows(
                """
                SELECT 1 AS found FROM deliveries
                WHERE action = \(next) AND status IN ('pending', 'leased') AND available_at <= \(now) LIMIT 1
                """)
            if !found.isEmpty { due.append(next) }
            last = next
        }
        return due
    }

    private func actionUnderWay(after last: String) throws -> String? {
        let found = try rows(
            "SELECT MIN(action) AS action FROM deliveries WHERE status IN ('pending', 'leased') AND action > \(last)")
        guard let row = found.first else { return nil }
        return try row["action"]
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

    package func delivery(_ id: String) throws -> Delivery? {
        try first("SELECT \(Delivery.columns) FROM deliveries WHERE id = \(id)")
    }

    /// The deliveries of an event, in the order they were made.
    package func deliveries(ofEvent eventID: String) throws -> [Delivery] {
        try all("SELECT \(Delivery.columns) FROM deliveries WHERE event_id = \(eventID) ORDER BY id")
    }

    /// Deliveries, the newest first; `before` is the identifier of the last one of the page before.
    ///
    /// Without payloads a long list is read quickly, whatever is bound into them; they are empty then.
    package func deliveries(
        status: DeliveryStatus? = nil, of action: String? = nil, before: String? = nil, limit: Int = 100,
        withPayload: Bool = true
    ) throws -> [Delivery] {
        var conditions: [SQLStatement] = []
        if let status { conditions.append("status = \(status)") }
        if let action { conditions.append("action = \(action)") }
        if let before { conditions.append("id < \(before)") }
        return try all(
            """
            SELECT \(Delivery.columns(withPayload: withPayload)) FROM deliveries WHERE \(SQLStatement.all(conditions))
            ORDER BY id DESC LIMIT \(limit)
            """)
    }

    /// How many deliveries have each status.
    package func deliveryCounts() throws -> [DeliveryStatus: Int] {
        try counts("SELECT status AS word, COUNT(*) AS number FROM deliveries GROUP BY status")
    }

    /// How many deliveries of each action have each status.
    package func deliveryCountsByAction() throws -> [String: [DeliveryStatus: Int]] {
        try rows("SELECT action, status, COUNT(*) AS number FROM deliveries GROUP BY status, action").reduce(into: [:])
        {
            counts, row in
            counts[try row["action"], default: [:]][try row["status"]] = try row["number"]
        }
    }

    /// The lease's number tells two leases of one owner apart.
    func end(_ delivery: Delivery, _ change: SQLStatement) throws {
        let changed = try execute(
            """
            UPDATE deliveries SET \(change), lease_owner = NULL
            WHERE id = \(delivery.id) AND status = 'leased' AND lease_owner = \(delivery.leaseOwner)
                AND lease_number = \(delivery.leaseNumber)
            """)
        guard changed == 1 else {
            throw RecordsError(.leaseLost, "The delivery \(delivery.id) is not held any more: its lease ran out.")
        }
        try letGoBehind(delivery.id)
    }
}
