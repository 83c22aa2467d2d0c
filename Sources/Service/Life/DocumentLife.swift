package import Foundation
package import Records

/// One thing that happened to a document, as people read it.
package struct LifeLine: Sendable, Hashable {
    package let time: Date
    /// Who did it: `ana`, `the key scanner`, `policy`.
    package let actor: String
    /// What happened, as a sentence.
    package let sentence: String
    /// More of it, for who asks.
    package let details: [String]
    /// The place of the entry in the audit chain; nil for what stands elsewhere in the store.
    package let sequence: Int?
}

/// Everything that happened to a document or a file, in order: the audit chain's entries, its arrivals, and what its
/// events caused.
package struct DocumentLife: Sendable {
    package let lines: [LifeLine]

    /// The life of a document, a file (its SHA-256) or all with a correlation id; without a line when nothing is known.
    ///
    /// - Parameter reach: which of the file's arrivals are told.
    package init(of id: String, within reach: Reach = .everything, in transaction: Transaction) throws {
        let record = try transaction.document(id)
        let file = try transaction.file(record?.sha256 ?? id)
        let correlationID = record?.correlationID ?? file?.correlationID ?? id
        var entries = try transaction.auditTrail(correlationID: correlationID)
        if entries.isEmpty { entries = try transaction.auditTrail(subject: id) }
        var subjects = Set(entries.map(\.subject))
        if let record {
            let others = Set(try transaction.documents(of: record.sha256, withMerged: true).map(\.id))
                .subtracting([record.id])
            // A check or a layout names the document that it is about in its detail.
            entries.removeAll { entry in
                others.contains(entry.subject) || entry.detail["document"].map(others.contains) == true
            }
            subjects = [record.id]
        }
        var lines = entries.map(LifeLine.init)
        if let file {
            lines += try transaction.arrivals(sha256: file.sha256, within: reach, limit: .max).map(LifeLine.init)
        }
        for subject in subjects.sorted() {
            for event in try transaction.events(subject: subject) {
                lines.append(LifeLine(event))
                lines += try transaction.deliveries(ofEvent: event.id).compactMap { LifeLine($0, of: event) }
            }
        }
        // What happened in the same millisecond stays in the chain's order.
        self.lines = lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
    }
}

extension LifeLine {
    init(_ arrival: Arrival) {
        let isAgain = arrival.verdict == .duplicate ? " once more" : ""
        self.init(
            time: arrival.firstSeenAt, actor: "intake",
            sentence: "The file \(arrival.name) arrived\(isAgain) by \(arrival.source.replacing(":", with: " ")).",
            details: [arrival.detail].compactMap { $0 }, sequence: nil)
    }

    init(_ event: Event) {
        self.init(
            time: event.time, actor: "Mailroom", sentence: "The event \(event.type) was raised.",
            details: ["event \(event.id)"], sequence: nil)
    }

    /// A call that waits, or the answer to one; each attempt has an entry of its own in the audit chain.
    init?(_ delivery: Delivery, of event: Event) {
        let sentence: String
        switch delivery.status {
        case .delivered:
            guard let answer = delivery.receipt, !answer.isEmpty else { return nil }
            sentence = "The call '\(delivery.action)' was answered: “\(answer.prefix(300))”"
        case .waiting: sentence = "The call '\(delivery.action)' waits for those before it."
        case .pending, .leased: sentence = "The call '\(delivery.action)' is under way."
        case .parked, .dismissed: return nil
        }
        self.init(
            time: delivery.deliveredAt ?? event.time, actor: "outbox", sentence: sentence,
            details: ["attempts: \(delivery.attempts)", "delivery: \(delivery.id)"]
                + [delivery.lastError.map { "problem: \($0)" }].compactMap { $0 }, sequence: nil)
    }
}
