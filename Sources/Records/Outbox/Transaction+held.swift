extension Transaction {
    /// Whether a delivery waits for the release of a held document: of that of its event, or of one that the 835 file tells
    /// of which it takes to a drop under its name.
    ///
    /// A hold that ends with a recall lets the file go too, with the payment that is known to be wrong: its control number
    /// is given, and what it tells of others is not to wait for a reviewer. The payer's next file takes the payment back.
    static let isHeld: SQLStatement =
        """
        EXISTS (
            SELECT 1 FROM events e JOIN document_holds h ON h.document_id = e.document_id
            WHERE e.id = deliveries.event_id AND e.time < h.held_at)
        OR EXISTS (
            SELECT 1 FROM remittance_batches rb JOIN remittance_items ri ON ri.batch_id = rb.id
            JOIN document_holds h ON h.document_id = ri.document_id WHERE rb.file_name = deliveries.idempotency_key)
        """

    /// The hold for whose end a delivery would wait; nil when none keeps it back.
    package func hold(ofDelivery id: String) throws -> DocumentHold? {
        try first(
            """
            SELECT \(DocumentHold.columns) FROM document_holds WHERE document_id IN (
                SELECT e.document_id FROM deliveries d JOIN events e ON e.id = d.event_id
                WHERE d.id = \(id) AND e.time < document_holds.held_at
                UNION ALL
                SELECT ri.document_id FROM deliveries d
                JOIN remittance_batches rb ON rb.file_name = d.idempotency_key
                JOIN remittance_items ri ON ri.batch_id = rb.id WHERE d.id = \(id))
            LIMIT 1
            """)
    }

    /// Which of these deliveries wait for the release of a held document.
    package func heldDeliveries(among ids: [String]) throws -> Set<String> {
        Set(
            try rows(
                """
                SELECT id FROM deliveries WHERE id IN (\(list: ids)) AND status IN ('waiting', 'pending', 'parked')
                    AND (\(Transaction.isHeld))
                """
            ).map { try $0["id"] })
    }
}
