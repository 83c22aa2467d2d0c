package import Foundation

/// Something that happened and that other systems may want to know.
package struct Event: Sendable, Hashable {
    package var id: String
    /// What happened: `document.accepted`.
    package var type: String
    /// The identifier of the document, the approval or the work that it happened to.
    package var subject: String
    package var time: Date
    package var correlationID: String
    /// What a receiver gets told, as JSON text.
    package var data: String
    /// The document that it happened to, or that the approval or the work came of; nil for none.
    package var documentID: String?

    package init(
        id: String, type: String, subject: String, time: Date, correlationID: String, data: String,
        documentID: String? = nil
    ) {
        self.id = id
        self.type = type
        self.subject = subject
        self.time = time
        self.correlationID = correlationID
        self.data = data
        self.documentID = documentID
    }
}

package enum DeliveryStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// Waits for other deliveries: those before it in its rule, and what its connector is to tell of its subject first.
    case waiting
    /// Waits to be sent, from `availableAt` on.
    case pending
    /// A sender holds it until `leaseUntil`.
    case leased
    case delivered
    /// Given up; `lastError` says why. A person may replay or dismiss it.
    case parked
    /// Never to be sent: a person said so, or what it tells was taken back before it was sent.
    case dismissed

    /// Whether something is to be done about it yet.
    package var isOpen: Bool { self != .delivered && self != .dismissed }
}

/// One call that an event causes, with the exact bytes to send.
package struct Delivery: Sendable, Hashable {
    package var id: String
    package var eventID: String
    /// The rule's action that it carries out.
    package var action: String
    /// The same for every attempt, so that the receiver can tell a repetition.
    package var idempotencyKey: String
    package var status: DeliveryStatus
    /// How often it was claimed since it was made or replayed.
    package var attempts: Int
    /// When it may be claimed: for a leased delivery, when its lease ends.
    package var availableAt: Date
    package var leaseOwner: String?
    /// How many leases were ever given; the latest one is the only one that counts.
    package var leaseNumber: Int
    /// The receiver's latest HTTP status, when there was an answer.
    package var lastStatus: Int?
    package var lastError: String?
    /// What the receiver answered when it took the call.
    package var receipt: String?
    package var payload: Data
    package var deliveredAt: Date?
    /// The rule that asked for it; nil for one of an earlier version.
    package var rule: String?
    /// SHA-256 of the rules as they were.
    package var rulesHash: String?
    /// Whether those that come after it are sent though it is given up.
    package var goesOn = false
    /// The action that takes it back when its subject is recalled or withdrawn.
    package var compensateWith: String?
    /// The idempotency key of the delivery that it takes back.
    package var compensates: String?

    package init(
        id: String, eventID: String, action: String, idempotencyKey: String, availableAt: Date, payload: Data
    ) {
        self.id = id
        self.eventID = eventID
        self.action = action
        self.idempotencyKey = idempotencyKey
        self.status = .pending
        self.attempts = 0
        self.availableAt = availableAt
        self.leaseNumber = 0
        self.payload = payload
    }

    /// When the lease ends; nil for a delivery that nobody holds.
    package var leaseUntil: Date? { status == .leased ? availableAt : nil }
}

extension Event: SQLRecord {
    static let columns: SQLStatement = "id, type, subject, time, correlation_id, data, document_id"

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], type: try row["type"], subject: try row["subject"], time: try row["time"],
            correlationID: try row["correlation_id"], data: try row["data"], documentID: try row["document_id"])
    }
}

extension Delivery: SQLRecord {
    static let columns = columns(withPayload: true)

    /// The columns, with no bytes where the payload is not asked for: pages bound into it take megabytes.
    static func columns(withPayload: Bool) -> SQLStatement {
        let payload: SQLStatement = withPayload ? "payload" : "x'' AS payload"
        return """
            id, event_id, action, idempotency_key, status, attempts, available_at, lease_owner, lease_number,
            last_status, last_error, receipt, \(payload), delivered_at, rule, rules_hash, goes_on, compensate_with,
            compensates
            """
    }

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], eventID: try row["event_id"], action: try row["action"],
            idempotencyKey: try row["idempotency_key"], availableAt: try row["available_at"],
            payload: try row["payload"])
        status = try row["status"]
        attempts = try row["attempts"]
        leaseOwner = try row["lease_owner"]
        leaseNumber = try row["lease_number"]
        lastStatus = try row["last_status"]
        lastError = try row["last_error"]
        receipt = try row["receipt"]
        deliveredAt = try row["delivered_at"]
        rule = try row["rule"]
        rulesHash = try row["rules_hash"]
        goesOn = try row["goes_on"]
        compensateWith = try row["compensate_with"]
        compensates = try row["compensates"]
    }
}
