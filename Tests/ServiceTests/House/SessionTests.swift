import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Synchronization
import Testing

/// Locks and ends that come with time; the clock goes as the test says.
@Suite struct SessionTests {
    private final class Clock: Sendable {
        private let time = Mutex(Date(timeIntervalSince1970: 1_790_000_000))
        var now: Date { time.withLock { $0 } }
        func pass(minutes: Double) { time.withLock { $0 += minutes * 60 } }
    }

    private func house(_ settings: ServiceSettings = ServiceSettings()) async throws -> (WebFixture, Clock) {
        let clock = Clock()
        let fixture = try await WebFixture(settings: settings, clock: { clock.now })
        try await fixture.addUser("ana")
        return (fixture, clock)
    }

    @Test func aSessionEndsWhenNobodyWorksAndAtTheEndOfTheDay() async throws {
        let (fixture, clock) = try await house()
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            for _ in 0..<20 {
                clock.pass(minutes: 25)
                #expect(try await browser.get("/queues").status == .ok)
            }
            clock.pass(minutes: 31)
            #expect(try await browser.get("/queues").status == .seeOther)
            try await browser.signIn("ana")
            for _ in 0..<35 {
                clock.pass(minutes: 20)
                #expect(try await browser.get("/queues").status == .ok)
            }
            clock.pass(minutes: 21)
            #expect(try await browser.get("/queues").status == .seeOther, "12 hours are over")
        }
    }

    @Test func aSentFormLeadsBackToItsPage() async throws {
        let (fixture, _) = try await house()
        try await fixture.test { client in
            let response = try await client.execute(
                uri: "/tasks/T1/priority", method: .post,
                headers: [.referer: "http://mailroom.example/tasks/T1?x=1", .accept: "text/html"])
            #expect(response.headers[.location] == "/sign-in?next=/tasks/T1")
            let elsewhere = try await client.execute(
                uri: "/tasks/T1", method: .post, headers: [.referer: "http://evil.example//evil"])
            #expect(elsewhere.headers[.location] == "/sign-in")
        }
    }

    @Test func aLockOutlastsARestartAndGrowsAndIsForgiven() async throws {
        let (fixture, clock) = try await house()
        try await fixture.addUser("mia", .administrator)
        try await fixture.test { client in
            for name in ["ana", "nobody"] {
                let browser = WorkbenchClient(client)
                for _ in 1...5 {
                    #expect(try await browser.signIn(name, password: "wrong password").status == .unauthorized)
                }
                let locked = try await browser.signIn(name)
                #expect(locked.status == .tooManyRequests)
                #expect(locked.headers[.retryAfter] == "30", "a name that nobody has is told alike")
            }
        }
        // The same store after a restart.
        let accounts = try Accounts(store: fixture.context.store, policy: fixture.context.policies)
        let server = WebServer(context: fixture.context, accounts: accounts, metrics: PrometheusRegistry())
        try await server.test { client in
            let browser = WorkbenchClient(client)
            #expect(try await browser.signIn("ana").status == .tooManyRequests)
            clock.pass(minutes: 0.6)
            #expect(try await browser.signIn("ana", password: "wrong password").status == .unauthorized)
            #expect(try await browser.signIn("ana").headers[.retryAfter] == "60")
            let mia = WorkbenchClient(client)
            try await mia.signIn("mia")
            #expect(try await mia.get("/people").text.contains("locked until"))
            let ana = try #require(try await fixture.context.store.read { try $0.user(named: "ana")?.id })
            _ = try await mia.post("/people/\(ana)", [("action", "unlock")], from: "/people/\(ana)")
            #expect(try await browser.signIn("ana").status == .seeOther)
        }
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: "user:ana") }
        #expect(trail.contains { $0.action == "user.unlocked" && $0.actor == "user:mia" })
    }
}
