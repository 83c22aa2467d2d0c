import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import Testing

/// `/v1/approvals`: what other systems ask for.
@Suite struct ApprovalsHTTPTests {
    private static let wish =
        #"{"kind":"write_off","amount":"1500.00","facility":"north","reference":"A-17","prepared_by":["dora"]}"#

    private func post(
        _ client: any TestClientProtocol, _ uri: String, _ body: String, _ key: HTTPFields, idempotency: String? = nil
    ) async throws -> TestResponse {
        var headers = key
        headers[.contentType] = "application/json"
        if let idempotency { headers[try header("Idempotency-Key")] = idempotency }
        return try await client.execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    @Test func whatIsAskedForTwiceWithOneKeyIsAskedForOnce() async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader()
        try await house.fixture.test { client in
            var locations: Set<String> = []
            for _ in 1...3 {
                let answer = try await post(client, "/v1/approvals", Self.wish, key, idempotency: "7")
                #expect(answer.status == .created)
                locations.insert(answer.headers[.location] ?? "")
            }
            #expect(locations.count == 1)
            let other = Self.wish.replacing("1500", with: "1501")
            #expect(
                try await post(client, "/v1/approvals", other, key, idempotency: "7").status == .unprocessableContent)
            let preparedByAnother = Self.wish.replacing("dora", with: "mia")
            #expect(
                try await post(client, "/v1/approvals", preparedByAnother, key, idempotency: "7").status
                    == .unprocessableContent)
            let second = try await house.fixture.keyHeader(name: "other")
            let theirs = try await post(client, "/v1/approvals", other, second, idempotency: "7")
            #expect(theirs.status == .created)
            let list = try await client.execute(uri: "/v1/approvals?status=requested", method: .get, headers: key)
            #expect((try list.json()["approvals"] as? [Any])?.count == 2)
            let shown = try await client.execute(uri: locations.first ?? "", method: .get, headers: key).json()
            #expect(shown["may_decide"] as? [String] == ["dirk"], "dora prepared it, managers go up to 1,000")
            #expect(shown["approvals_missing"] as? Int == 1 && shown["amount"] as? String == "1500.00")
        }
    }

    @Test func aMachineNeverDecidesAndTakesBackOnlyItsOwn() async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader()
        let other = try await house.fixture.keyHeader(name: "other")
        let manager = try await house.fixture.keyHeader(.director, name: "robot")
        try await house.fixture.test { client in
            let asked = try await post(client, "/v1/approvals", Self.wish, key).json()
            let uri = "/v1/approvals/\(asked["id"] as? String ?? "")"
            let hash = asked["content_sha256"] as? String ?? ""
            let order = "{\"content_sha256\":\"\(hash)\",\"reason\":\"x\"}"
            for verb in ["approve", "refuse"] {
                let answer = try await post(client, "\(uri)/\(verb)", order, manager)
                #expect(answer.status == .forbidden && answer.text.contains("a person decides it"))
            }
            #expect(try await post(client, "\(uri)/withdraw", order, other).status == .forbidden)
            #expect(try await post(client, "\(uri)/withdraw", "{}", key).status == .unprocessableContent)
            #expect(try await post(client, "\(uri)/withdraw", order, key).json()["status"] as? String == "withdrawn")
            #expect(try await post(client, "\(uri)/withdraw", order, key).status == .conflict)
        }
    }

    @Test func whatIsChangedIsNotWhatWasApproved() async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader()
        let wish = Self.wish.replacing("1500.00", with: "90000.00").replacing("dora", with: "mia")
        try await house.fixture.test { client in
            let asked = try await post(client, "/v1/approvals", wish, key).json()
            let id = asked["id"] as? String ?? ""
            let hash = asked["content_sha256"] as? String ?? ""
            #expect(
                try await WorkbenchClient.at(client, "dora").decide("approve", on: id).status == .seeOther)
            let changed = wish.replacing("90000.00", with: "95000.00").dropLast() + ",\"content_sha256\":\"\(hash)\"}"
            let answer = try await post(client, "/v1/approvals/\(id)/change", String(changed), key)
            #expect(try answer.json()["revision"] as? Int == 2)
            let stale = try await post(client, "/v1/approvals/\(id)/change", String(changed), key)
            #expect(stale.status == .preconditionFailed)
            let dirk = try await WorkbenchClient.at(client, "dirk")
            #expect(try await dirk.decide("approve", on: id).status == .seeOther)
            #expect(try await house.approval(id).status == .requested, "Dora's approval was of another amount")
            #expect(
                try await WorkbenchClient.at(client, "dora").decide("approve", on: id).status == .seeOther)
            #expect(try await house.approval(id).status == .approved)
            #expect(
                try await house.events(id)
                    == ["requested", "approved_first", "requested", "approved_first", "approved"])
        }
    }

    @Test func onePerDocumentAndKindAndOnlyOfWhatIsAccepted() async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader()
        let (document, first) = try await house.refund("900.00")
        let (waiting, _) = try await SampleLetter.seed(
            house.fixture.context, document: ApprovalsHouse.letter("10.00"), bytes: SampleLetter.png + Data([9]))
        try await house.fixture.test { client in
            func ask(_ kind: String, _ id: String) async throws -> TestResponse {
                try await post(
                    client, "/v1/approvals", "{\"kind\":\"\(kind)\",\"amount\":\"10.00\",\"document_id\":\"\(id)\"}",
                    key)
            }
            let second = try await ask("refund", document)
            #expect(second.status == .unprocessableContent && second.text.contains(first.id))
            #expect(try await ask("write_off", document).status == .created)
            let early = try await ask("refund", waiting.id)
            #expect(early.status == .unprocessableContent && early.text.contains("in review"))
        }
    }

    @Test func aChangeKeepsThePreparersAndTheEarlierEnd() async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader()
        let wish = #"{"kind":"invoice","amount":"10.00","prepared_by":["mia"]}"#
        try await house.fixture.test { client in
            let asked = try await post(client, "/v1/approvals", wish, key).json()
            let id = asked["id"] as? String ?? ""
            let hash = asked["content_sha256"] as? String ?? ""
            #expect(try await house.approval(id).expiresAt == nil)
            let changed = #"{"kind":"refund","amount":"10.00","prepared_by":["max"],"content_sha256":"\#(hash)"}"#
            #expect(try await post(client, "/v1/approvals/\(id)/change", changed, key).status == .ok)
            let kept = try await house.approval(id)
            #expect(kept.expiresAt != nil && kept.involved.map(\.person) == ["mia", "max"])
            let shown = try await client.execute(uri: "/v1/approvals/\(id)", method: .get, headers: key).json()
            #expect(shown["may_decide"] as? [String] == ["dirk", "dora"])
        }
    }

    @Test(arguments: [
        (#"{"kind":"holiday","amount":"1.00"}"#, 422), (#"{"kind":"refund","amount":"-1.00"}"#, 422),
        (#"{"kind":"refund","amount":"1"}"#, 400), (#"{"kind":"refund"}"#, 400), ("", 400),
        (#"{"kind":"refund","amount":"1.00","document_id":"nowhere"}"#, 422),
        (#"{"kind":"refund","amount":"0.00"}"#, 201),
        (#"{"kind":"refund","amount":"1.00","prepared_by":["Dora"]}"#, 422),
        (#"{"kind":"refund","amount":"1.00","reference":"\#(String(repeating: "x", count: 201))"}"#, 422),
    ])
    func whatCannotBeAskedForIsRefused(body: String, status: Int) async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader()
        try await house.fixture.test { client in
            let answer = try await post(client, "/v1/approvals", body, key)
            #expect(answer.status.code == status, "\(answer.text)")
        }
    }

    @Test func whoIsLimitedAsksForAndSeesTheirOwnFacility() async throws {
        let house = try await ApprovalsHouse()
        let key = try await house.fixture.keyHeader()
        try await house.fixture.accounts.limit(
            userNamed: "dirk", to: Reach(facilities: ["south"]), by: "test")
        try await house.fixture.test { client in
            let asked = try await post(client, "/v1/approvals", Self.wish, key).json()
            let id = asked["id"] as? String ?? ""
            let dirk = try await WorkbenchClient.at(client, "dirk")
            #expect(try await dirk.get("/approvals/\(id)").status == .notFound)
            let shown = try await client.execute(uri: "/v1/approvals/\(id)", method: .get, headers: key).json()
            #expect(shown["may_decide"] as? [String] == [], "Dora prepared it and Dirk is limited to another place")
        }
    }
}
