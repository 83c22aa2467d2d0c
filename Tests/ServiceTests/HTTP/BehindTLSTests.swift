import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Service
import Testing

/// What the workbench asks of browsers when a proxy before it speaks TLS, and what becomes of sessions.
@Suite struct BehindTLSTests {
    @Test func cookiesAreForTLSAndForThisHostAlone() async throws {
        var settings = ServiceSettings()
        settings.externalURL = "https://mailroom.example.org"
        let fixture = try await WebFixture(settings: settings)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            let signedIn = try await browser.signIn("ana")
            let cookie = try #require(
                signedIn.headers[values: .setCookie].first { $0.hasPrefix("__Host-mailroom_session=") })
            #expect(cookie.contains("Secure"))
            #expect(!cookie.contains("Domain"))
            #expect(signedIn.headers[.strictTransportSecurity]?.hasPrefix("max-age=") == true)
            #expect(try await browser.get("/queues").status == .ok)
            // A neighbouring host can set the plain name, which is not looked at.
            let plain = browser.cookieHeader.replacing("__Host-", with: "")
            let thrown = try await client.execute(uri: "/queues", method: .get, headers: [.cookie: plain])
            #expect(thrown.status == .seeOther)
        }
    }

    @Test(arguments: [
        ("https://mailroom.example.org", true), ("http://localhost", true), ("https://example.org", false),
    ])
    func aFormComesFromTheAddressThatPeopleKnow(origin: String, isTaken: Bool) async throws {
        var settings = ServiceSettings()
        settings.externalURL = "https://mailroom.example.org"
        let fixture = try await WebFixture(settings: settings)
        try await fixture.test { client in
            let response = try await client.execute(
                uri: "/sign-in", method: .post, headers: [.origin: origin, .accept: "text/html"])
            // Without its token the form is refused in any case; by whom, the words tell.
            #expect(response.status == .forbidden)
            #expect(response.text.contains("The form was too old") == isTaken)
        }
    }

    @Test func plainSessionsHaveNoTLSOnTheirCookies() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let signedIn = try await WorkbenchClient(client).signIn("ana")
            let cookie = try #require(signedIn.headers[values: .setCookie].first { $0.hasPrefix("mailroom_session=") })
            #expect(!cookie.contains("Secure"))
            #expect(signedIn.headers[.strictTransportSecurity] == nil)
        }
    }

    @Test func aSessionIsNewWithEverySignInAndTheFormerOneEnds() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let former = browser.cookieHeader
            try await browser.signIn("ana")
            #expect(browser.cookieHeader != former)
            let old = try await client.execute(uri: "/queues", method: .get, headers: [.cookie: former])
            #expect(old.status == .seeOther)
            // A word that somebody planted never becomes a session.
            let planted = try await client.execute(
                uri: "/queues", method: .get, headers: [.cookie: "mailroom_session=planted"])
            #expect(planted.status == .seeOther)
            let out = try await browser.post("/sign-out", [], from: "/queues")
            #expect(out.headers[try header("Clear-Site-Data")] == "\"cache\"")
            #expect(out.headers[values: .setCookie].contains { $0.contains("mailroom_session=;") })
        }
    }
}
