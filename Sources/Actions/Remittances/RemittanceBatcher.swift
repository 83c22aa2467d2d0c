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
        var batches: [RemittanceBatch] = []
        let isEmpty = try await store.read { try $0.waitingRemittances(of: settings.name).isEmpty }
        while !isEmpty, let batch = try await store.write({ try closeNext(at: now, in: $0) }) {
            batches.append(batch)
        }
        return batches
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

    /// One transaction set with the items that it tells.
    private struct Told {
        var reversal: RemittanceItem?
        var payment: RemittanceItem?
        var content: Remittance
        var forwardCents: Int
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
        let told = try sets(of: items, payer: payer, in: transaction, at: now)
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

    /// What each document's items say together, a reversal with the payment that is told anew.
    ///
    /// What cannot be read or does not balance waits on with a sentence, and holds up no other: it can only be so when the
    /// program that took it was another.
    private func sets(
        of items: [RemittanceItem], payer: RemittancePayer, in transaction: Transaction, at now: Date
    ) throws -> [Told] {
        var documents: [String] = []
        for item in items where !documents.contains(item.documentID) { documents.append(item.documentID) }
        let byDocument = Dictionary(grouping: items, by: \.documentID)
        return try documents.compactMap { document in
            let own = byDocument[document] ?? []
            let (reversal, payment) = (own.first { $0.kind == .reversal }, own.first { $0.kind == .payment })
            guard let first = own.first else { return nil }
            let brought = try transaction.remittanceForwardCents(
                of: document, sender: settings.name, payer: first.payer)
            var settlement = RemittanceSettlement(
                reversed: nil, told: nil, broughtForward: Money(cents: Int64(brought)))
            do {
                settlement.reversed = try reversal.map(remittance)
                settlement.told = try payment.map(remittance)
            } catch {
                try keepBack(
                    own, because: "A payment that waits cannot be read by this version of the program.",
                    in: transaction, at: now)
                return nil
            }
            guard let head = payment ?? reversal, let (content, left) = settlement.remittance(reference: head.id) else {
                return nil
            }
            let alone = settings.interchange(1, at: now).bytes(of: "835", [content.segments(payer: payer)])
            let findings = RemittanceBalancer.findings(in: alone)
            guard findings.isEmpty else {
                try keepBack(own, because: findings[0], in: transaction, at: now)
                return nil
            }
            return Told(
                reversal: reversal, payment: payment, content: content, forwardCents: Int(left.cents) - brought)
        }
    }

    private func remittance(of item: RemittanceItem) throws -> Remittance {
        try JSONDecoder().decode(Remittance.self, from: Data(item.content.utf8))
    }

    private func mark(_ set: Told, in batch: RemittanceBatch, in transaction: Transaction) throws {
        for item in [set.reversal, set.payment].compactMap({ $0 }) {
            var sent = item
            sent.status = .sent
            sent.batchID = batch.id
            sent.detail = nil
            // The balance belongs to the set: one of its items has it.
            let isHead = item.id == (set.payment ?? set.reversal)?.id
            sent.forwardCents = isHead ? set.forwardCents : 0
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

    /// Keeps a document's items waiting, and puts on record once that they are.
    private func keepBack(
        _ items: [RemittanceItem], because sentence: String, in transaction: Transaction, at now: Date
    ) throws {
        for item in items where item.detail != sentence {
            try keep(item, waitingBecause: sentence, in: transaction)
            try transaction.audit(
                actor: "outbox", action: "remittance.kept_back", subject: item.documentID,
                detail: ["connector": settings.name, "remittance": item.id], correlationID: item.correlationID, at: now)
        }
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
