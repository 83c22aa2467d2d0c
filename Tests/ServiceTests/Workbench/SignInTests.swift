import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

struct SignInTests {
    @Test func aPersonSignsInAndOut() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            let stranger = try await browser.get("/queues/letters")
            #expect(stranger.status == .seeOther)
            #expect(stranger.headers[.location] == "/sign-in?next=/queues/letters")

            let signedIn = try await browser.signIn("ana")
            #expect(signedIn.headers[.location] == "/queues")
            let cookie = try #require(
                signedIn.headers[values: .setCookie].first { $0.hasPrefix("mailroom_session=") })
            #expect(cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Lax"))
            #expect(try await browser.get("/queues").status == .ok)

            let out = try await browser.post("/sign-out", [], from: "/queues")
            #expect(out.headers[.location] == "/sign-in")
            #expect(try await browser.get("/queues").status == .seeOther)
        }
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: "user:ana") }
        #expect(trail.map(\.action) == ["user.added", "session.began", "session.ended"])
    }

    @Test func theFirstUserIsMadeOnceWithARandomPassword() async throws {
        let fixture = try await WebFixture()
        let first = try #require(try await fixture.accounts.createFirstUser())
        #expect(try await fixture.accounts.createFirstUser() == nil)
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            let signedIn = try await browser.signIn(first.name, password: first.password)
            #expect(signedIn.headers[.location] == "/queues")
        }
    }

    @Test func guessingIsSlowedDown() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            for _ in 1...5 {
                #expect(try await browser.signIn("ana", password: "a wrong password").status == .unauthorized)
            }
            let throttled = try await browser.signIn("ana")
            #expect(throttled.status == .tooManyRequests)
            #expect(throttled.headers[.retryAfter] != nil)
        }
    }

    @Test func aFormWithoutItsTokenIsRefused() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            let foreign = try await browser.send(
                "/sign-in", [("name", "ana"), ("password", WorkbenchClient.password), ("form_token", "guess")])
            #expect(foreign.status == .forbidden)
            try await browser.signIn("ana")
            let forged = try await browser.send("/queues/letters/next", [("form_token", "guess")])
            #expect(forged.status == .forbidden)
        }
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "/queues?x=//evil"])
    func signingInLeadsToOurOwnPagesOnly(next: String) async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            let response = try await browser.post(
                "/sign-in", [("name", "ana"), ("password", WorkbenchClient.password), ("next", next)], from: "/sign-in")
            #expect(response.headers[.location] == "/")
        }
    }

    @Test(arguments: [("Ana", "correct horse battery"), ("", "correct horse battery"), ("ana", "short")])
    func accountsNeedAProperNameAndPassword(name: String, password: String) async throws {
        let fixture = try await WebFixture()
        await #expect(throws: AccountError.self) {
            try await fixture.accounts.addUser(name: name, role: .reviewer, password: password, by: "test")
        }
    }
}
