import Foundation
import Hummingbird
import HummingbirdTesting
import Records
import Service
import TestSupport
import Testing

/// Signing in through a real provider, in a real browser.
@Suite(.timeLimit(.minutes(3)))
struct OpenIDInBrowserTests {
    @Test func aPersonSignsInThroughCanailleAndOutAgain() async throws {
        let (ownPort, providerPort) = (LoopbackPort.free(), LoopbackPort.free())
        let address = "http://localhost:\(ownPort)"
        let script = packageFolder.appending(path: "Tests/ServiceTests/OpenID/openid_provider.py")
        let provider = try HelperProcess(
            packageFolder.appending(path: ".venv/bin/python"),
            [script.path, "\(providerPort)", address, LyingProvider.secret], called: "Canaille", from: "Canaille")
        defer { provider.end() }
        var settings = LyingProvider.settings(issuer: "http://localhost:\(providerPort)")
        settings.externalURL = address
        settings.openID?.scopes = ["openid", "profile", "groups"]
        let fixture = try await WebFixture(settings: settings)
        _ = try await provider.said { $0.contains("ready") ? true : nil }
        let application = Application(
            router: try fixture.server.router(), configuration: .init(address: .hostname("localhost", port: ownPort)),
            logger: fixture.context.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            try await Browser.run { try await Self.visit($0, at: address, providerPort) }
            group.cancelAll()
        }
        let users = try await fixture.context.store.read { try $0.users() }
        #expect(users.map(\.name) == ["ana-diaz"])
        #expect(users.map(\.role) == ["reviewer"])
    }

    private static func visit(_ browser: Browser, at address: String, _ providerPort: Int) async throws {
        func wait(_ what: String, until holds: () async throws -> Bool) async throws {
            try await eventually(what) { try await holds() ? true : nil }
        }
        try await eventually("the service to answer") { try? await browser.open("\(address)/intake") }
        #expect(try await browser.text().contains("Sign in with your hospital account"))
        // By keyboard alone: the button is the first thing after the frame's links.
        try await browser.script("document.querySelector('a.button').focus()")
        try await browser.press(Key.enter)
        try await wait("the provider's page") { try await browser.address().contains(":\(providerPort)/login") }
        try await browser.type("ana", into: "#login")
        try await browser.press(Key.enter)
        try await wait("the provider's question") { try await browser.address().contains("/auth/password") }
        try await browser.type("correct horse battery", into: "#password")
        try await browser.press(Key.enter)
        try await wait("the page that was wanted") { try await browser.address() == "\(address)/intake" }
        #expect(try await browser.text().contains("ana-diaz"))
        try await browser.click(".who button")
        try await wait("the provider's sign-out") { try await browser.address().contains("/oauth/end_session") }
        try await browser.open("\(address)/queues")
        #expect(try await browser.address().hasPrefix("\(address)/sign-in"))
        // The provider's pages are its own; that signing out cleared the cache is told as well.
        let own = try await browser.complaints().filter { $0.contains(address) && !$0.contains("Cleared data types") }
        #expect(own == [])
    }
}
