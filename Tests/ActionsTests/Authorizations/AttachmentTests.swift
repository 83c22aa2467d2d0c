import Actions
import Documents
import Foundation
import Records
import TestSupport
import Testing

/// The pages of a form that go beside its request, ready for who sends 275s.
@Suite(.serialized) struct AttachmentTests {
    /// Binds the same pages for every document, or none.
    private struct ScriptedBinder: PageBinder {
        var pages: BoundPages? = BoundPages(pdf: Data("%PDF-1.4 two pages".utf8), pageCount: 2)

        func pages(ofDocument id: String) async throws -> BoundPages? { pages }
    }

    private static func attached(_ text: String) -> String {
        text.replacing(
            "payers: [{names: [Acme Health], id: \"87726\"}]",
            with: """
                payers: [{names: [Acme Health], id: "87726"}]
                    attachment: {}
                """)
    }

    private func deliveries(of document: String, in house: RemittanceHouse) async throws -> [Delivery] {
        try await house.store.read { transaction in
            let event = try transaction.events(subject: document)[0]
            return try transaction.deliveries(ofEvent: event.id).filter { $0.action != "authorizations" }
        }
    }

    @Test func aFormsPagesLieBesideTheRequestThatAnnouncesThem() async throws {
        let binder = ScriptedBinder()
        let house = try await RemittanceHouse(binder: binder, change: Self.attached)
        let document = try await house.accept(AuthorizationRequestTests.form)
        let files = try house.files()
        let request = try #require(files.first { $0.key.hasSuffix(".278") })
        let number = String(request.key.dropLast(4))
        #expect(number.count <= 50 && request.value.contains("PWK*77*EL***AC*\(number)~"))
        #expect(Set(files.keys) == ["\(number).pdf", "\(number).278", "\(number).json"])
        #expect(files["\(number).pdf"] == "%PDF-1.4 two pages")
        let manifest = try JSONDecoder().decode(
            AttachmentManifest.self, from: Data(try #require(files["\(number).json"]).utf8))
        #expect(manifest.attachmentControlNumber == number && manifest.file.name == "\(number).pdf")
        #expect(manifest.file.pageCount == 2 && manifest.file.size == 18)
        #expect(manifest.file.sha256 == Originals.sha256(of: Data("%PDF-1.4 two pages".utf8)))
        #expect(manifest.request.fileName == request.key && manifest.request.reference == document)
        #expect(manifest.payer.id == "87726" && manifest.requester.npi == "1234567893")
        #expect(manifest.patient.memberID == "M123" && manifest.patient.birthDate == "1956-05-12")
        let sent = try await deliveries(of: document, in: house)
        #expect(sent.map(\.idempotencyKey) == ["\(number).pdf", "\(number).278", "\(number).json"])
        #expect(sent.map(\.receipt) == sent.map(\.idempotencyKey), "each has its receipt")
        let trail = try await house.store.read { try $0.auditTrail(subject: document) }
        #expect(trail.contains { $0.action == "authorization.requested" && $0.detail["attachment"] == "\(number).pdf" })
    }

    @Test func theSameMessageOnceMoreIsTheSamePacket() async throws {
        let house = try await RemittanceHouse(binder: ScriptedBinder(), change: Self.attached)
        let document = try await house.accept(AuthorizationRequestTests.form)
        let before = try house.files()
        let now = house.now
        let ids = try await house.store.read { transaction in
            try transaction.deliveries(ofEvent: try transaction.events(subject: document)[0].id).map(\.id)
        }
        for id in ids { try await house.store.write { try $0.replay(id, at: now) } }
        try await house.deliver()
        #expect(try house.files() == before && ids.count == 4)
    }

    /// Nothing is announced that is not there, and nothing is sent after a request that was not made.
    @Test func thePagesGoFirstAndTheManifestLast() async throws {
        let house = try await RemittanceHouse(binder: ScriptedBinder(), change: Self.attached)
        let now = house.now
        try FileManager.default.removeItem(at: house.outgoing)
        let document = try await house.accept(AuthorizationRequestTests.form)
        var waiting = try await deliveries(of: document, in: house)
        #expect(waiting.map(\.status) == [.pending, .waiting, .waiting])
        try await house.hold(document)
        try FileManager.default.createDirectory(at: house.outgoing, withIntermediateDirectories: true)
        house.advance(hours: 1)
        try await house.deliver()
        #expect(try house.files().isEmpty, "what is held is held with its pages")
        try await house.release(document)
        try await house.recall(document)
        try await house.deliver()
        waiting = try await deliveries(of: document, in: house)
        #expect(try house.files().isEmpty && waiting.allSatisfy { $0.status == .dismissed }, "\(now)")
    }

    @Test func whoGivesUpAPartGivesUpWhatWaitsBehindIt() async throws {
        let house = try await RemittanceHouse(binder: ScriptedBinder(), change: Self.attached)
        try FileManager.default.removeItem(at: house.outgoing)
        let document = try await house.accept(AuthorizationRequestTests.form)
        let now = house.now
        let pages = try #require(try await deliveries(of: document, in: house).first)
        try await house.store.write {
            try $0.dismissAction(pages.id, because: "Faxed instead.", by: "user:ann", at: now)
        }
        try FileManager.default.createDirectory(at: house.outgoing, withIntermediateDirectories: true)
        house.advance(hours: 1)
        try await house.deliver()
        let parts = try await deliveries(of: document, in: house)
        #expect(try house.files().isEmpty && parts.map(\.status) == [.dismissed, .dismissed, .dismissed])
        #expect(parts.first?.lastError == "Dismissed: Faxed instead.")
        let because = "Dismissed: \(pages.idempotencyKey) of the same packet was."
        #expect(parts.dropFirst().allSatisfy { $0.lastError == because })
        let trail = try await house.store.read { try $0.auditTrail(subject: document) }
        #expect(trail.filter { $0.action == "action.dismissed" && $0.actor == "user:ann" }.count == 3)
    }

    @Test(
        arguments: [
            (nil, "has no image that a PDF can hold"),
            (BoundPages(pdf: Data(count: 20_000_001), pageCount: 90), "90 pages are a PDF of 20 MB"),
        ] as [(BoundPages?, String)])
    func pagesThatCannotBeSentParkTheRequest(_ pages: BoundPages?, _ sentence: String) async throws {
        let house = try await RemittanceHouse(binder: ScriptedBinder(pages: pages), change: Self.attached)
        try await house.accept(AuthorizationRequestTests.form)
        let parked = try await house.store.read { try $0.deliveries(status: .parked) }
        #expect(parked.map(\.action) == ["authorizations"] && parked.first?.lastError?.contains(sentence) == true)
        #expect(try house.files().isEmpty)
    }

    @Test func anSFTPServerGetsThemToo() async throws {
        let server = try await SSHServer()
        try await server.start()
        let house = try await RemittanceHouse(binder: ScriptedBinder()) { text in
            Self.attached(text).replacing("attachment: {}", with: "attachment: {drop: clearinghouse, transmission: FX}")
                .replacing(
                    "drops:\n",
                    with: """
                        drops:
                          - name: clearinghouse
                            sftp:
                              host: 127.0.0.1
                              port: \(server.port)
                              user: \(NSUserName())
                              folder: \(server.incoming.path)
                              identity_file: \(server.userKey)
                              known_hosts: \(server.knownHosts)

                        """)
        }
        try await house.accept(AuthorizationRequestTests.form)
        let request = try #require(try house.files().first)
        let number = String(request.key.dropLast(4))
        #expect(try house.files().count == 1 && request.value.contains("PWK*77*FX***AC*\(number)~"))
        let sent = try FileManager.default.contentsOfDirectory(atPath: server.incoming.path)
        #expect(Set(sent) == ["\(number).pdf", "\(number).json"])
    }

    @Test(arguments: [
        ("{report_type: \"99\"}", "should be one of 03, 04"), ("{transmission: XX}", "should be EL, by computer"),
        ("{drop: nowhere}", "There is no drop 'nowhere'"), ("{pages: 3}", "pages"),
    ])
    func aWrongAttachmentIsRefused(_ wrong: String, _ sentence: String) throws {
        let text = Self.attached(RemittanceHouse.text).replacing("attachment: {}", with: "attachment: \(wrong)")
            .replacing("FOLDER", with: "/tmp")
        let error = #expect(throws: (any Error).self) { try RemittanceHouse.rules(text) }
        #expect("\(try #require(error))".contains(sentence), "\(String(describing: error))")
    }
}
