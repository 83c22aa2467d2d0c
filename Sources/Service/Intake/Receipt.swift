import Documents
import Foundation
import Records

/// The end of an arrival whose bytes are in custody: what the one transaction writes that takes it in.
struct Receipt: Sendable {
    /// A waiting line of the ledger.
    let arrival: Arrival
    let sha256: String
    let size: Int64
    let mediaType: String
    /// Why the file is refused, as a sentence; nil when it is to be read.
    let refusal: String?

    /// Settles the arrival as taken, quarantined or duplicate, with the file, its next step and the audit entry.
    ///
    /// An arrival that is settled already stays as it is: after a crash the same claim is finished twice.
    func settle(in transaction: Transaction, at now: Date) throws -> Intake.TakenIn {
        if let settled = try transaction.arrival(arrival.id), settled.verdict != .waiting {
            let file = try transaction.file(sha256)
            return Intake.TakenIn(fileSHA256: sha256, correlationID: file?.correlationID ?? settled.correlationID)
        }
        let file = CustodyFile(
            sha256: sha256, name: arrival.name, mediaType: mediaType, size: size,
            status: refusal == nil ? .taken : .quarantined, detail: refusal, correlationID: arrival.correlationID,
            takenAt: now, facility: arrival.facility)
        if try transaction.takeFile(file) {
            try settleFirst(in: transaction, at: now)
            return Intake.TakenIn(fileSHA256: sha256, correlationID: arrival.correlationID)
        }
        guard let first = try transaction.file(sha256) else {
            throw ServiceError(
                .missing, "The file \(sha256) was in the store and is not. Look at the store's database.")
        }
        try settleDuplicate(of: first, in: transaction, at: now)
        return Intake.TakenIn(fileSHA256: sha256, correlationID: first.correlationID, duplicateOf: first.name)
    }

    private func settleFirst(in transaction: Transaction, at now: Date) throws {
        let verdict: ArrivalVerdict = refusal == nil ? .taken : .quarantined
        try transaction.settleArrival(arrival.id, verdict, detail: refusal, sha256: sha256, at: now)
        try audit(verdict, detail: refusal, in: transaction, at: now)
        if refusal == nil {
            try transaction.enqueue(
                Step(
                    id: Identifier.make(at: now), kind: .read, subject: sha256, availableAt: now,
                    correlationID: arrival.correlationID))
        } else {
            try transaction.enqueueRejection(of: arrival, at: now)
        }
    }

    private func settleDuplicate(of first: CustodyFile, in transaction: Transaction, at now: Date) throws {
        var detail = "The same bytes came before as \(first.name)."
        if first.status == .quarantined, let reason = first.detail { detail += " They cannot be read: \(reason)" }
        try transaction.settleArrival(arrival.id, .duplicate, detail: detail, sha256: sha256, at: now)
        try audit(.duplicate, detail: detail, in: transaction, at: now)
        if first.status == .quarantined { try transaction.enqueueRejection(of: arrival, at: now) }
    }

    private func audit(
        _ verdict: ArrivalVerdict, detail: String?, in transaction: Transaction, at now: Date
    ) throws {
        var facts = ["source": arrival.source, "name": arrival.name, "sha256": sha256, "size": "\(size)"]
        facts["detail"] = detail
        facts["facility"] = arrival.facility
        try transaction.audit(
            actor: "intake", action: "arrival.\(verdict.rawValue)", subject: arrival.id, detail: facts,
            correlationID: arrival.correlationID, at: now)
    }
}

extension StepKind {
    /// A refused file's copy and its reason to the folder `rejected`; the subject is the arrival.
    static let reject = StepKind(rawValue: "reject")
}

extension Transaction {
    /// Has the file of an arrival given back; only what came from a folder has a place to go back to.
    func enqueueRejection(of arrival: Arrival, at now: Date) throws {
        guard arrival.source.hasPrefix(WatchedFolder.sourcePrefix) else { return }
        try enqueue(
            Step(
                id: Identifier.make(at: now), kind: .reject, subject: arrival.id, availableAt: now,
                correlationID: arrival.correlationID))
    }
}
