package import Foundation

extension Transaction {
    /// Adds an item; false when there is one of its key.
    ///
    /// Throws `duplicate` when another document tells the same payment already.
    @discardableResult
    package func addRemittance(_ item: RemittanceItem) throws -> Bool {
        if item.kind == .payment, let other = try rival(of: item), other.idempotencyKey != item.idempotencyKey {
            if item.jointPayment == nil, other.jointPayment != nil, other.status == .waiting {
                throw RecordsError(
                    .duplicate,
                    """
                    A part of this payment waits for the rest of it, with the document \(other.documentID). If this \
                    document tells all of it, recall that one and replay this; otherwise correct the number.
                    """)
            }
            throw RecordsError(
                .duplicate,
                """
                The payment is told already with the document \(other.documentID): one of the two is a duplicate or has \
                a wrong number. Correct or recall the wrong one.
                """)
        }
        return try execute(
            """
            INSERT INTO remittance_items (\(RemittanceItem.columns))
            VALUES (\(item.id), \(item.idempotencyKey), \(item.sender), \(item.kind), \(item.documentID),
                \(item.eventID), \(item.payer), \(item.paymentNumber), \(item.content), \(item.status), \(item.detail),
                \(item.batchID), \(item.forwardCents), \(item.createdAt), \(item.correlationID),
                \(item.jointPayment))
            ON CONFLICT (idempotency_key) DO NOTHING
            """) == 1
    }

    /// An item that tells the payment of another already: the whole of it, or all its papers, or the same paper.
    private func rival(of item: RemittanceItem) throws -> RemittanceItem? {
        let number = item.jointPayment ?? item.paymentNumber
        let isTold: SQLStatement = item.jointPayment == nil ? "1 = 1" : "status = 'sent'"
        // Two look-ups, each by its index: joined by OR they would walk all that the payer ever paid.
        return try first(
            """
            SELECT \(RemittanceItem.columns) FROM remittance_items WHERE id IN (
                SELECT id FROM remittance_items
                WHERE sender = \(item.sender) AND payer = \(item.payer) AND kind = 'payment'
                    AND status IN ('waiting', 'sent') AND payment_number IN (\(number), \(item.paymentNumber))
                UNION ALL
                SELECT id FROM remittance_items
                WHERE sender = \(item.sender) AND payer = \(item.payer) AND kind = 'payment'
                    AND status IN ('waiting', 'sent') AND joint_payment = \(number) AND \(isTold))
            ORDER BY id LIMIT 1
            """)
    }

    /// The payments of a sender that are waiting or sent, and whose document was recalled since, by identifier or by time
    /// (see `isFollowed`); at most `limit`.
    package func recalledRemittances(of sender: String, by eventType: String, limit: Int) throws -> [RemittanceItem] {
        try all(
            """
            SELECT \(RemittanceItem.columns) FROM remittance_items i
            WHERE i.sender = \(sender) AND i.kind = 'payment' AND i.status IN ('waiting', 'sent') AND EXISTS (
                SELECT 1 FROM events r JOIN events e ON e.id = i.event_id
                WHERE r.subject = i.document_id AND r.type = \(eventType) AND (r.id > e.id OR r.time > e.time))
            ORDER BY i.id LIMIT \(limit)
            """)
    }

    /// Keeps an item's new status, batch and detail; false when it has another status than `former` by now.
    @discardableResult
    package func updateRemittance(_ item: RemittanceItem, from former: RemittanceStatus) throws -> Bool {
        try execute(
            """
            UPDATE remittance_items SET status = \(item.status), detail = \(item.detail), batch_id = \(item.batchID),
                forward_cents = \(item.forwardCents)
            WHERE id = \(item.id) AND status = \(former)
            """) == 1
    }

    /// Whether a recall holds neither the document of an item nor one that its payment is told with, and all papers of its
    /// payment are here: the detail says of a paper which are not.
    private static let isFree: SQLStatement =
        """
        NOT EXISTS (SELECT 1 FROM document_holds h WHERE h.document_id = remittance_items.document_id)
        AND NOT EXISTS (
            SELECT 1 FROM remittance_items p JOIN document_holds h ON h.document_id = p.document_id
            WHERE p.sender = remittance_items.sender AND p.payer = remittance_items.payer
                AND p.joint_payment = remittance_items.joint_payment AND p.status = 'waiting')
        AND NOT (joint_payment IS NOT NULL AND kind = 'payment' AND detail IS NOT NULL)
        """

    /// What waits, by payer; what a recall holds, and what waits for other papers, is left out.
    ///
    /// A payment on several papers is as old as the last of them.
    package func waitingRemittances(of sender: String) throws -> [WaitingRemittances] {
        try all(
            """
            SELECT payer, COUNT(*) AS number, MAX(detail) AS detail, MIN(CASE
                WHEN joint_payment IS NULL THEN created_at
                ELSE (SELECT MAX(p.created_at) FROM remittance_items p
                    WHERE p.sender = remittance_items.sender AND p.payer = remittance_items.payer
                        AND p.joint_payment = remittance_items.joint_payment AND p.status = 'waiting')
                END) AS oldest
            FROM remittance_items
            WHERE sender = \(sender) AND status = 'waiting' AND \(Transaction.isFree) GROUP BY payer ORDER BY payer
            """)
    }

    /// How many payments and reversals wait for a file, by the connector that is to tell them.
    package func waitingRemittanceCounts() throws -> [String: Int] {
        try rows(
            "SELECT sender, COUNT(*) AS number FROM remittance_items WHERE status = 'waiting' GROUP BY sender"
        ).reduce(into: [:]) { counts, row in counts[try row["sender"]] = try row["number"] }
    }

    /// What waits for the next file about a payer, the oldest first, and last what waits longer than its batch; what a
    /// recall holds, and what waits for other papers, is left out.
    package func waitingRemittances(of sender: String, payer: String, limit: Int) throws -> [RemittanceItem] {
        try all(
            """
            SELECT \(RemittanceItem.columns) FROM remittance_items
            WHERE sender = \(sender) AND status = 'waiting' AND payer = \(payer) AND \(Transaction.isFree)
            ORDER BY CASE WHEN detail IS NULL THEN 0 ELSE 1 END, id LIMIT \(limit)
            """)
    }

    /// What earlier files of a payer left of the balance to later ones for documents, in cents.
    ///
    /// A balance is one payer's: a document that is accepted anew with another payer takes none of it up.
    package func remittanceForwardCents(of documentIDs: [String], sender: String, payer: String) throws -> Int {
        try rows(
            """
            SELECT COALESCE(SUM(forward_cents), 0) AS cents FROM remittance_items
            WHERE document_id IN (\(list: documentIDs)) AND sender = \(sender) AND payer = \(payer)
            """
        ).first?["cents"] ?? 0
    }

    /// Notes that a file takes up what earlier ones left of the balance for documents.
    package func takeUpRemittanceForward(of documentIDs: [String], sender: String, payer: String) throws {
        try execute(
            """
            UPDATE remittance_items SET forward_cents = 0
            WHERE document_id IN (\(list: documentIDs)) AND sender = \(sender) AND payer = \(payer)
                AND forward_cents <> 0
            """)
    }

    /// The next control number of a sender, from 1: it is given only when the transaction is kept.
    package func nextControlNumber(of sender: String) throws -> Int {
        try rows(
            """
            INSERT INTO x12_controls (sender, last_number) VALUES (\(sender), 1)
            ON CONFLICT (sender) DO UPDATE SET last_number = x12_controls.last_number + 1
            RETURNING last_number
            """
        ).first?["last_number"] ?? 1
    }

    package func addRemittanceBatch(_ batch: RemittanceBatch, bytes: Data) throws {
        try execute(
            """
            INSERT INTO remittance_batches (\(RemittanceBatch.columns), bytes)
            VALUES (\(batch.id), \(batch.sender), \(batch.payer), \(batch.controlNumber), \(batch.fileName),
                \(batch.sha256), \(batch.setCount), \(batch.paymentCents), \(batch.madeAt), \(bytes))
            """)
    }

    /// A file with how its delivery stands; nil when there is none.
    package func remittanceBatch(_ id: String) throws -> RemittanceBatch? {
        try withDelivery(
            all("SELECT \(RemittanceBatch.columns) FROM remittance_batches WHERE id = \(id)")
        ).first
    }

    /// Files, the newest first; `before` is the identifier of the last one of the page before.
    package func remittanceBatches(before: String? = nil, limit: Int) throws -> [RemittanceBatch] {
        let condition: SQLStatement = before.map { "id < \($0)" } ?? SQLStatement.all([])
        return try withDelivery(
            all(
                """
                SELECT \(RemittanceBatch.columns) FROM remittance_batches WHERE \(condition)
                ORDER BY id DESC LIMIT \(limit)
                """))
    }

    /// The exact bytes of a file.
    package func remittanceBytes(_ id: String) throws -> Data? {
        try rows("SELECT bytes FROM remittance_batches WHERE id = \(id)").first?["bytes"]
    }

    /// The items of a file, in their order.
    package func remittances(inBatch id: String) throws -> [RemittanceItem] {
        try all("SELECT \(RemittanceItem.columns) FROM remittance_items WHERE batch_id = \(id) ORDER BY id")
    }

    /// The items of a document, in their order.
    package func remittances(ofDocument id: String) throws -> [RemittanceItem] {
        try all("SELECT \(RemittanceItem.columns) FROM remittance_items WHERE document_id = \(id) ORDER BY id")
    }

    private func withDelivery(_ batches: [RemittanceBatch]) throws -> [RemittanceBatch] {
        let found = try rows(
            """
            SELECT idempotency_key, status FROM deliveries
            WHERE idempotency_key IN (\(list: batches.map(\.fileName)))
            """
        ).reduce(into: [String: DeliveryStatus]()) { found, row in
            found[try row["idempotency_key"]] = try row["status"]
        }
        return batches.map { batch in
            var batch = batch
            batch.delivery = found[batch.fileName]
            return batch
        }
    }
}
