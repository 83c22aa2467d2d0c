import Documents
package import Foundation
package import Records

/// Writes an accepted authorization form as a 278 request (005010X217) and has a drop take the file.
///
/// What it "sends" is one transaction: the file takes its control number and becomes the drop's delivery, of the same
/// event, so that a hold or a recall of the form stops it too. A form is asked for once: what a payer may have is neither
/// cancelled nor changed by a second request.
package struct AuthorizationConnector: Connector {
    private struct Message: Codable {
        var documentID: String
        var eventID: String
        var payerID: String
        var request: AuthorizationRequest
    }

    let name: String
    let sender: X12Partner
    let receiver: X12Partner
    let usage: X12Interchange.Usage
    let drop: String
    /// The payers' identifiers by the folded names that their forms have.
    let payerIDs: [String: String]
    private var store: Store?

    init(
        name: String, sender: X12Partner, receiver: X12Partner, usage: X12Interchange.Usage, drop: String,
        payerIDs: [String: String]
    ) {
        self.name = name
        self.sender = sender
        self.receiver = receiver
        self.usage = usage
        self.drop = drop
        self.payerIDs = payerIDs
    }

    package var retry: RetryPolicy { RetryPolicy() }
    package var timeoutSeconds: Double { 30 }

    package func connected(to store: Store) -> any Connector {
        var connector = self
        connector.store = store
        return connector
    }

    package func payload(for event: MailroomEvent, key: String) throws -> Data {
        guard event.type == .documentAccepted, event.compensates == nil, case .document(let data) = event.data else {
            throw UnsuitableEvent("The connector '\(name)' asks for accepted authorization forms only.")
        }
        let request: AuthorizationRequest
        do throws(X12Problem) { request = try AuthorizationRequest(of: data.document) } catch {
            throw UnsuitableEvent(error.sentence)
        }
        guard let payerID = payerIDs[Rule.fold(request.payerName)] else {
            throw UnsuitableEvent(
                "The connector '\(name)' has no payer '\(request.payerName)'. Add its id to 'payers' in actions.yaml.")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            Message(documentID: data.documentID, eventID: event.id, payerID: payerID, request: request))
    }

    package func send(_ message: OutgoingMessage) async -> SendOutcome {
        guard let store else { return .failed(status: nil, problem: "The connector has no store to number files in.") }
        do {
            let content = try JSONDecoder().decode(Message.self, from: message.payload)
            let file = "\(message.idempotencyKey).278"
            let problem = try await store.write { transaction -> String? in
                let isWritten = try transaction.deliveries(ofEvent: content.eventID).contains {
                    $0.idempotencyKey == file
                }
                if isWritten { return nil }
                if let sentence = try objection(to: content, in: transaction) { return sentence }
                try write(content, as: file, message, in: transaction)
                return nil
            }
            if let problem { return .refused(status: nil, problem: problem) }
            return .delivered(status: nil, receipt: "\(file) is on its way to '\(drop)'.")
        } catch {
            return .failed(status: nil, problem: "The request could not be numbered and kept.")
        }
    }

    /// Why the form is not to be asked for, as a sentence; nil where nothing is against it.
    private func objection(to content: Message, in transaction: Transaction) throws -> String? {
        if let event = try transaction.event(content.eventID), try transaction.isTakenBack(event) {
            return "The form was recalled since: nothing is asked for it."
        }
        for event in try transaction.events(subject: content.documentID) where event.id != content.eventID {
            // What was dismissed before anybody had it in hand was never sent.
            let earlier = try transaction.deliveries(ofEvent: event.id).first {
                $0.action == drop && $0.idempotencyKey.hasSuffix("-\(name).278")
                    && ($0.status != .dismissed || $0.leaseNumber > 0)
            }
            guard let earlier else { continue }
            return """
                The form is asked for already with the file \(earlier.idempotencyKey), and a request that cancels or changes \
                that one cannot be written yet: tell the payer what changed, then dismiss this delivery.
                """
        }
        return nil
    }

    private func write(
        _ content: Message, as file: String, _ message: OutgoingMessage, in transaction: Transaction
    ) throws {
        let interchange = X12Interchange(
            sender: sender, receiver: receiver, usage: usage, functionalCode: AuthorizationRequest.functionalCode,
            version: AuthorizationRequest.version, controlNumber: try transaction.nextControlNumber(of: name),
            madeAt: message.sentAt)
        let segments = content.request.segments(
            payerID: content.payerID, reference: content.documentID, madeAt: message.sentAt)
        try transaction.addDelivery(
            Delivery(
                id: Identifier.make(at: message.sentAt), eventID: content.eventID, action: drop, idempotencyKey: file,
                availableAt: message.sentAt, payload: interchange.bytes(of: "278", [segments])))
        try transaction.audit(
            actor: "outbox", action: "authorization.requested", subject: content.documentID,
            detail: ["connector": name, "file": file], correlationID: message.correlationID, at: message.sentAt)
    }
}
