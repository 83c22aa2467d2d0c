import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import Testing

/// `/v1/delegations`: a machine that keeps the house's absences.
@Suite struct DelegationsHTTPTests {
    private func post(
        _ client: any TestClientProtocol, _ wish: [String: any Sendable], _ key: HTTPFields
    ) async throws -> TestResponse {
        try await client.execute(
            uri: "/v1/delegations", method: .post, headers: key,
            body: ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: wish)))
    }

    @Test func whoIsAwayIsStoodInForUntilTheLastDayOrTheEnd() async throws {
        let house = try await ApprovalsHouse()
        let (_, approval) = try await house.refund("7000.00")
        let (_, other) = try await house.refund("8000.00", file: 1)
        let key = try await house.fixture.keyHeader(.administrator, name: "staff")
        let today = try #require(house.fixture.context.policy.day(of: house.clock.now)).description
        let wish: [String: any Sendable] = [
            "from": "dora", "to": "mia", "kinds": ["refund"], "first": today, "last": today,
        ]
        let id = try await house.fixture.test { client in
            let made = try await post(client, wish, key)
            #expect(made.status == .created)
            let answer = try made.json()
            #expect(answer["last"] as? String == today && answer["made_by"] as? String == "key:staff")
            let id = try #require(answer["id"] as? String)
            #expect(try await post(client, wish, key).json()["id"] as? String == id, "said twice, it holds once")
            let list = try await client.execute(uri: "/v1/delegations", method: .get, headers: key).json()
            #expect((list["delegations"] as? [[String: Any]])?.map { $0["from"] as? String } == ["dora"])

            let dora = try await WorkbenchClient.at(client, "dora")
            let mia = try await WorkbenchClient.at(client, "mia")
            #expect(try await dora.get("/delegations").text.contains("said by the key staff"))
            #expect(try await mia.decide("approve", on: approval.id).status == .seeOther)
            let ended = try await client.execute(uri: "/v1/delegations/\(id)", method: .delete, headers: key)
            #expect(ended.status == .noContent)
            let again = try await client.execute(uri: "/v1/delegations/\(id)", method: .delete, headers: key)
            #expect(again.status == .notFound)
            #expect(try await mia.decide("approve", on: other.id).status == .conflict)
            return id
        }
        let decision = try #require(try await house.decisions(on: approval.id).first)
        #expect(decision.person == "mia" && decision.onBehalfOf == "dora" && decision.delegationID == id)
        let trail = try await house.fixture.context.store.read { try $0.auditTrail(subject: id) }
        #expect(trail.map(\.action) == ["delegation.made", "delegation.revoked"])
        #expect(trail.first?.actor == "key:staff" && trail.first?.detail["of"] == "dora")
    }

    @Test func whatItsHolderEndedAMachineDoesNotMakeAgain() async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader(.administrator, name: "staff")
        let today = try #require(house.fixture.context.policy.day(of: house.clock.now)).description
        let wish = ["from": "dora", "to": "mia", "first": today, "last": today]
        try await house.fixture.test { client in
            let id = try #require(try await post(client, wish, key).json()["id"] as? String)
            let dora = try await WorkbenchClient.at(client, "dora")
            #expect(try await dora.post("/delegations/\(id)/end", [], from: "/delegations").status == .seeOther)
            let again = try await post(client, wish, key)
            #expect(again.status == .unprocessableContent)
            #expect(again.text.contains("dora ended this delegation."), "\(again.text)")
            var other = wish
            other["to"] = "dirk"
            #expect(try await post(client, other, key).status == .created, "another one is another matter")
        }
    }

    @Test func theRulesAreThoseOfThePage() async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader(.administrator, name: "staff")
        let director = try await house.fixture.keyHeader(.director, name: "robot")
        let today = try #require(house.fixture.context.policy.day(of: house.clock.now)).description
        let wish = ["from": "dora", "to": "mia", "first": today, "last": today]
        try await house.fixture.test { client in
            #expect(try await post(client, wish, director).status == .forbidden)
            var endless = wish
            endless["last"] = nil
            #expect(try await post(client, endless, key).status == .badRequest)
            for (name, value, sentence) in [
                ("to", "dora", "Nobody stands in for themselves."), ("from", "rob", "rob decides no approvals"),
                ("from", "<b>*~", "decides no approvals"), ("to", "rob", "does not decide approvals"),
                ("last", "2020-01-01", "The last day is before the first"), ("last", "soon", "should be a date"),
                ("last", "2099-12-31", "Nobody is away for more than"), ("limit", "-5.00", "more than nothing"),
                ("limit", "lots", "should be an amount"),
            ] {
                var wrong = wish
                wrong[name] = value
                let answer = try await post(client, wrong, key)
                #expect(answer.status == .unprocessableContent, "\(name): \(value)")
                #expect(answer.text.contains(sentence), "\(answer.text)")
            }
        }
        #expect(try await house.fixture.context.store.read { try $0.delegations(endingAfter: .distantPast).isEmpty })
    }

    @Test func howLongApprovalsHaveWaitedIsMeasured() async throws {
        let house = try await ApprovalsHouse()
        _ = try await house.refund("100.00")
        _ = try await house.refund("200.00", file: 1)
        house.clock.pass(hours: 48)
        _ = try await house.refund("300.00", file: 2)
        let metrics = try await house.fixture.test { client in
            try await client.execute(uri: "/metrics", method: .get).text
        }
        for line in [
            #"mailroom_approvals_open{kind="refund"} 3"#, #"mailroom_approvals_open{kind="appeal"} 0"#,
            #"mailroom_approvals_age{age="under 1 day",kind="refund"} 1"#,
            #"mailroom_approvals_age{age="under 7 days",kind="refund"} 2"#,
            #"mailroom_approvals_age{age="30 days and more",kind="refund"} 0"#,
        ] { #expect(metrics.contains(line), "\(line)") }
        let oldest = try #require(metrics.firstMatch(of: /mailroom_approvals_oldest_seconds\{kind="refund"\} (\d+)/))
        #expect((172_800..<173_400).contains(Int(oldest.output.1) ?? 0))
    }
}
