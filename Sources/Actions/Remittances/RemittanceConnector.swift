import Documents
package import Foundation
package import Records

/// Takes accepted remittances for the next 835 file: what it "sends" is a row that waits for its batch.
///
/// Only what balances gets so far: `payload` reads the document and refuses with a sentence what an 835 cannot say.
package struct RemittanceConnector: Connector {
    /// What waits in the outbox and then in the batch.
    private struct Message: Codable {
        var documentID: String
        var eventID: String
        /// The configured payer's key: one payer has many spellings.
        var payer: String
        var remittance: Remittance
        /// Whether other papers tell the rest of the payment; absent where the remittance is whole.
        var isPart: Bool?

        /// The number of the payment whose other papers are told with this one.
        var jointPayment: String? { isPart == true ? remittance.paymentNumber : nil }

        /// What tells the paper apart from all others of its payer.
        var paymentNumber: String {
            jointPayment.map { "\($0) document \(documentID)" } ?? remittance.paymentKey
        }
    }

    package let settings: RemittanceSettings
    private let store: Store?

    package init(_ settings: RemittanceSettings, store: Store? = nil) {
        self.settings = settings
        self.store = store
    }

    package var retry: RetryPolicy { RetryPolicy() }
    package var timeoutSeconds: Double { 30 }

    package func connected(to store: Store, binder: (any PageBinder)?) -> any Connector {
        RemittanceConnector(settings, store: store)
    }

    package func payload(for event: MailroomEvent, key: String) throws -> Data {
        guard event.type == .documentAccepted, event.compensates == nil, case .document(let data) = event.data else {
            throw UnsuitableEvent(
                """
                The connector '\(settings.name)' takes accepted remittances only; it finds recalls by itself, and takes \
                nothing else back. Take it out of the rule for \(event.type.rawValue).
                """)
        }
        do throws(X12Problem) {
            let paper = try RemittanceReader(payee: settings.payee).paper(of: data.document)
            let payer = try settings.payer(named: paper.remittance.payerName)
            var message = Message(
                documentID: data.documentID, eventID: event.id, payer: payer.key, remittance: paper.remittance)
            if case .part = paper { message.isPart = true }
            return try encoded(message)
        } catch {
            throw UnsuitableEvent(error.sentence)
        }
    }

    /// Whether a delivery's bytes are those of a payment that waits for its file.
    static func wrote(_ payload: Data) -> Bool { (try? JSONDecoder().decode(Message.self, from: payload)) != nil }

    private func encoded(_ message: Message) throws(X12Problem) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return try encoder.encode(message) } catch { throw X12Problem("The remittance cannot be kept: \(error).") }
    }

    package func send(_ message: OutgoingMessage) async -> SendOutcome {
        guard let store else { return .failed(status: nil, problem: "The connector has no store to keep payments in.") }
        do {
            let content = try JSONDecoder().decode(Message.self, from: message.payload)
            let item = RemittanceItem(
                id: Identifier.make(at: message.sentAt), idempotencyKey: message.idempotencyKey,
                sender: settings.name, documentID: content.documentID, eventID: content.eventID,
                payer: content.payer, paymentNumber: content.paymentNumber, jointPayment: content.jointPayment,
                content: String(decoding: try JSONEncoder().encode(content.remittance), as: UTF8.self),
                createdAt: message.sentAt, correlationID: message.correlationID)
            try await store.write { transaction in
                // What was recalled makes room for the same payment told anew.
                while try transaction.takeBackRecalled(of: item.sender, at: message.sentAt) > 0 {}
                try transaction.checkRepeats(of: item, content.remittance)
                try transaction.addRemittance(item)
            }
            let awaited = content.jointPayment == nil ? "the next file" : "the payment's other papers and the next file"
            return .delivered(status: nil, receipt: "It waits for \(awaited) of '\(settings.name)'.")
        } catch let error as RecordsError where error.code == .duplicate {
            return .refused(status: nil, problem: error.problem)
        } catch {
            return .failed(status: nil, problem: "The payment could not be kept for the next file.")
        }
    }
}
