import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Records
import Service
import Testing

struct AccountsHTTPTests {
    private let list = """
        account_number,patient_name,dob,charges
        40017723,"SMITH, JOHN A",1961-05-04,4123.50
        40017724,"DOE, JANE",soon,10.00

        """

    private func post(
        _ body: String, to fixture: WebFixture, headers: HTTPFields, query: String = ""
    ) async throws -> TestResponse {
        try await fixture.test { client in
            try await client.execute(
                uri: "/v1/accounts\(query)", method: .post, headers: headers, body: ByteBuffer(string: body))
        }
    }

    private func counts(_ response: TestResponse) throws -> [Int] {
        let answer = try response.json()
        return ["added", "changed", "unchanged", "closed", "refused", "open_count"].compactMap { answer[$0] as? Int }
    }

    @Test func accountsAreTakenOnceAndOnRecord() async throws {
        let fixture = try await WebFixture()
        var headers = try await fixture.keyHeader()
        headers[.contentType] = "text/csv; charset=utf-8"
        let first = try await post(list, to: fixture, headers: headers)
        #expect(first.status == .ok)
        #expect(try counts(first) == [1, 0, 0, 0, 1, 1])
        let refusals = try #require(try first.json()["refusals"] as? [[String: String]])
        #expect(refusals.first?["place"] == "line 3")
        #expect(refusals.first?["detail"]?.contains("the value is no day of the calendar") == true)
        #expect(try counts(try await post(list, to: fixture, headers: headers)) == [0, 0, 1, 0, 1, 1])
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: "accounts") }
        #expect(trail.map(\.action) == ["accounts.imported", "accounts.imported"])
        #expect(trail.first?.actor == "key:engine")
        #expect(trail.first?.detail["added"] == "1")
        #expect(trail.first?.detail["replace"] == "no")
        #expect(trail.first?.detail.values.contains { $0.contains("SMITH") } == false)
    }

    @Test func aWholeListClosesTheOthersUnlessARowIsRefused() async throws {
        let fixture = try await WebFixture()
        var headers = try await fixture.keyHeader()
        headers[.contentType] = "application/json"
        let two = #"[{"account":"111111","patient":"A B"},{"account":"222222","patient":"C D"}]"#
        _ = try await post(two, to: fixture, headers: headers)
        let torn = #"[{"account":"111111","patient":"A B"},{"account":"222222"}]"#
        let kept = try await post(torn, to: fixture, headers: headers, query: "?replace=true")
        #expect(try counts(kept) == [0, 0, 1, 0, 1, 2])
        #expect((try kept.json()["notice"] as? String)?.hasPrefix("No account was closed") == true)
        let one = #"[{"account":"111111","patient":"A B"}]"#
        let closed = try await post(one, to: fixture, headers: headers, query: "?replace=true")
        #expect(try counts(closed) == [0, 0, 1, 1, 0, 1])
    }

    @Test func aListThatWouldCloseMostAccountsNeedsForce() async throws {
        let fixture = try await WebFixture()
        let headers = try await fixture.keyHeader()
        let rows = (1...41).map { "\(100_000 + $0),A B\n" }
        let whole = "account,patient\n" + rows.joined()
        _ = try await post(whole, to: fixture, headers: headers)
        let part = "account,patient\n" + rows.prefix(20).joined()
        let refused = try await post(part, to: fixture, headers: headers, query: "?replace=true")
        #expect(refused.status == .unprocessableContent)
        #expect((try refused.json()["detail"] as? String)?.contains("would close 21 of 41 open accounts") == true)
        #expect(try await fixture.context.store.read { try $0.openAccountCount() } == 41)
        let forced = try await post(part, to: fixture, headers: headers, query: "?replace=true&force=true")
        #expect(try counts(forced) == [0, 0, 20, 21, 0, 20])
        let last = try await fixture.context.store.read { try $0.auditTrail(subject: "accounts") }.last
        #expect(last?.detail["replace"] == "yes")
        #expect(last?.detail["forced"] == "true")
    }

    @Test func theSameKeyGivesTheFirstAnswerAgain() async throws {
        let fixture = try await WebFixture()
        var headers = try await fixture.keyHeader()
        headers[try header("Idempotency-Key")] = "night-1"
        let first = try await post(list, to: fixture, headers: headers)
        let second = try await post(list, to: fixture, headers: headers)
        #expect(try counts(first) == counts(second))
        let other = try await post(list + "1234567,\"ROE, RAY\",,\n", to: fixture, headers: headers)
        #expect(other.status == .unprocessableContent)
        #expect(try await fixture.context.store.read { try $0.auditTrail(subject: "accounts") }.count == 1)
    }

    @Test(arguments: [
        ("name,dob\n", "text/csv", "", HTTPResponse.Status.unprocessableContent),
        ("account,patient\n", "text/csv", "?replace=true", .unprocessableContent),
        ("{", "application/json", "", .unprocessableContent), ("a", "application/pdf", "", .unsupportedMediaType),
        ("account,patient\n123456,A B\n", "text/csv", "?replace=perhaps", .badRequest),
    ])
    func whatIsOfNoUseIsRefused(body: String, mediaType: String, query: String, status: HTTPResponse.Status)
        async throws
    {
        let fixture = try await WebFixture()
        var headers = try await fixture.keyHeader()
        headers[.contentType] = mediaType
        let response = try await post(body, to: fixture, headers: headers, query: query)
        #expect(response.status == status)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(try await fixture.context.store.read { try $0.accountCount() } == 0)
    }

    @Test func whoMayNotBringAccountsIsRefused() async throws {
        let fixture = try await WebFixture()
        #expect(try await post(list, to: fixture, headers: [:]).status == .unauthorized)
        let reviewer = try await fixture.keyHeader(.reviewer, name: "reviewer")
        #expect(try await post(list, to: fixture, headers: reviewer).status == .forbidden)
    }

    @Test func theAnswerIsAsDescribed() async throws {
        let fixture = try await WebFixture()
        let found = Set(try await post(list, to: fixture, headers: try await fixture.keyHeader()).json().keys)
        try await fixture.test { client in
            let description = try await client.execute(uri: "/v1/openapi.json", method: .get).json()
            let schemas = (description["components"] as? [String: Any])?["schemas"] as? [String: Any]
            let schema = try #require(schemas?["AccountImport"] as? [String: Any])
            let properties = try #require(schema["properties"] as? [String: Any])
            #expect(found.isSubset(of: properties.keys))
            #expect(Set(try #require(schema["required"] as? [String])).isSubset(of: found))
        }
    }
}
