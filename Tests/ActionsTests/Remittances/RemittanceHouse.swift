import Actions
import Documents
import Foundation
import Governance
import Logging
import Records
import Synchronization
import TestSupport
import Testing

/// A store with the rules that make 835 files of accepted remittances and drop them into a folder.
final class RemittanceHouse: Sendable {
    static let text = """
        drops:
          - name: outgoing
            folder: FOLDER
        x12_835:
          - name: remittances
            sender: {id: MAILROOM}
            receiver: {qualifier: "30", id: "371234567"}
            usage: T
            drop: outgoing
            close_at: "17:00"
            time_zone: America/Chicago
            items: 3
            payers:
              - names: [Acme Health, ACME HEALTH INSURANCE CO.]
                id: "87726"
                tax_id: "123456789"
                address: {street: PO Box 1, city: Springfield, state: IL, zip: "62701"}
                contact: {name: Provider Services, phone: "8005551212"}
                claim_filing_indicator: "12"
              - names: [Zeta Mutual]
                tax_id: "223456789"
                address: {street: 1 Main St, city: Peoria, state: IL, zip: "61601"}
                contact: {name: Help, phone: "8005551213"}
                claim_filing_indicator: "15"
        x12_278:
          - name: authorizations
            sender: {id: SPRINGFIELD}
            receiver: {id: ACME}
            usage: T
            drop: outgoing
            payers: [{names: [Acme Health], id: "87726"}]
        rules:
          - name: forms
            when:
              event: org.mailroom.document.accepted.v1
              types: [authorization_form]
            then: [authorizations]
          - name: remittances
            when:
              event: org.mailroom.document.accepted.v1
              types: [eob]
            then: [remittances]
        """

    /// Noon in Chicago.
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_036_000))
    let folder: TemporaryFolder
    let store: Store
    let rules: ActionRules
    let outgoing: URL

    /// A house whose actions file is `change` of `text`.
    init(binder: (any PageBinder)? = nil, change: (String) -> String = { $0 }) async throws {
        folder = try TemporaryFolder()
        outgoing = folder.url.appending(path: "outgoing")
        try FileManager.default.createDirectory(at: outgoing, withIntermediateDirectories: true)
        store = try await Store.open(folder: folder.url.appending(path: "store"))
        rules = try Self.rules(change(Self.text).replacing("FOLDER", with: outgoing.path))
            .connected(to: store, binder: binder)
    }

    static func rules(_ text: String) throws -> ActionRules {
        try ActionRules(
            text: text, path: "actions.yaml",
            vocabulary: Vocabulary(
                types: [
                    "eob": ["payer_name": .init(title: "Payer", kind: .name)],
                    "authorization_form": ["payer_name": .init(title: "Payer", kind: .name)],
                ], subtypes: [:]),
            environment: [:])
    }

    var now: Date { time.withLock { $0 } }
    func advance(hours: Double) { time.withLock { $0 += hours * 3600 } }

    var settings: RemittanceSettings {
        get throws { try #require(rules.connectors["remittances"] as? RemittanceConnector).settings }
    }

    /// Accepts a document of its own file and has what is due delivered; gives its identifier.
    @discardableResult
    func accept(_ document: Document, as id: String? = nil) async throws -> String {
        let now = now
        let documentID = id ?? Identifier.make(at: now)
        let rules = rules
        try await store.write { transaction in
            if id == nil {
                let sha256 = Originals.sha256(of: Data(documentID.utf8))
                _ = try transaction.takeFile(
                    CustodyFile(
                        sha256: sha256, name: "scan.pdf", mediaType: "application/pdf", size: 1, pageCount: 1,
                        status: .understood, correlationID: "C", takenAt: now))
                try transaction.insertDocument(
                    DocumentRecord(
                        id: documentID, sha256: sha256, ordinal: 1, status: .accepted, document: document,
                        versions: Versions(model: "m", policy: "p", reader: "r"), createdAt: now, correlationID: "C"))
            }
            _ = try transaction.raise(Self.event(.documentAccepted, documentID, document, at: now), rules: rules)
        }
        try await deliver()
        advance(hours: 0.01)
        return documentID
    }

    func recall(_ id: String) async throws {
        let (now, rules) = (now, rules)
        try await store.write { transaction in
            let document = try #require(try transaction.document(id)).document
            _ = try transaction.raise(Self.event(.documentRecalled, id, document, at: now), rules: rules)
        }
        advance(hours: 0.01)
    }

    /// Holds a document by the recall R1.
    func hold(_ id: String) async throws {
        let now = now
        try await store.write { transaction in
            _ = try transaction.addRecall(
                Recall(
                    id: "R1", documentID: id, documentVersion: 1, fieldPath: "payment_amount", wrongValue: "180.00",
                    rightValue: nil, reason: "Misread.", madeBy: "user:sam", madeAt: now, correlationID: "C"))
            _ = try transaction.hold(DocumentHold(documentID: id, recallID: "R1", heldBy: "user:sam", heldAt: now))
        }
    }

    func release(_ id: String) async throws { try await store.write { _ = try $0.endHold(of: id) } }

    private static func event(_ type: EventType, _ id: String, _ document: Document, at now: Date) -> MailroomEvent {
        MailroomEvent(
            id: Identifier.make(at: now), type: type, time: now,
            data: .document(DocumentEventData(documentID: id, correlationID: "C", document: document)))
    }

    /// Sends what is due.
    func deliver() async throws {
        let outbox = Outbox(
            store: store, connectors: rules.connectors, owner: "test",
            clock: OutboxClock(now: { self.now }, sleep: { _ in }, chance: { 0.5 }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        while try await outbox.deliverNext() {}
    }

    /// Looks what is due, and delivers it.
    @discardableResult
    func sweep() async throws -> [RemittanceBatch] {
        let batches = try await RemittanceBatcher(store: store, settings: settings).closeDue(at: now)
        try await deliver()
        return batches
    }

    /// The files in the outgoing folder, by name.
    func files() throws -> [String: String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: outgoing.path)
        return try names.reduce(into: [:]) {
            $0[$1] = try String(contentsOf: outgoing.appending(path: $1), encoding: .utf8)
        }
    }
}

extension RemittanceExample {
    /// The example's remittance with another number of payment, and a change.
    static func document(_ number: String, change: (inout Document) -> Void = { _ in }) -> Document {
        var document = document()
        document.fields["payment_number"] = .one(field(number))
        change(&document)
        return document
    }
}
