/// Deliveries and payments whose connector has another name now.
extension Transaction {
    /// Gives what is left to send through the connector `former` to the connector `name`, behind what that one has; and the
    /// payments that `former` tells in 835 files, those told already too, so that their recalls are found; and the journals
    /// that it posted, so that they can be taken back.
    ///
    /// Throws `wrongState` while one of the deliveries is under way, `duplicate` when both connectors tell one payment.
    package func handOver(from former: String, to name: String) throws -> HandedOver {
        let leased = try rows(
            "SELECT 1 AS found FROM deliveries WHERE action = \(former) AND status = 'leased' LIMIT 1")
        guard leased.isEmpty else {
            throw RecordsError(
                .wrongState, "A delivery through '\(former)' is under way. Try again when it is over.")
        }
        // Papers of one payment that only wait, under either name, are what one name brings together.
        let both = try rows(
            """
            SELECT i.document_id FROM remittance_items i
            WHERE i.sender = \(former) AND i.kind = 'payment' AND i.status IN ('waiting', 'sent') AND (
                EXISTS (SELECT 1 FROM remittance_items o
                    WHERE o.sender = \(name) AND o.payer = i.payer AND o.kind = 'payment'
                        AND o.status IN ('waiting', 'sent')
                        AND o.payment_number IN (i.payment_number, COALESCE(i.joint_payment, i.payment_number)))
                OR EXISTS (SELECT 1 FROM remittance_items o
                    WHERE o.sender = \(name) AND o.payer = i.payer AND o.kind = 'payment'
                        AND o.status IN ('waiting', 'sent')
                        AND o.joint_payment = COALESCE(i.joint_payment, i.payment_number)
                        AND NOT (i.joint_payment IS NOT NULL AND i.status = 'waiting' AND o.status = 'waiting'
                            AND o.document_id <> i.document_id)))
            LIMIT 1
            """)
        if let row = both.first {
            let document: String = try row["document_id"]
            throw RecordsError(
                .duplicate,
                "Both '\(former)' and '\(name)' tell the payment of the document \(document): recall one of the two first."
            )
        }
        let left = try rows(
            """
            SELECT id, subject FROM deliveries
            WHERE action = \(former) AND status IN ('waiting', 'pending', 'parked') ORDER BY subject, place
            """)
        for row in left {
            let (id, subject): (String, String) = (try row["id"], try row["subject"])
            try execute(
                """
                UPDATE deliveries SET action = \(name), status = CASE status WHEN 'pending' THEN 'waiting' ELSE status END,
                    place = (SELECT COALESCE(MAX(b.place), 0) + 1 FROM deliveries b
                        WHERE b.subject = \(subject) AND b.action = \(name))
                WHERE id = \(id)
                """)
            try letGo("id = \(id)")
        }
        // What a receiver has is taken back by the connector of the new name.
        try execute("UPDATE deliveries SET compensate_with = \(name) WHERE compensate_with = \(former)")
        return HandedOver(
            deliveries: left.count,
            payments: try execute("UPDATE remittance_items SET sender = \(name) WHERE sender = \(former)"),
            journals: try execute("UPDATE journals SET connector = \(name) WHERE connector = \(former)"))
    }
}

/// How much of a connector went to another.
package struct HandedOver: Sendable {
    package let deliveries: Int
    package let payments: Int
    package let journals: Int
}
