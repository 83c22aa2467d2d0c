package import Foundation

/// One 835 file: the payments of one payer, with its exact bytes in the store.
package struct RemittanceBatch: Sendable, Hashable {
    package var id: String
    /// The connector that wrote it.
    package var sender: String
    /// The payer's name, folded.
    package var payer: String
    /// ISA13: without gaps between the files of a sender.
    package var controlNumber: Int
    package var fileName: String
    /// SHA-256 of the bytes in hexadecimal.
    package var sha256: String
    package var setCount: Int
    /// What its transaction sets pay together.
    package var paymentCents: Int
    package var madeAt: Date
    /// Whether it is where it should go; nil where nothing takes it there.
    package var delivery: DeliveryStatus?

    package init(
        id: String, sender: String, payer: String, controlNumber: Int, fileName: String, sha256: String, setCount: Int,
        paymentCents: Int, madeAt: Date
    ) {
        self.id = id
        self.sender = sender
        self.payer = payer
        self.controlNumber = controlNumber
        self.fileName = fileName
        self.sha256 = sha256
        self.setCount = setCount
        self.paymentCents = paymentCents
        self.madeAt = madeAt
    }
}

extension RemittanceBatch: SQLRecord {
    static let columns: SQLStatement =
        "id, sender, payer, control_number, file_name, sha256, set_count, payment_cents, made_at"

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], sender: try row["sender"], payer: try row["payer"],
            controlNumber: try row["control_number"], fileName: try row["file_name"], sha256: try row["sha256"],
            setCount: try row["set_count"], paymentCents: try row["payment_cents"], madeAt: try row["made_at"])
    }
}
