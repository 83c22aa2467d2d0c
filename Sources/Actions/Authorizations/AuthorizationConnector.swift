import Documents
package import Foundation
package import Records

/// Writes an accepted authorization form as a 278 request (005010X217) and has a drop take the file.
///
/// What it "sends" is one transaction: the file takes its control number and becomes the drop's delivery, of the same
/// event, so that a hold or a recall of the form stops it too. A form is asked for once: what a payer may have is neither
/// cancelled nor changed by a second request.
///
/// With `attachments` the form's own pages go beside it, as a PDF and a manifest of what the sender of a 275 has to know:
/// the PDF first, then the request that announces it, the manifest last, so that nothing is announced that is not there and
/// nothing is sent after a request that was not made.
package struct AuthorizationConnector: Connector {
    private struct Message: Codable {
        var documentID: String
        var eventID: String
        var payerID: String
        var request: AuthorizationRequest
    }

    /// How the pages of a form are sent beside its request.
    struct Attachments: Sendable {
        /// More has to go another way: each attempt to send it holds it in memory.
        static let sizeMax = 20_000_000
        /// Payers take numbers of 50 signs (X12 has room for 80): 26 are an event's, one is a dash.
        static let nameLengthMax = 23

        /// PWK01.
        var reportType: String
        /// PWK02.
        var transmission: String
        /// The drop that takes the PDF and its manifest.
        var drop: String
    }

    /// The pages of a form with what is said of them.
    private struct Packet {
        var attachment: AuthorizationAttachment
        var pages: BoundPages
        var drop: String

        var file: String { "\(attachment.controlNumber).pdf" }
        var manifestFile: String { "\(attachment.controlNumber).json" }
    }

    let name: String
    let sender: X12Partner
    let receiver: X12Partner
    let usage: X12Interchange.Usage
    let drop: String
    /// The payers' identifiers by the folded names that their forms have.
    let payerIDs: [String: String]
    /// Nil where requests go alone.
    let attachments: Attachments?
    private var store: Store?
    private var binder: (any PageBinder)?

    init(
        name: String, sender: X12Partner, receiver: X12Partner, usage: X12Interchange.Usage, drop: String,
        payerIDs: [String: String], attachments: Attachments? = nil
    ) {
        self.name = name
        self.sender = sender
        self.receiver = receiver
        self.usage = usage
        self.drop = drop
        self.payerIDs = payerIDs
        self.attachments = attachments
    }

    package var retry: RetryPolicy { RetryPolicy() }
    package var timeoutSeconds: Double { 30 }

    package func connected(to store: Store, binder: (any PageBinder)?) -> any Connector {
        var connector = self
        connector.store = store
        connector.binder = binder
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
            let packet = try await packet(of: content, as: message.idempotencyKey)
            let problem = try await store.write { transaction -> String? in
                let isWritten = try transaction.deliveries(ofEvent: content.eventID).contains {
                    $0.idempotencyKey == file
                }
                if isWritten { return nil }
                if let sentence = try objection(to: content, in: transaction) { return sentence }
                try write(content, as: file, with: packet, message, in: transaction)
                return nil
            }
            if let problem { return .refused(status: nil, problem: problem) }
            return .delivered(status: nil, receipt: "\(file) is on its way to '\(drop)'.")
        } catch let error as UnsuitableEvent {
            return .refused(status: nil, problem: error.problem)
        } catch is PagesUnreadable {
            return .failed(status: nil, problem: "The images of the form's pages could not be taken from the store.")
        } catch {
            return .failed(status: nil, problem: "The request could not be numbered and kept.")
        }
    }

    /// The form's pages under the number `key`; nil where requests go alone.
    ///
    /// Throws `UnsuitableEvent` for pages that cannot be sent.
    private func packet(of content: Message, as key: String) async throws -> Packet? {
        guard let attachments else { return nil }
        let bound: BoundPages?
        do { bound = try await binder?.pages(ofDocument: content.documentID) } catch { throw PagesUnreadable() }
        guard let pages = bound else {
            throw UnsuitableEvent(
                """
                A page of the form has no image that a PDF can hold, so nothing can be sent beside the request: ask the payer \
                another way, then dismiss this delivery.
                """)
        }
        guard pages.pdf.count <= Attachments.sizeMax else {
            throw UnsuitableEvent(
                """
                The form's \(pages.pageCount) pages are a PDF of \(pages.pdf.count / 1_000_000) MB, and an attachment has \
                \(Attachments.sizeMax / 1_000_000) MB at most: ask the payer another way, then dismiss this delivery.
                """)
        }
        return Packet(
            attachment: AuthorizationAttachment(
                reportType: attachments.reportType, transmission: attachments.transmission, controlNumber: key),
            pages: pages, drop: attachments.drop)
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
        _ content: Message, as file: String, with packet: Packet?, _ message: OutgoingMessage,
        in transaction: Transaction
    ) throws {
        let interchange = X12Interchange(
            sender: sender, receiver: receiver, usage: usage, functionalCode: AuthorizationRequest.functionalCode,
            version: AuthorizationRequest.version, controlNumber: try transaction.nextControlNumber(of: name),
            madeAt: message.sentAt)
        let segments = content.request.segments(
            payerID: content.payerID, reference: content.documentID, madeAt: message.sentAt,
            attachment: packet?.attachment)
        func add(_ bytes: Data, as key: String, to drop: String, after keys: [String] = []) throws {
            try transaction.addDelivery(
                Delivery(
                    id: Identifier.make(at: message.sentAt), eventID: content.eventID, action: drop,
                    idempotencyKey: key, availableAt: message.sentAt, payload: bytes),
                after: keys)
        }
        if let packet { try add(packet.pages.pdf, as: packet.file, to: packet.drop) }
        try add(
            interchange.bytes(of: "278", [segments]), as: file, to: drop, after: packet.map { [$0.file] } ?? [])
        if let packet {
            let manifest = AttachmentManifest(
                packet.attachment, packet.pages, file: packet.file, of: content.request, payerID: content.payerID,
                as: content.documentID, in: file)
            try add(try manifest.json(), as: packet.manifestFile, to: packet.drop, after: [file])
        }
        var detail = ["connector": name, "file": file]
        detail["attachment"] = packet?.file
        try transaction.audit(
            actor: "outbox", action: "authorization.requested", subject: content.documentID, detail: detail,
            correlationID: message.correlationID, at: message.sentAt)
    }
}

/// The store's images of a form's pages could not be read.
private struct PagesUnreadable: Error {}
