/// Payments whose remittance comes on several papers.
extension Transaction {
    /// The items of a payment that wait, payments and reversals, in their order.
    package func waitingRemittances(
        ofJointPayment number: String, sender: String, payer: String
    ) throws -> [RemittanceItem] {
        try all(
            """
            SELECT \(RemittanceItem.columns) FROM remittance_items
            WHERE sender = \(sender) AND payer = \(payer) AND joint_payment = \(number) AND status = 'waiting'
            ORDER BY id
            """)
    }

    /// The papers of a payment that a file told and no later one took back.
    package func toldRemittances(
        ofJointPayment number: String, sender: String, payer: String
    ) throws -> [RemittanceItem] {
        try all(
            """
            SELECT \(RemittanceItem.columns) FROM remittance_items
            WHERE sender = \(sender) AND payer = \(payer) AND joint_payment = \(number) AND kind = 'payment'
                AND status = 'sent'
            ORDER BY id
            """)
    }

    /// Every document that was ever a paper of a payment.
    package func documents(ofJointPayment number: String, sender: String, payer: String) throws -> [String] {
        try rows(
            """
            SELECT DISTINCT document_id FROM remittance_items
            WHERE sender = \(sender) AND payer = \(payer) AND joint_payment = \(number) ORDER BY document_id
            """
        ).map { try $0["document_id"] }
    }

    /// The papers that wait to be told with others of their payment, payment by payment, each in its order; of one sender, or
    /// of all.
    package func waitingPapers(of sender: String? = nil) throws -> [[RemittanceItem]] {
        let isOfSender: SQLStatement = sender.map { "sender = \($0)" } ?? SQLStatement.all([])
        let items: [RemittanceItem] = try all(
            """
            SELECT \(RemittanceItem.columns) FROM remittance_items
            WHERE \(isOfSender) AND status = 'waiting' AND kind = 'payment' AND joint_payment IS NOT NULL
            ORDER BY sender, payer, joint_payment, id
            """)
        return items.reduce(into: []) { payments, item in
            if let last = payments.last?.last, last.sender == item.sender, last.payer == item.payer,
                last.jointPayment == item.jointPayment
            {
                payments[payments.count - 1].append(item)
            } else {
                payments.append([item])
            }
        }
    }
}
