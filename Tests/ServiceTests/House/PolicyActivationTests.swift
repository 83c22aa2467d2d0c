import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import Records
import Service
import TestSupport
import Testing

/// A policy from its proposal to the moment at which it decides.
@Suite struct PolicyActivationTests {
    /// The shipped policy with another threshold, and with what `change` makes of it.
    private func text(confidence: String = "0.95", _ change: (String) -> String = { $0 }) throws -> String {
        let shipped = try String(contentsOf: packageFolder.appending(path: "Config/policy.yaml"), encoding: .utf8)
        return change(shipped.replacing("\nfield_confidence: 0.90", with: "\nfield_confidence: \(confidence)"))
    }

    private func house() async throws -> WebFixture {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana", .administrator)
        try await fixture.addUser("bob", .administrator)
        return fixture
    }

    private func propose(_ text: String, by browser: WorkbenchClient) async throws -> TestResponse {
        try await browser.post(
            "/policy/new",
            [
                ("text", text.replacing("\n", with: "\r\n")), ("reason", "Too much slips through."),
                ("action", "propose"),
            ],
            from: "/policy/new")
    }

    private func settle(_ hash: String, _ action: String, by browser: WorkbenchClient) async throws -> TestResponse {
        try await browser.post("/policy/\(hash)", [("action", action), ("reason", "Agreed.")], from: "/policy/\(hash)")
    }

    @Test func whatOneProposesAnotherConfirmsAndItDecidesAtOnce() async throws {
        let fixture = try await house()
        _ = try await SampleLetter.seed(fixture.context)
        let proposed = try text {
            $0.replacing("    - manage_layouts\n", with: "")
        }
        let hash = Policy.hash(of: proposed)
        let former = fixture.context.policy.hash
        try await fixture.test { client in
            let (ana, bob) = (WorkbenchClient(client), WorkbenchClient(client))
            try await ana.signIn("ana")
            try await bob.signIn("bob")
            #expect(try await bob.get("/layouts").status == .ok)
            #expect(try await propose(proposed, by: ana).headers[.location] == "/policy/\(hash)")
            let page = try await ana.get("/policy/\(hash)").text
            #expect(page.contains("a second person with confirm_policy must confirm it"))
            #expect(page.contains("field_confidence</th><td class=\"words\">0.90</td><td class=\"words\">0.95"))
            #expect(page.contains("of 1 documents go to review"))
            #expect(try await settle(hash, "confirm", by: ana).status == .conflict)
            #expect(fixture.context.policy.hash == former)

            #expect(try await settle(hash, "confirm", by: bob).status == .seeOther)
            #expect(fixture.context.policy.hash == hash)
            #expect(fixture.context.versions.policy == hash)
            #expect(
                try await bob.get("/layouts").status == .forbidden, "its permissions hold for those who are signed in")
            #expect(try await settle(hash, "confirm", by: bob).status == .conflict)
            let list = try await bob.get("/policy").text
            #expect(list.contains("bob confirmed it: Agreed."))
        }
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: "policy:\(hash)") }
        #expect(trail.map(\.action) == ["policy.proposed", "policy.in_service"])
        #expect(trail.map(\.actor) == ["user:ana", "user:bob"])
        #expect(try await fixture.context.store.read { try $0.governed(.policy, hash: former)?.status } == .former)
    }

    /// Who gave out the password of an account, and was not rid of it by its owner since, may be behind it.
    @Test(arguments: [true, false])
    func twoAccountsOfOnePersonAreNoTwoPeople(knowsTheProposers: Bool) async throws {
        let fixture = try await house()
        let proposed = try text()
        let hash = Policy.hash(of: proposed)
        let (knows, known) = knowsTheProposers ? ("bob", "ana") : ("ana", "bob")
        let id = try #require(try await fixture.context.store.read { try $0.user(named: known)?.id })
        try await fixture.test { client in
            let (first, second) = (WorkbenchClient(client), WorkbenchClient(client))
            try await first.signIn(knows)
            let page = try await first.post("/people/\(id)", [("action", "password")], from: "/people/\(id)")
            let given = try #require(page.text.firstMatch(of: #/<code>([a-z0-9-]{23})<\/code>/#)).output.1
            try await second.signIn(known, password: String(given))
            let (ana, bob) = knowsTheProposers ? (second, first) : (first, second)
            #expect(try await propose(proposed, by: ana).status == .seeOther)
            let refused = try await settle(hash, "confirm", by: bob)
            #expect(refused.status != .seeOther)
            let sentence = knowsTheProposers ? "you know their password" : "knows your password"
            #expect(refused.text.contains(sentence), "\(refused.text)")
            let own = try await second.post(
                "/sign-in/own/password",
                [("current", String(given)), ("new", "my very own secret"), ("again", "my very own secret")],
                from: "/sign-in/own")
            #expect(own.status.code < 400, "\(own.text)")
            #expect(try await settle(hash, "confirm", by: bob).status == .seeOther)
        }
        #expect(fixture.context.policy.hash == hash)
    }

    @Test func aProposalIsOutdatedByAnotherThatCameIntoService() async throws {
        let fixture = try await house()
        try await fixture.test { client in
            let (ana, bob) = (WorkbenchClient(client), WorkbenchClient(client))
            try await ana.signIn("ana")
            try await bob.signIn("bob")
            let (one, other) = (try text(), try text(confidence: "0.97"))
            _ = try await propose(one, by: ana)
            _ = try await propose(other, by: bob)
            #expect(try await settle(Policy.hash(of: other), "confirm", by: ana).status == .seeOther)
            let late = try await settle(Policy.hash(of: one), "confirm", by: bob)
            #expect(late.text.contains("propose it again"))
            // Back to the former text: proposed and confirmed like any other.
            let former = try String(contentsOf: packageFolder.appending(path: "Config/policy.yaml"), encoding: .utf8)
            #expect(
                try await ana.get("/policy/new?from=\(Policy.hash(of: former))").text.contains("field_confidence: 0.90")
            )
            #expect(try await propose(former, by: ana).status == .seeOther)
            #expect(try await settle(Policy.hash(of: former), "refuse", by: bob).status == .seeOther)
            #expect(try await bob.get("/policy/\(Policy.hash(of: former))").text.contains("bob refused it"))
        }
    }

    @Test func whatCannotBeUsedOrWouldLockOutIsNotProposed() async throws {
        let fixture = try await house()
        _ = try await SampleLetter.seed(fixture.context)
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            let wrong = try await propose(
                try text(confidence: "9") { $0.replacing("\nerror_target: 0.01", with: "\nerror_target: 4") }, by: ana)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("2 problems"))
            #expect(wrong.text.contains(#/policy\.yaml:\d+/#))
            let locked = try await propose(try text { $0.replacing("\n    - manage_people", with: "") }, by: ana)
            #expect(locked.text.contains("nobody who can sign in would have the permission"))
            let stranded = try await propose(
                try text {
                    $0.replacing("  - name: letters\n    title: Payer letters", with: "  - name: post\n    title: Post")
                        .replacing("queue: letters", with: "queue: post")
                }, by: ana)
            #expect(stranded.text.contains("1 document waits in the queue"))
            #expect(try await propose(try text(confidence: "0.90"), by: ana).text.contains("is in service already"))
        }
        #expect(try await fixture.context.store.read { try $0.governed(.policy).count } == 1)
    }

    @Test func aHouseOfOneIsToldWhatItNeeds() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana", .administrator)
        try await fixture.addUser("rob", .reviewer)
        try await fixture.test { client in
            let ana = WorkbenchClient(client)
            try await ana.signIn("ana")
            #expect(
                try await ana.get("/policy").text.contains("there is only one person who has it. Add one under People.")
            )
            let rob = WorkbenchClient(client)
            try await rob.signIn("rob")
            #expect(try await rob.get("/policy").status == .forbidden)
            #expect(try await rob.get("/policy/new").status == .forbidden)
        }
    }

    @Test func aMachineProposesAndPeopleConfirm() async throws {
        let fixture = try await house()
        let proposed = try text()
        let hash = Policy.hash(of: proposed)
        let key = try await fixture.keyHeader(.administrator, name: "robot")
        let reviewerKey = try await fixture.keyHeader(.reviewer, name: "scanner")
        let body = try JSONSerialization.data(withJSONObject: ["text": proposed, "reason": "Drift."])
        try await fixture.test { client in
            func send(_ uri: String, _ headers: HTTPFields, _ body: Data?) async throws -> TestResponse {
                try await client.execute(
                    uri: uri, method: body == nil ? .get : .post, headers: headers,
                    body: body.map { ByteBuffer(bytes: $0) })
            }
            #expect(try await send("/v1/policies", reviewerKey, body).status == .forbidden)
            let made = try await send("/v1/policies", key, body)
            #expect(made.status == .created)
            #expect(made.headers[.location] == "/v1/policies/\(hash)")
            #expect(try made.json()["report"] as? String != "")
            #expect(try await send("/v1/policies", key, body).status == .conflict)
            let refused = try await send("/v1/policies/\(hash)/confirm", key, Data(#"{"reason": "ok"}"#.utf8))
            #expect(refused.status == .forbidden)
            #expect(refused.text.contains("a person confirms it"))
            let list = try await send("/v1/policies", key, nil).json()["policies"] as? [[String: Any]]
            #expect(list?.map { $0["status"] as? String } == ["proposed", "in_service"])

            let (ana, bob) = (WorkbenchClient(client), WorkbenchClient(client))
            try await ana.signIn("ana")
            try await bob.signIn("bob")
            _ = try await settle(hash, "confirm", by: ana)
            #expect(fixture.context.policy.hash != hash, "a machine's proposal takes two people")
            #expect(try await settle(hash, "confirm", by: ana).status == .conflict)
            _ = try await settle(hash, "confirm", by: bob)
            #expect(fixture.context.policy.hash == hash)
        }
    }

    @Test func aFileThatDiffersAtALaterStartBecomesAProposal() async throws {
        let fresh = try FreshHouse()
        func start(_ text: String) async throws -> (inService: String, statuses: [GovernedStatus]) {
            let service = try await fresh.start(with: text, in: "policy.yaml")
            _ = try await service.accounts.createFirstUser()
            let statuses = try await service.context.store.read { try $0.governed(.policy).map(\.status) }
            let hash = service.context.policy.hash
            try await service.context.store.close()
            return (hash, statuses)
        }
        let first = try text(confidence: "0.91")
        #expect(try await start(first).statuses == [.inService])
        let other = try await start(try text())
        #expect(other.inService == Policy.hash(of: first))
        #expect(other.statuses == [.proposed, .inService])
        #expect(try await start(try text()).statuses == [.proposed, .inService], "it is proposed once")
        let broken = try await start("queues: 7\n")
        #expect(broken.inService == Policy.hash(of: first))
        #expect(broken.statuses == [.proposed, .inService])
    }
}
