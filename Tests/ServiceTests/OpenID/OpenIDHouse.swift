import Foundation
import Hummingbird
import HummingbirdTesting
import Service
import Synchronization
import Testing

/// A service whose people sign in through a provider that the test speaks for.
struct OpenIDHouse: Sendable {
    let provider: LyingProvider
    let fixture: WebFixture
    let client: any TestClientProtocol
    private let clock: LateClock

    /// Runs `body` with both on loopback.
    static func run(
        settings change: @escaping @Sendable (inout OpenIDSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (OpenIDHouse) async throws -> Void
    ) async throws {
        let provider = LyingProvider()
        let clock = LateClock()
        try await Application(router: provider.router()).test(.live) { live in
            let issuer = "http://127.0.0.1:\(try #require(live.port))"
            provider.say { $0.issuer = issuer }
            var settings = LyingProvider.settings(issuer: issuer)
            if var openID = settings.openID {
                change(&openID)
                settings.openID = openID
            }
            let fixture = try await WebFixture(settings: settings, clock: { clock.now })
            try await fixture.test { client in
                try await body(OpenIDHouse(provider: provider, fixture: fixture, client: client, clock: clock))
            }
        }
    }

    /// Lets time pass for the service.
    func pass(hours: Double) { clock.late.withLock { $0 += hours * 3600 } }

    /// Goes to the provider; gives what the address asks of it.
    func leave(_ browser: WorkbenchClient, next: String = "/intake") async throws -> [String: String] {
        let response = try await browser.get("/sign-in/openid?next=\(next)")
        #expect(response.status == .seeOther, "\(response.text)")
        let address = try #require(URLComponents(string: response.headers[.location] ?? ""))
        let asked = (address.queryItems ?? []).reduce(into: [:]) { $0[$1.name] = $1.value ?? "" }
        provider.nonce.withLock { $0 = asked["nonce"] ?? "" }
        return asked
    }

    func comeBack(_ browser: WorkbenchClient, state: String?, more: String = "&code=c0de") async throws -> TestResponse
    {
        try await browser.get("/sign-in/openid/return?state=\(state ?? "")\(more)")
    }

    /// To the provider and back.
    func signIn(_ browser: WorkbenchClient) async throws -> TestResponse {
        try await comeBack(browser, state: try await leave(browser)["state"])
    }
}

/// A clock that a test puts forward.
private final class LateClock: Sendable {
    let late = Mutex(0.0)

    var now: Date { Date() + late.withLock { $0 } }
}
