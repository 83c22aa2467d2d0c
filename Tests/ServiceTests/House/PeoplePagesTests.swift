import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

@Suite struct PeoplePagesTests {
    private func id(_ name: String, in fixture: WebFixture) async throws -> String {
        try #require(try await fixture.context.store.read { try $0.user(named: name)?.id })
    }

    @Test func aPersonIsAddedWithAPasswordThatIsShownOnce() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana", .administrator)
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            let made = try await ana.post("/people", [("name", "bob"), ("role", "senior_reviewer")], from: "/people")
            let password = try #require(made.text.firstMatch(of: #/<code>([a-z0-9-]{23})<\/code>/#)).output.1
            let again = try await ana.post("/people", [("name", "bob"), ("role", "reviewer")], from: "/people")
            #expect(again.status == .unprocessableContent)
            #expect(again.text.contains("There is a user"))
            let bob = WorkbenchClient(client)
            #expect(try await bob.signIn("bob", password: String(password)).headers[.location] == "/queues")
            #expect(try await bob.get("/people").status == .forbidden)
            let list = try await ana.get("/people").text
            #expect(list.contains("senior reviewer"))
            #expect(!list.contains(password))
        }
    }

    @Test func manyPeopleAndKeysArePaged() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana", .administrator)
        try await fixture.context.store.write { transaction in
            for number in 100..<160 {
                try transaction.addUser(
                    User(id: "U\(number)", name: "p\(number)", role: "reviewer", passwordHash: "", createdAt: Date()))
            }
        }
        for number in 100..<152 {
            _ = try await fixture.accounts.addKey(name: "k\(number)", role: .service, by: "test")
        }
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            let first = try await ana.get("/people").text
            #expect(first.contains("1 to 50 of 61") && first.contains("1 to 50 of 52"))
            #expect(first.contains(">p148<") && !first.contains(">p149<"))
            let next = try await ana.get("/people?from=50").text
            #expect(next.contains("51 to 61 of 61") && next.contains(">p149<") && !next.contains(">ana</a></th>"))
            #expect(try await ana.get("/people?keys_from=50").text.contains("51 to 52 of 52"))
            #expect(try await ana.get("/people/U155").text.contains("p155"))
        }
    }

    @Test func anotherRoleSignsOutAndFreesWhatIsHeld() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana", .administrator)
        try await fixture.addUser("rob")
        let rob = try await id("rob", in: fixture)
        try await fixture.test { client in
            let (ana, robs) = (WorkbenchClient(client), WorkbenchClient(client))
            try await ana.signIn("ana")
            try await robs.signIn("rob")
            _ = try await robs.post("/tasks/\(seeded.task.id)/take", [], from: "/queues/letters")
            #expect(try await fixture.context.store.read { try $0.task(seeded.task.id)?.leaseOwner } == "user:rob")
            let changed = try await ana.post(
                "/people/\(rob)", [("action", "role"), ("role", "auditor")], from: "/people/\(rob)")
            #expect(changed.status == .seeOther)
            #expect(try await robs.get("/queues").status == .seeOther)
            #expect(try await fixture.context.store.read { try $0.task(seeded.task.id)?.status } == .open)
            try await robs.signIn("rob")
            #expect(try await robs.get("/tasks/\(seeded.task.id)").status == .forbidden)
            _ = try await ana.post("/people/\(rob)", [("action", "disable")], from: "/people/\(rob)")
            #expect(try await robs.signIn("rob").status == .unauthorized)
            _ = try await ana.post("/people/\(rob)", [("action", "enable")], from: "/people/\(rob)")
            #expect(try await robs.signIn("rob").status == .seeOther)
        }
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: seeded.record.id) }
        #expect(trail.last { $0.action == "task.released" }?.detail["held_by"] == "user:rob")
    }

    @Test func aPersonIsLimitedToAQueueAndAFacilityAndLimitedNoMore() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        try await fixture.addUser("ana", .administrator)
        try await fixture.addUser("rob")
        let rob = try await id("rob", in: fixture)
        try await fixture.test { client in
            let (ana, robs) = (WorkbenchClient(client), WorkbenchClient(client))
            try await ana.signIn("ana")
            try await robs.signIn("rob")
            _ = try await robs.post("/tasks/\(seeded.task.id)/take", [], from: "/queues/letters")
            func limit(_ fields: [(String, String)]) async throws -> TestResponse {
                try await ana.post("/people/\(rob)", [("action", "limit")] + fields, from: "/people/\(rob)")
            }
            let limited = try await limit([("queue", "letters"), ("queue", "general"), ("facilities", "north, south")])
            #expect(limited.status == .seeOther)
            #expect(try await ana.get("/people").text.contains("general, letters; north, south only"))
            #expect(try await robs.get("/tasks/\(seeded.task.id)").status == .notFound)
            #expect(try await fixture.context.store.read { try $0.task(seeded.task.id)?.status } == .open)
            let wrong = try await limit([("facilities", "North <b>")])
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("no name of a facility"))
            #expect(try await limit([]).status == .seeOther)
            #expect(try await robs.get("/tasks/\(seeded.task.id)").status == .ok)
        }
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: "user:rob") }
        #expect(trail.filter { $0.action == "user.limited" }.map(\.detail["queues"]) == ["general,letters", "all"])
    }

    @Test func nobodyLocksTheHouseOut() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana", .administrator)
        let ana = try await id("ana", in: fixture)
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            for fields in [
                [("action", "role"), ("role", "reviewer")], [("action", "disable")],
                [("action", "limit"), ("queue", "letters")],
            ] {
                let refused = try await browser.post("/people/\(ana)", fields, from: "/people")
                #expect(refused.status == .conflict)
                #expect(refused.text.contains("Ask another person who manages people."))
            }
        }
    }

    @Test func aKeyIsMadeUsedAndRevoked() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana", .administrator)
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            let made = try await ana.post("/keys", [("name", "scanner"), ("role", "service")], from: "/people")
            let secret = try #require(made.text.firstMatch(of: #/<code>(mrk_[A-Za-z0-9_-]+)<\/code>/#)).output.1
            func call() async throws -> HTTPResponse.Status {
                try await client.execute(
                    uri: "/v1/documents/none", method: .get, headers: [.authorization: "Bearer \(secret)"]
                ).status
            }
            #expect(try await ana.get("/people").text.contains("never"))
            #expect(try await call() == .notFound)
            let page = try await ana.get("/people").text
            let key = try #require(page.firstMatch(of: #/\/keys\/([^\/]+)\/revoke/#)).output.1
            #expect(!page.contains("<td class=\"moment\">never</td><td>"))
            _ = try await ana.post("/keys/\(key)/revoke", [], from: "/people")
            #expect(try await call() == .unauthorized)
        }
    }

    @Test func peopleChangeTheirPasswordAndEndTheirSessions() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let (here, there) = (WorkbenchClient(client), WorkbenchClient(client))
            try await here.signIn("ana")
            try await there.signIn("ana")
            _ = try await here.post("/sign-in/own/sessions", [], from: "/sign-in/own")
            #expect(try await there.get("/queues").status == .seeOther)
            #expect(try await here.get("/queues").status == .ok)
            try await there.signIn("ana")
            func change(_ current: String, _ new: String, _ again: String) async throws -> TestResponse {
                try await here.post(
                    "/sign-in/own/password", [("current", current), ("new", new), ("again", again)],
                    from: "/sign-in/own")
            }
            let new = "a new long password"
            #expect(try await change("wrong wrong wrong", new, new).text.contains("The current password is another"))
            #expect(try await change(WorkbenchClient.password, new, "other").text.contains("differ"))
            #expect(try await change(WorkbenchClient.password, "short", "short").text.contains("12 to 1024"))
            #expect(try await change(WorkbenchClient.password, new, new).status == .seeOther)
            #expect(try await there.get("/queues").status == .seeOther)
            #expect(try await here.get("/queues").status == .ok)
            #expect(try await there.signIn("ana").status == .unauthorized)
            #expect(try await there.signIn("ana", password: new).status == .seeOther)
        }
    }
}
