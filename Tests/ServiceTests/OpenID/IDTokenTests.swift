import Crypto
import Foundation
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Synchronization
import Testing

/// ID tokens that lie, each in its own way, and those that do not.
@Suite struct IDTokenTests {
    struct Telling: Sendable {
        let what: String
        let change: @Sendable (inout LyingProvider.Speech) -> Void

        init(_ what: String, _ change: @escaping @Sendable (inout LyingProvider.Speech) -> Void) {
            (self.what, self.change) = (what, change)
        }
    }

    static let lies = [
        Telling("another issuer") { $0.claims["iss"] = .text("https://evil.example") },
        Telling("another audience") { $0.claims["aud"] = .text("payroll") },
        Telling("no audience") { $0.claims["aud"] = .absent },
        Telling("several audiences, given to nobody") { $0.claims["aud"] = .list(["mailroom", "payroll"]) },
        Telling("given to another client") { $0.claims["azp"] = .text("payroll") },
        Telling("ran out") { $0.claims["exp"] = .seconds(-120) },
        Telling("runs out never") { $0.claims["exp"] = .absent },
        Telling("of a time to come") { $0.claims["iat"] = .seconds(300) },
        Telling("not good yet") { $0.claims["nbf"] = .seconds(300) },
        Telling("of another sign-in") { $0.claims["nonce"] = .text("n") },
        Telling("of no sign-in") { $0.claims["nonce"] = .absent },
        Telling("about nobody") { $0.claims["sub"] = .text("") },
        Telling("not signed") { $0.algorithm = "none" },
        Telling("signed with what is public") { $0.algorithm = "HS256" },
        Telling("signed with another algorithm than its key's") { $0.algorithm = "RS256" },
        Telling("signed by somebody else") { $0.foreignKey = P256.Signing.PrivateKey() },
        Telling("other claims under the signature") { $0.tampers = true },
        Telling("an extension that must be understood") { $0.headerMore = ["crit": "b64"] },
        Telling("what it tells outside is about another person") { speech in
            speech.groups = nil
            speech.userInfo = ["sub": "s-2", "groups": "mailroom-administrators"]
        },
    ]

    @Test func aLieSignsNobodyIn() async throws {
        try await Self.tell(Self.lies) { browser, response, what in
            #expect(response.status == .unauthorized, "\(what)")
            #expect(response.text.contains("proves nothing"), "\(what)")
            let queues = try await browser.get("/queues")
            #expect(queues.status == .seeOther, "\(what)")
        } afterwards: { house in
            let users = try await house.fixture.context.store.read { try $0.users() }
            #expect(users.isEmpty)
        }
    }

    static let truths = [
        Telling("ES256") { _ in },
        Telling("RS256") { speech in
            speech.usesRSA = true
            speech.algorithm = "RS256"
        },
        Telling("a token that does not say which key") { $0.namesKey = false },
        Telling("several audiences, given to us") { speech in
            speech.claims["aud"] = .list(["mailroom", "payroll"])
            speech.claims["azp"] = .text("mailroom")
        },
        Telling("a clock half a minute late") { speech in
            speech.claims["iat"] = .seconds(30)
            speech.claims["nbf"] = .seconds(30)
        },
        Telling("a clock half a minute early") { $0.claims["exp"] = .seconds(-30) },
        Telling("groups told outside of the token") { speech in
            speech.groups = nil
            speech.userInfo = ["sub": "s-1", "groups": "mailroom-reviewers"]
        },
    ]

    @Test func aTruthSignsIn() async throws {
        try await Self.tell(Self.truths) { browser, response, what in
            #expect(response.status == .seeOther, "\(what): \(response.text)")
            let queues = try await browser.get("/queues")
            #expect(queues.text.contains("ana.diaz-hospital.example"), "\(what)")
        }
    }

    /// Has the provider tell one thing after another, each to a browser of its own.
    private static func tell(
        _ tellings: [Telling],
        _ look: @escaping @Sendable (WorkbenchClient, TestResponse, String) async throws -> Void,
        afterwards: @escaping @Sendable (OpenIDHouse) async throws -> Void = { _ in }
    ) async throws {
        try await OpenIDHouse.run { house in
            let honest = house.provider.speech.withLock { $0 }
            for telling in tellings {
                house.provider.say { speech in
                    speech = honest
                    telling.change(&speech)
                }
                let browser = WorkbenchClient(house.client)
                try await look(browser, try await house.signIn(browser), telling.what)
            }
            try await afterwards(house)
        }
    }

    @Test func aKeyThatWasChangedIsAskedFor() async throws {
        try await OpenIDHouse.run { house in
            let before = try await house.signIn(WorkbenchClient(house.client))
            #expect(before.status == .seeOther)
            house.provider.rotate()
            let after = try await house.signIn(WorkbenchClient(house.client))
            #expect(after.status == .seeOther)
        }
    }
}
