import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

struct ServiceHTTPTests {
    @Test func healthTellsWhatAPersonShouldLookAt() async throws {
        let fixture = try await WebFixture()
        try await fixture.test { client in
            let well = try await client.execute(uri: "/health", method: .get)
            #expect(well.status == .ok)
            #expect(try well.json()["status"] as? String == "ok")
        }
        try await fixture.context.store.write { transaction in
            let step = Step(id: "01", kind: .read, subject: "abc", availableAt: .distantPast, correlationID: "c")
            _ = try transaction.enqueue(step)
            let claimed = try #require(
                try transaction.claim(kinds: [.read], owner: "w", now: Date(), leaseSeconds: 9))
            try transaction.park(claimed, error: "gave up")
        }
        try await fixture.test { client in
            let degraded = try await client.execute(uri: "/health", method: .get)
            #expect(degraded.status == .ok)
            #expect(try degraded.json()["status"] as? String == "degraded")
            #expect(try degraded.json()["steps_parked"] as? Int == 1)
        }
    }

    @Test func healthSaysThatTheStoreIsGone() async throws {
        let fixture = try await WebFixture()
        try await fixture.context.store.close()
        try await fixture.test { client in
            let response = try await client.execute(uri: "/health", method: .get)
            #expect(response.status == .serviceUnavailable)
            #expect(try response.json()["status"] as? String == "unavailable")
        }
    }

    @Test func metricsCountRequestsAndWhatIsInTheStore() async throws {
        let fixture = try await WebFixture()
        _ = try await SampleLetter.seed(fixture.context)
        try await fixture.test { client in
            _ = try await client.execute(uri: "/health", method: .get)
            let metrics = try await client.execute(uri: "/metrics", method: .get)
            #expect(metrics.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
            let lines = metrics.text.split(separator: "\n").map(String.init)
            #expect(lines.contains("mailroom_documents{status=\"in_review\"} 1"))
            #expect(lines.contains("mailroom_arrivals_unaccounted 0"))
            #expect(lines.contains("mailroom_review_tasks{queue=\"letters\",status=\"open\"} 1"))
            #expect(
                lines.contains("http_request_duration_seconds_count{method=\"GET\",route=\"/health\",status=\"200\"} 1")
            )
        }
    }

    @Test func everyOperationOfTheDescriptionExists() async throws {
        let fixture = try await WebFixture()
        let key = try await fixture.keyHeader(.administrator, name: "all")
        try await fixture.test { client in
            let description = try await client.execute(uri: "/v1/openapi.json", method: .get).json()
            #expect(description["openapi"] as? String == "3.1.0")
            let paths = try #require(description["paths"] as? [String: [String: Any]])
            #expect(paths.count >= 7)
            for (path, operations) in paths {
                for method in operations.keys where ["get", "post"].contains(method) {
                    let uri = path.replacing("{id}", with: "unknown").replacing("{number}", with: "1").replacing(
                        "{hash}", with: "unknown")
                    let response = try await client.execute(
                        uri: uri, method: method == "get" ? .get : .post, headers: key)
                    let detail = try? response.json()["detail"] as? String
                    #expect(detail?.hasPrefix("No page or resource has this address") != true, "\(method) \(path)")
                    let documented = (operations[method] as? [String: Any])?["responses"] as? [String: Any]
                    #expect(documented?["\(response.status.code)"] != nil, "\(method) \(path) \(response.status)")
                }
            }
        }
    }

    @Test func anUnknownAddressIsAProblemForProgramsAndAPageForPeople() async throws {
        let fixture = try await WebFixture()
        try await fixture.test { client in
            let program = try await client.execute(uri: "/nowhere", method: .get)
            #expect(program.status == .notFound)
            #expect(program.headers[.contentType] == "application/problem+json")
            let person = try await client.execute(
                uri: "/nowhere", method: .get, headers: [.accept: "text/html,application/xhtml+xml"])
            #expect(person.status == .notFound)
            #expect(person.headers[.contentType] == "text/html; charset=utf-8")
            #expect(person.text.contains("There is nothing here"))
        }
    }

    @Test(arguments: ["/sign-in", "/health", "/nowhere", "/static/workbench.css"])
    func everyResponseForbidsWhatItDoesNotNeed(uri: String) async throws {
        let fixture = try await WebFixture()
        try await fixture.test { client in
            let response = try await client.execute(uri: uri, method: .get)
            let policy = try #require(response.headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'"))
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe"))
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
        }
    }
}
