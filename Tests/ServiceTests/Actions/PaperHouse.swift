import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import TestSupport
import Testing

/// The whole service in November 2025 with the shipped rules, a ledger, a drop for files and four people.
struct PaperHouse: Sendable {
    let ledger: LedgerServer
    /// The folder that 835 files are put into.
    let drop: URL
    private let house: PipelineHouse
    private let client: any TestClientProtocol
    private let key: HTTPFields
    private let auditKey: HTTPFields

    var store: Store { house.store }

    /// Runs `body` with the service running.
    static func run(_ body: @escaping @Sendable (PaperHouse) async throws -> Void) async throws {
        let ledger = try await LedgerServer()
        let folder = try TemporaryFolder()
        let began = Date()
        let house = try await PipelineHouse(
            actions: { PaperHouse.connectors(ledger: ledger.url, drop: folder.url.path) + $0 + PaperHouse.rules },
            clock: {
                // Monday, November 3, 2025, 15:00 UTC, as the clock goes on from there.
                Date(timeIntervalSince1970: 1_762_182_000 + Date().timeIntervalSince(began))
            })
        for (name, role) in [
            ("rita", .seniorReviewer), ("cleo", .reviewer), ("mia", .approver), ("dora", .director),
        ] as [(String, Role)] {
            try await house.service.accounts.addUser(
                name: name, role: role, password: WorkbenchClient.password, by: "test")
        }
        let secret = try await house.service.accounts.addKey(name: "erp", role: .service, by: "test")
        let audit = try await house.service.accounts.addKey(name: "audit", role: .auditor, by: "test")
        let server = WebServer(
            context: house.context, accounts: house.service.accounts, metrics: PrometheusRegistry())
        try await house.running {
            try await server.test { client in
                try await body(
                    PaperHouse(
                        ledger: ledger, drop: folder.url, house: house, client: client,
                        key: [.authorization: "Bearer \(secret)"], auditKey: [.authorization: "Bearer \(audit)"]))
            }
        }
        try await ledger.listener.stop()
    }

    private init(
        ledger: LedgerServer, drop: URL, house: PipelineHouse, client: any TestClientProtocol, key: HTTPFields,
        auditKey: HTTPFields
    ) {
        self.ledger = ledger
        self.drop = drop
        self.house = house
        self.client = client
        self.key = key
        self.auditKey = auditKey
    }

    private static func connectors(ledger: String, drop: String) -> String {
        """
        drops: [{name: clearinghouse, folder: "\(drop)"}]
        x12_835:
          - name: remittances
            sender: {id: MAILROOM}
            receiver: {id: SPRINGFIELD}
            usage: T
            drop: clearinghouse
            items: 1
            payers:
              - names: [Clearpath HealthCare]
                tax_id: "123456789"
                address: {street: PO Box 1, city: Springfield, state: IL, zip: "62701"}
                contact: {name: Provider Services, phone: "8005551212"}
                claim_filing_indicator: "12"
        x12_278:
          - name: authorizations
            sender: {id: SPRINGFIELD}
            receiver: {id: CLEARINGHOUSE}
            usage: T
            drop: clearinghouse
            attachment: {}
            payers: [{names: [Granite Dental Benefits], id: "60054"}]
        erp:
          - name: ledger
            url: "\(ledger)"
            private_addresses: allow
            legal_entity: General Hospital
            accounts: [{kind: refund, debit: "2100", credit: "1010"}]

        """
    }

    private static let rules = """

          - name: refunds
            when: {event: org.mailroom.approval.approved.v1, kinds: [refund]}
            then: [ledger]
          - name: refunds taken back
            when: {event: org.mailroom.approval.withdrawn.v1, kinds: [refund]}
            then: [ledger]
          - name: remittances
            when: {event: org.mailroom.document.accepted.v1, types: [eob]}
            then: [remittances]
          - name: forms
            when: {event: org.mailroom.document.accepted.v1, types: [authorization_form]}
            then: [authorizations]

        """

    /// Drops the scan into the folder and has a reviewer settle it on its page, with these values corrected; what policy
    /// accepts, nobody has to.
    func settle(
        _ name: String, of folder: String = "money", _ corrections: [String: String] = [:]
    ) async throws -> DocumentRecord {
        let scan = try Data(contentsOf: packageFolder.appending(path: "Corpus/\(folder)/\(name).tif"))
        try scan.write(to: house.inbox.appending(path: "\(name).tif"))
        let sha256 = Originals.sha256(of: scan)
        _ = try await eventually("custody of \(name)") { try await store.read { try $0.file(sha256) } }
        let file = try #require(try await house.finished(sha256))
        #expect(file.status == .understood)
        let record = try #require(try await store.read { try $0.documents(of: sha256) }.first)
        if corrections.isEmpty, record.status == .accepted { return record }
        let task = try #require(try await store.read { try $0.task(ofDocument: record.id) })
        let reviewer = try await browser("rita")
        let queue = "/queues/\(task.queue)"
        let taken = try await reviewer.post("/tasks/\(task.id)/take", [], from: queue)
        #expect(taken.status == .seeOther, "\(taken.text)")
        let page = try await reviewer.get("/tasks/\(task.id)").text
        let shown = page.matches(of: /<input id="[^"]*" name="v\.([^"]*)" value="([^"]*)"/).map {
            (String($0.output.1), String($0.output.2))
        }
        // What stands in no field of one line is chosen from a list.
        let chosen = corrections.filter { name, _ in !shown.contains { $0.0 == name } }
        let fields = (shown + chosen).map { name, value in ("v.\(name)", corrections[name] ?? value) }
        let version = try WorkbenchClient.value(of: "version", in: page)
        let confirmed = try await reviewer.post(
            "/tasks/\(task.id)", [("version", version), ("queue", task.queue), ("action", "confirm")] + fields,
            from: "/tasks/\(task.id)")
        #expect(confirmed.status == .seeOther, "\(confirmed.text)")
        let settled = try #require(try await store.read { try $0.document(record.id) })
        #expect(settled.status == .accepted)
        return settled
    }

    /// The identifier of the approval that the shipped rule asked for.
    func refund(of letter: DocumentRecord) async throws -> String {
        let list = try await json("/v1/approvals?status=requested")["approvals"] as? [[String: Any]]
        let asked = try #require(list?.first { $0["document_id"] as? String == letter.id })
        #expect(asked["requested_by"] as? String == "rule:overpayments")
        return try #require(asked["id"] as? String)
    }

    func browser(_ name: String) async throws -> WorkbenchClient { try await WorkbenchClient.at(client, name) }

    func json(_ uri: String) async throws -> [String: Any] {
        let answer = try await client.execute(uri: uri, method: .get, headers: auditKey)
        #expect(answer.status == .ok, "\(answer.text)")
        return try answer.json()
    }

    func importAccounts(_ list: String) async throws {
        var headers = key
        headers[.contentType] = "text/csv"
        let answer = try await client.execute(
            uri: "/v1/accounts", method: .post, headers: headers, body: ByteBuffer(string: list))
        #expect(try answer.json()["added"] as? Int == 2)
    }

    /// Writes the 835 files that are due once a payment waits, as the service does twice a minute.
    func close835() async throws {
        _ = try await eventually("the payment to wait") {
            try await store.read { try $0.waitingRemittances(of: "remittances") }.first
        }
        await RemittanceSweep(context: house.context).sweep()
    }
}
