import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOFoundationCompat
import Records
import Service
import Testing

/// People and keys that are limited to queues and facilities, at every page and in the interface.
@Suite struct ReachTests {
    /// A letter and a remittance in review, of the north and of the south.
    private struct Town {
        let fixture: WebFixture
        let north: (record: DocumentRecord, task: ReviewTask)
        let south: (record: DocumentRecord, task: ReviewTask)

        init() async throws {
            fixture = try await WebFixture()
            north = try await SampleLetter.seed(fixture.context, facility: "north")
            south = try await SampleLetter.seed(
                fixture.context, document: SampleRemittance.document, bytes: SampleLetter.png + Data([1]),
                facility: "south")
        }

        func limit(_ reach: Reach) async throws {
            try await fixture.accounts.limit(userNamed: "ana", to: reach, by: "test")
        }
    }

    @Test(arguments: [Reach(facilities: ["north"]), Reach(queues: ["letters"])])
    func whatIsOfOthersIsNotThere(reach: Reach) async throws {
        let town = try await Town()
        try await town.fixture.addUser("ana", .administrator)
        try await town.limit(reach)
        try await town.fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let (own, foreign) = (town.north, town.south)
            for (place, isThere) in [(own, true), (foreign, false)] {
                let (document, task) = (place.record.id, place.task.id)
                for page in [
                    "/documents/\(document)", "/documents/\(document)/pages/1/image",
                    "/documents/\(document)/pages/1/words", "/documents/\(place.record.sha256)/pages/1/image",
                    "/tasks/\(task)",
                ] {
                    let response = try await browser.get(page)
                    #expect(response.status == (isThere ? .ok : .notFound), "\(page)")
                    #expect(isThere || !response.text.contains("Acme"), "\(page)")
                }
                for change in ["take", "renew", "draft", "pages", "pages/1/turn", "priority"] {
                    let form = [("version", "1"), ("points", "5"), ("reason", "r"), ("degrees", "0"), ("layout", "x")]
                    let response = try await browser.post("/tasks/\(task)/\(change)", form, from: "/queues")
                    #expect((response.status == .notFound) == !isThere, "\(change) \(response.status)")
                }
            }
            let queues = try await browser.get("/queues").text
            #expect(queues.contains("/queues/letters"))
            let intake = try await browser.get("/intake").text
            #expect(intake.contains(own.record.id))
            #expect(!intake.contains(foreign.record.id))
            let remittances = try await browser.get("/queues/remittances")
            #expect(!remittances.text.contains(foreign.task.id))
            let next = try await browser.post("/queues/remittances/next", [], from: "/queues")
            #expect(next.headers[.location]?.hasPrefix("/tasks/") != true)
            #expect(try await browser.get("/layouts").status == .forbidden)
        }
        let task = try await town.fixture.context.store.read { try $0.task(town.south.task.id) }
        #expect(task?.version == town.south.task.version)
    }

    @Test func aLimitHoldsFromTheNextClickOnAndIsOnRecord() async throws {
        let town = try await Town()
        try await town.fixture.addUser("ana", .reviewer)
        try await town.fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            #expect(try await browser.get("/documents/\(town.south.record.id)").status == .ok)
            try await town.limit(Reach(facilities: ["north"]))
            #expect(try await browser.get("/documents/\(town.south.record.id)").status == .notFound)
            try await town.limit(.everything)
            #expect(try await browser.get("/documents/\(town.south.record.id)").status == .ok)
        }
        let trail = try await town.fixture.context.store.read { try $0.auditTrail(subject: "user:ana") }
        #expect(trail.filter { $0.action == "user.limited" }.map { $0.detail["facilities"] } == ["north", "all"])
    }

    @Test func aLimitNamesWhatThereIs() async throws {
        let town = try await Town()
        try await town.fixture.addUser("ana")
        for reach in [Reach(queues: ["nowhere"]), Reach(facilities: ["North Wing"])] {
            let error = await #expect(throws: AccountError.self) { try await town.limit(reach) }
            #expect(error?.code == .badReach)
        }
        await #expect(throws: AccountError.self) {
            try await town.fixture.accounts.limit(userNamed: "bob", to: .everything, by: "test")
        }
    }

    @Test func aKeyOfOneFacilityHandsInAndSeesItsOwn() async throws {
        let town = try await Town()
        let secret = try await town.fixture.accounts.addKey(
            name: "north-scanner", role: .service, reach: Reach(facilities: ["north"]), by: "test")
        let facility = try header("Mailroom-Facility")
        let png = SampleLetter.png
        try await town.fixture.test { client in
            func send(_ more: HTTPFields, _ bytes: Data) async throws -> TestResponse {
                var headers = more
                headers[.authorization] = "Bearer \(secret)"
                headers[.contentType] = "image/png"
                return try await client.execute(
                    uri: "/v1/documents", method: .post, headers: headers, body: ByteBuffer(data: bytes))
            }
            func get(_ uri: String) async throws -> TestResponse {
                try await client.execute(uri: uri, method: .get, headers: [.authorization: "Bearer \(secret)"])
            }
            let taken = try await send([:], png + Data([9]))
            #expect(taken.status == .accepted)
            #expect(try taken.json()["facility"] as? String == "north")
            #expect(try await send([facility: "south"], png + Data([8])).status == .forbidden)
            #expect(try await send([facility: "No rth"], png + Data([8])).status == .badRequest)
            // The same bytes came to the south before: what was read of them is not told here.
            let known = try await send([:], png + Data([1]))
            #expect(known.status == .conflict)
            #expect(!known.text.contains(town.south.record.id))
            #expect(try await get("/v1/documents/\(town.north.record.id)").status == .ok)
            for id in [town.south.record.id, town.south.record.sha256] {
                #expect(try await get("/v1/documents/\(id)").status == .notFound)
                #expect(try await get("/v1/documents/\(id)/pages/1/image").status == .notFound)
            }
            let accounts = try await client.execute(
                uri: "/v1/accounts", method: .post, headers: [.authorization: "Bearer \(secret)"])
            #expect(accounts.status == .forbidden)
        }
    }
}
