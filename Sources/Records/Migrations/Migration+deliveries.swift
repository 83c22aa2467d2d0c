extension Migration {
    /// Deliveries that wait for others, that are compensated and that people dismiss.
    ///
    /// The CHECKs of `status` cannot be changed, so the table is made anew; the same words run on both engines.
    static func orderedDeliveries(_ dialect: SQLDialect) -> [String] {
        [
            "DROP INDEX deliveries_next",
            "DROP INDEX deliveries_event",
            "ALTER TABLE deliveries RENAME TO former_deliveries",
            """
            CREATE TABLE deliveries (
                id TEXT NOT NULL PRIMARY KEY, event_id TEXT NOT NULL REFERENCES events (id), subject TEXT NOT NULL,
                action TEXT NOT NULL, place BIGINT NOT NULL, idempotency_key TEXT NOT NULL UNIQUE,
                status TEXT NOT NULL
                    CHECK (status IN ('waiting', 'pending', 'leased', 'delivered', 'parked', 'dismissed')),
                attempts BIGINT NOT NULL, available_at BIGINT NOT NULL, lease_owner TEXT, lease_number BIGINT NOT NULL,
                last_status BIGINT, last_error TEXT, receipt TEXT, payload \(dialect.bytes.sql) NOT NULL,
                delivered_at BIGINT, rule TEXT, rules_hash TEXT, goes_on BIGINT NOT NULL, compensate_with TEXT,
                compensates TEXT, CHECK ((status = 'leased') = (lease_owner IS NOT NULL)))
            """,
            """
            INSERT INTO deliveries (id, event_id, subject, action, place, idempotency_key, status, attempts,
                available_at, lease_owner, lease_number, last_status, last_error, receipt, payload, delivered_at,
                goes_on)
            SELECT d.id, d.event_id, e.subject, d.action,
                ROW_NUMBER() OVER (PARTITION BY e.subject, d.action ORDER BY e.time, d.id), d.idempotency_key,
                CASE WHEN d.status = 'parked' AND EXISTS (
                    SELECT 1 FROM events r WHERE r.subject = e.subject AND r.time > e.time
                        AND r.type = 'org.mailroom.document.recalled.v1') THEN 'dismissed' ELSE d.status END,
                d.attempts, d.available_at, d.lease_owner, d.lease_number, d.last_status, d.last_error, d.receipt,
                d.payload, d.delivered_at, 0
            FROM former_deliveries d JOIN events e ON e.id = d.event_id
            """,
            "DROP TABLE former_deliveries",
            """
            CREATE INDEX deliveries_next ON deliveries (action, available_at, id) WHERE status IN ('pending', 'leased')
            """,
            "CREATE UNIQUE INDEX deliveries_place ON deliveries (subject, action, place)",
            "CREATE INDEX deliveries_event ON deliveries (event_id)",
            "CREATE INDEX deliveries_status ON deliveries (status, action, id)",
            """
            CREATE TABLE delivery_waits (
                delivery_id TEXT NOT NULL REFERENCES deliveries (id),
                waits_for TEXT NOT NULL REFERENCES deliveries (id), PRIMARY KEY (delivery_id, waits_for))
            """,
            "CREATE INDEX delivery_waits_for ON delivery_waits (waits_for)",
        ]
    }
}
