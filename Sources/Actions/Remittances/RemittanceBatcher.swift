import Crypto
import Documents
package import Foundation
package import Records

/// Closes batches: writes the waiting payments of a payer into one 835 file, in one transaction with its control number
/// and its delivery.
package struct RemittanceBatcher: Sendable {
    /// The type of the event that a file was written.
    package static let eventType = "org.mailroom.remittance.written.v1"

    private let store: Store
    private let settings: RemittanceSettings

    package init(store: Store, settings: RemittanceSettings) {
        self.store = store
        self.settings = settings
    }

    /// Writes every file that is due: one with enough payments, or one that has waited since before the day's close.
    ///
    /// Gives the files.
    @discardableResult
    package func closeDue(at now: Date) async throws -> [RemittanceBatch] {
        let settings = settings
        while try await store.write({ try $0.takeBackRecalled(of: settings.name, at: now) }) > 0 {}
        try await judgePapers(at: now)
        var batches: [RemittanceBatch] = []
        let isEmpty = try await store.read { try $0.waitingRemittances(of: settings.name).isEmpty }
        while !isEmpty, let batch = try await store.write({ try closeNext(at: now, in: $0) }) {
            batches.append(batch)
        }
        return batches
    }

    /// Says of each payment that comes on several papers which are missing; gives how many papers have waited for too long
    /// since it was said last.
    @discardableResult
    package func judgePapers(at now: Date) async throws -> Int {
        let settings = settings
        guard try await !store.read({ try $0.waitingPapers(of: settings.name).isEmpty }) else { return 0 }
        return try await store.write { try $0.judgePapers(of: settings, at: now) }
    }

    private func closeNext(at now: Date, in transaction: Transaction) throws -> RemittanceBatch? {
        for waiting in try transaction.waitingRemittances(of: settings.name) {
            let isDue = waiting.count >= settings.itemsMax || waiting.oldest < settings.lastClose(before: now)
            guard isDue else { continue }
            let items = try transaction.waitingRemittances(
                of: settings.name, payer: waiting.payer, limit: settings.itemsMax)
            if let batch = try write(items, payer: waiting.payer, at: now, in: transaction) { return batch }
        }
        return nil
    }

    private func write(
        _ items: [RemittanceItem], payer key: String, at now: Date, in transaction: Transaction
    ) throws -> RemittanceBatch? {
        guard let first = items.first else { return nil }
        let payer: RemittancePayer
        do throws(X12Problem) { payer = try settings.payer(keyed: key) } catch {
            if first.detail != error.sentence {
                try items.forEach { try keep($0, waitingBecause: error.sentence, in: transaction) }
            }
            return nil
        }
        let told = try RemittanceSets(settings: settings, payer: payer, at: now).sets(of: items, in: transaction)
        guard !told.isEmpty else { return nil }
        let number = try transaction.nextControlNumber(of: settings.name)
        let bytes = settings.interchange(number, at: now).bytes(
            of: "835", told.map { $0.content.segments(payer: payer) })
        let batch = RemittanceBatch(
            id: Identifier.make(at: now), sender: settings.name, payer: Rule.fold(payer.names[0]),
            controlNumber: number, fileName: "\(settings.name)-\(X12Text.number(number, length: 9)).835",
            sha256: SHA256.hash(data: bytes).hexadecimal, setCount: told.count,
            paymentCents: Int(told.reduce(Money.zero) { $0 + $1.content.payment }.cents), madeAt: now)
        try transaction.addRemittanceBatch(batch, bytes: bytes)
        for set in told { try mark(set, in: batch, in: transaction) }
        try raise(batch, bytes: bytes, in: transaction)
        return batch
    }

    private func mark(_ set: RemittanceSet, in batch: RemittanceBatch, in transaction: Transaction) throws {
        for item in set.items {
            var sent = item
            sent.status = .sent
            sent.batchID = batch.id
            sent.detail = nil
            // The balance belongs to the set: one of its items has it.
            sent.forwardCents = item.id == set.head.id ? set.forwardCents : 0
            guard try transaction.updateRemittance(sent, from: .waiting) else {
                throw RecordsError(.versionConflict, "Another process wrote the file of \(batch.payer) just now.")
            }
            try transaction.audit(
                actor: "outbox", action: item.kind == .payment ? "remittance.told" : "remittance.reversed",
                subject: item.documentID,
                detail: ["connector": settings.name, "file": batch.fileName, "remittance": item.id],
                correlationID: item.correlationID, at: batch.madeAt)
        }
    }

    private func keep(_ item: RemittanceItem, waitingBecause sentence: String, in transaction: Transaction) throws {
        var kept = item
        kept.detail = sentence
        try transaction.updateRemittance(kept, from: .waiting)
    }

    private struct Written: Encodable {
        var batchID: String
        var href: String
        var fileName: String
        var sha256: String

        private enum CodingKeys: String, CodingKey {
            case batchID = "batch_id"
            case href
            case fileName = "file_name"
            case sha256
        }
    }

    /// Keeps the event that the file is written, and its delivery to the drop.
    ///
    /// The event is about the sender: the outbox keeps the order of a subject, so that a file waits for those before it.
    private func raise(_ batch: RemittanceBatch, bytes: Data, in transaction: Transaction) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(
            Written(
                batchID: batch.id, href: "/v1/remittances/\(batch.id)/file", fileName: batch.fileName,
                sha256: batch.sha256))
        let event = Event(
            id: Identifier.make(at: batch.madeAt), type: RemittanceBatcher.eventType,
            subject: "x12:\(settings.name)", time: batch.madeAt, correlationID: batch.id,
            data: String(decoding: data, as: UTF8.self))
        try transaction.appendEvent(event)
        guard let drop = settings.drop else { return }
        try transaction.addDelivery(
            Delivery(
                id: Identifier.make(at: batch.madeAt), eventID: event.id, action: drop, idempotencyKey: batch.fileName,
                availableAt: batch.madeAt, payload: bytes))
    }
}
