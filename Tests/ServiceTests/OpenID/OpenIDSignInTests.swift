import Crypto
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Synchronization
import Testing

/// To the provider and back, and who a person is here then.
@Suite struct OpenIDSignInTests {
    @Test func theFirstSignInMakesAPersonAndTheNextFindsThem() async throws {
        try await OpenIDHouse.run { house in
            let browser = WorkbenchClient(house.client)
            let page = try await browser.get("/sign-in?next=/intake")
            #expect(page.text.contains("Sign in with your hospital account"))
            #expect(page.text.contains("/sign-in/openid?next=/intake"))
            let first = try await house.signIn(browser)
            #expect(first.headers[.location] == "/intake")
            let cookies = first.headers[values: .setCookie]
            #expect(cookies.contains { $0.hasPrefix("mailroom_session=") && $0.contains("HttpOnly") })
            #expect(cookies.contains { $0.hasPrefix("mailroom_openid=;") })
            // What they are called has changed; who they are has not.
            house.provider.say { $0.name = "Ana Other" }
            #expect(try await house.signIn(WorkbenchClient(house.client)).status == .seeOther)
            let users = try await house.fixture.context.store.read { try $0.users() }
            #expect(users.map(\.name) == ["ana.diaz-hospital.example"])
            #expect(users.map(\.role) == ["reviewer"])
            let trail = try await house.fixture.context.store.read {
                try $0.auditTrail(subject: "user:ana.diaz-hospital.example")
            }
            #expect(trail.map(\.action) == ["user.added", "session.began", "session.began"])
            #expect(trail.first?.detail["subject"] == "s-1")
        }
    }

    @Test func theCodeIsExchangedWithItsVerifierAndTheSecret() async throws {
        try await OpenIDHouse.run { house in
            let browser = WorkbenchClient(house.client)
            let asked = try await house.leave(browser)
            #expect(asked["response_type"] == "code")
            #expect(asked["code_challenge_method"] == "S256")
            #expect(asked["redirect_uri"] == "http://localhost/sign-in/openid/return")
            #expect(asked["tenant"] == "1")
            _ = try await house.comeBack(browser, state: asked["state"])
            let form = try #require(house.provider.forms.withLock { $0.first })
            let pair = Data("mailroom:s3cret%20%26%20more".utf8).base64EncodedString()
            #expect(form.authorization == "Basic \(pair)")
            #expect(!form.body.contains("s3cret"))
            let verifier = try #require(form.body.firstMatch(of: /code_verifier=([A-Za-z0-9_-]+)/)).output.1
            let hash = Data(SHA256.hash(data: Data(verifier.utf8))).base64EncodedString()
            #expect(
                asked["code_challenge"]
                    == hash.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""))
        }
    }

    @Test func anAnswerServesOnceSoonAndInItsOwnBrowser() async throws {
        try await OpenIDHouse.run { house in
            func refused(_ response: TestResponse, _ what: String) {
                #expect(response.status == .badRequest, "\(what)")
                #expect(response.text.contains("took too long, was used already, or began in another browser"))
            }
            let (ana, eve) = (WorkbenchClient(house.client), WorkbenchClient(house.client))
            let state = try await house.leave(ana)["state"]
            let kept = ana.cookieHeader
            refused(try await house.comeBack(eve, state: state), "no cookie")
            refused(try await house.comeBack(ana, state: "guess"), "another state")
            // The refusal took the cookie away; a browser that kept it all the same gets in once.
            func answer() async throws -> TestResponse {
                try await house.client.execute(
                    uri: "/sign-in/openid/return?state=\(state ?? "")&code=c0de", method: .get,
                    headers: [.cookie: kept, .accept: "text/html"])
            }
            #expect(try await answer().status == .seeOther)
            refused(try await answer(), "twice")
            let late = try await house.leave(ana)["state"]
            house.pass(hours: 0.2)
            refused(try await house.comeBack(ana, state: late), "late")
        }
    }

    @Test func aProviderThatRefusesOrIsAnotherLetsNobodyIn() async throws {
        try await OpenIDHouse.run { house in
            let browser = WorkbenchClient(house.client)
            let denied = try await house.comeBack(
                browser, state: try await house.leave(browser)["state"], more: "&error=access_denied")
            #expect(denied.status == .unauthorized)
            #expect(denied.text.contains("did not let you in"))
            let other = try await house.comeBack(
                browser, state: try await house.leave(browser)["state"], more: "&code=c&iss=https%3A%2F%2Fevil.example")
            #expect(other.status == .unauthorized)
            house.provider.say { $0.tokenStatus = .badRequest }
            let spent = try await house.signIn(browser)
            #expect(spent.status == .unauthorized)
            #expect(house.provider.forms.withLock { $0.count } == 1)
        }
    }

    @Test func aProviderThatIsDownOrMisdescribedIsSaidToBe() async throws {
        try await OpenIDHouse.run { house in
            let browser = WorkbenchClient(house.client)
            house.provider.say { $0.isDown = true }
            let down = try await browser.get("/sign-in/openid?next=/intake")
            #expect(down.status == .serviceUnavailable)
            #expect(down.text.contains("The sign-in service does not answer"))
            #expect(down.text.contains("id=\"password\""))
            house.provider.say { speech in
                speech.isDown = false
                speech.issuer += "/other"
            }
            let misnamed = try await browser.get("/sign-in/openid")
            #expect(misnamed.status == .serviceUnavailable)
            #expect(misnamed.text.contains("do not fit together"))
            let signIn = try #require(
                try OpenIDSignIn(
                    house.fixture.context.settings, environment: [LyingProvider.secretVariable: LyingProvider.secret]))
            #expect(await signIn.problem()?.contains("Write that as 'openid.issuer', to the letter.") == true)
            house.provider.say { $0.issuer = $0.issuer.replacing("/other", with: "") }
            #expect(await signIn.problem() == nil)
        }
    }

    @Test func theGroupsOfNowSayTheRole() async throws {
        try await OpenIDHouse.run { house in
            let browser = WorkbenchClient(house.client)
            _ = try await house.signIn(browser)
            house.provider.say { $0.groups = ["mailroom-reviewers", "mailroom-administrators"] }
            let elsewhere = WorkbenchClient(house.client)
            _ = try await house.signIn(elsewhere)
            #expect(try await elsewhere.get("/layouts").status == .ok)
            #expect(try await browser.get("/queues").status == .seeOther, "a session with the former role is over")
            house.provider.say { $0.groups = ["staff"] }
            let refused = try await house.signIn(WorkbenchClient(house.client))
            #expect(refused.status == .forbidden)
            #expect(refused.text.contains("None of your groups has a role in Mailroom"))
            #expect(try await elsewhere.get("/queues").status == .seeOther)
        }
    }

    @Test func theGroupsOfNowSayTheLimits() async throws {
        let limited: @Sendable (inout OpenIDSettings) -> Void = { settings in
            settings.roles = [
                .init(group: "north", role: .reviewer, facilities: ["north"]),
                .init(group: "letters", role: .reviewer, queues: ["letters"]),
                .init(group: "mailroom-reviewers", role: .reviewer),
            ]
        }
        try await OpenIDHouse.run(settings: limited) { house in
            func reach(in groups: [String]) async throws -> Reach {
                house.provider.say { $0.groups = groups }
                _ = try await house.signIn(WorkbenchClient(house.client))
                return try await house.fixture.context.store.read { transaction in
                    try transaction.reach(of: try #require(try transaction.users().first).id)
                }
            }
            #expect(try await reach(in: ["mailroom-reviewers", "north"]) == Reach(facilities: ["north"]))
            let trail = try await house.fixture.context.store.read {
                try $0.auditTrail(subject: "user:ana.diaz-hospital.example")
            }
            #expect(
                trail.map(\.action) == ["user.added", "user.limited", "session.began"], "limited before the first look")
            // What a group does not speak of stays as it is.
            #expect(try await reach(in: ["letters"]) == Reach(queues: ["letters"], facilities: ["north"]))
            #expect(try await reach(in: ["mailroom-reviewers"]) == Reach(queues: ["letters"], facilities: ["north"]))
        }
    }

    @Test func whoIsDisabledStaysSo() async throws {
        try await OpenIDHouse.run { house in
            _ = try await house.signIn(WorkbenchClient(house.client))
            try await house.fixture.context.store.write { transaction in
                var user = try #require(try transaction.users().first)
                user.disabled = true
                try transaction.updateUser(user)
            }
            house.provider.say { $0.groups = ["mailroom-administrators"] }
            let refused = try await house.signIn(WorkbenchClient(house.client))
            #expect(refused.status == .forbidden)
            #expect(refused.text.contains("Your account in Mailroom is disabled"))
            let user = try await house.fixture.context.store.read { try $0.users().first }
            #expect(user?.role == "reviewer")
        }
    }

    @Test func aNamesakeIsAnotherPerson() async throws {
        try await OpenIDHouse.run { house in
            try await house.fixture.addUser("admin", .administrator)
            house.provider.say { $0.name = "admin" }
            let browser = WorkbenchClient(house.client)
            _ = try await house.signIn(browser)
            #expect(try await browser.get("/queues").text.contains("admin-2"))
            #expect(try await browser.get("/layouts").status == .forbidden)
            // Nobody signs in with a password as somebody who has none.
            let guess = WorkbenchClient(house.client)
            #expect(try await guess.signIn("admin-2", password: "").status == .unauthorized)
            house.provider.say { speech in
                speech.subject = "s-2"
                speech.name = nil
            }
            let nameless = WorkbenchClient(house.client)
            _ = try await house.signIn(nameless)
            #expect(try await nameless.get("/queues").text.contains("person"))
        }
    }

    @Test func passwordsMayBeOutOfUse() async throws {
        try await OpenIDHouse.run(settings: { $0.allowsPasswords = false }) { house in
            try await house.fixture.addUser("ana", .administrator)
            let browser = WorkbenchClient(house.client)
            let page = try await browser.get("/sign-in").text
            #expect(!page.contains("id=\"password\""))
            let cookie = browser.cookieHeader
            let word = try #require(cookie.split(separator: "=").last)
            let response = try await browser.send(
                "/sign-in",
                [("form_token", String(word)), ("name", "ana"), ("password", WorkbenchClient.password)])
            #expect(response.status == .forbidden)
            #expect(response.text.contains("Passwords are not in use here"))
        }
    }

    @Test func signingOutGoesOnToTheProvider() async throws {
        try await OpenIDHouse.run { house in
            let browser = WorkbenchClient(house.client)
            _ = try await house.signIn(browser)
            let out = try await browser.post("/sign-out", [], from: "/queues")
            #expect(out.status == .ok)
            let refresh = try #require(out.headers[try header("Refresh")])
            #expect(
                refresh.contains("/end?client_id=mailroom&post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Fsign-in"))
            #expect(try await browser.get("/queues").status == .seeOther)
            // Who has a password of Mailroom's own has nothing to sign out of there.
            try await house.fixture.addUser("bob")
            try await browser.signIn("bob")
            #expect(try await browser.post("/sign-out", [], from: "/queues").headers[.location] == "/sign-in")
        }
    }

    @Test func aSecretThatIsNotSetIsSaidAtTheStart() throws {
        let error = #expect(throws: ServiceError.self) {
            try OpenIDSignIn(LyingProvider.settings(issuer: "https://login.example.org"), environment: [:])
        }
        #expect(error?.description.contains("MAILROOM_OPENID_SECRET") == true)
    }
}
