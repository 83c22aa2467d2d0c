package import Foundation

package enum RemittanceKind: String, Sendable, CaseIterable, SQLConvertible {
    case payment
    /// Takes back what a file told of a payment.
    case reversal
}

package enum RemittanceStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// Waits for the file that tells it.
    case waiting
    case sent
    /// Sent, and taken back since by a reversal.
    case reversed
    /// Recalled before it was in a file.
    case withdrawn
}

/// One document's payment, or its reversal, on its way into an 835 file.
package struct RemittanceItem: Sendable, Hashable {
    package var id: String
    /// The same for every attempt to add it.
    package var idempotencyKey: String
    /// The connector that tells it.
    package var sender: String
    package var kind: RemittanceKind
    package var documentID: String
    /// The event that caused it.
    package var eventID: String
    /// What the payer is known by, whatever its papers call it: its tax id, and its identifier where one is agreed.
    package var payer: String
    /// What tells the payment apart from the payer's others: its number, and more where it pays nothing.
    package var paymentNumber: String
    /// The number of the payment whose other papers are told with it; nil where it tells the whole payment.
    package var jointPayment: String?
    /// What it tells, as JSON text.
    package var content: String
    package var status: RemittanceStatus
    /// Why it is withdrawn, or waits longer than its batch.
    package var detail: String?
    package var batchID: String?
    /// What its file left of the balance to later ones for the document, less what it took up, in cents.
    package var forwardCents: Int
    package var createdAt: Date
    package var correlationID: String

    package init(
        id: String, idempotencyKey: String, sender: String, kind: RemittanceKind = .payment, documentID: String,
        eventID: String, payer: String, paymentNumber: String, jointPayment: String? = nil, content: String,
        createdAt: Date, correlationID: String
    ) {
        self.id = id
        self.idempotencyKey = idempotencyKey
        self.sender = sender
        self.kind = kind
        self.documentID = documentID
        self.eventID = eventID
        self.payer = payer
        self.paymentNumber = paymentNumber
        self.jointPayment = jointPayment
        self.content = content
        status = .waiting
        forwardCents = 0
        self.createdAt = createdAt
        self.correlationID = correlationID
    }
}

/// The payments of one payer that wait for a file.
package struct WaitingRemittances: Sendable, Hashable {
    package var payer: String
    package var count: Int
    package var oldest: Date
    /// Why it waits longer than its batch; nil where nothing is wrong.
    package var detail: String?
}

extension RemittanceItem: SQLRecord {
    static let columns: SQLStatement =
        """
        id, idempotency_key, sender, kind, document_id, event_id, payer, payment_number, content, status, detail,
        batch_id, forward_cents, created_at, correlation_id, joint_payment
        """

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], idempotencyKey: try row["idempotency_key"], sender: try row["sender"],
            kind: try row["kind"], documentID: try row["document_id"], eventID: try row["event_id"],
            payer: try row["payer"], paymentNumber: try row["payment_number"],
            jointPayment: try row["joint_payment"], content: try row["content"], createdAt: try row["created_at"],
            correlationID: try row["correlation_id"])
        status = try row["status"]
        detail = try row["detail"]
        batchID = try row["batch_id"]
        forwardCents = try row["forward_cents"]
    }
}

extension WaitingRemittances: SQLRecord {
    init(row: SQLRow) throws {
        self.init(
            payer: try row["payer"], count: try row["number"], oldest: try row["oldest"],
            detail: try row["detail"])
    }
}
