import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// Policy, people and sessions, by keyboard alone in a real browser.
@Suite(.timeLimit(.minutes(5)))
struct HouseInBrowserTests {
    @Test(arguments: Browser.Kind.allCases)
    func aPolicyIsTriedProposedAndConfirmedByAnother(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [SampleLetter.document], role: .administrator) { desk in
            try await desk.fixture.addUser("bob", .seniorReviewer)
            let (browser, policies) = (desk.browser, desk.fixture.context.policies)
            let former = policies.current.hash
            try await browser.open("\(desk.address)/policy/new")
            try await browser.script(
                """
                const text = document.getElementById("text");
                text.value = text.value.replace("\\nfield_confidence: 0.90", "\\nfield_confidence: 0.95");
                document.getElementById("reason").focus();
                """)
            try await browser.press("Too much slips through.\(Key.enter)")
            try await desk.wait("the trial") { try await browser.text().contains("of 1 documents go to review") }
            #expect(try await browser.text().contains("field_confidence"))
            try await browser.script("document.getElementById('reason').focus()")
            try await browser.press("\(Key.tab)\(Key.tab)\(Key.enter)")
            try await desk.wait("the proposal") { try await browser.text().contains("ana stands for it") }
            let proposal = try await browser.address()
            #expect(policies.current.hash == former)

            try await browser.click(".who button")
            try await desk.wait("the way out") { try await browser.address().contains("/sign-in") }
            try await desk.signIn("bob")
            try await browser.open(proposal)
            try await browser.script("document.getElementById('reason').focus()")
            try await browser.press("Agreed.\(Key.enter)")
            try await desk.wait("the policy in service") {
                try await browser.text().contains("bob confirmed it: Agreed.")
            }
            #expect(policies.current.hash != former)
            #expect(try await browser.complaints() == [])
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func whatWasTypedOutlastsTheSession(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [SampleLetter.document]) { desk in
            let browser = desk.browser
            try await desk.takeNext("letters")
            let task = try await browser.address()
            try await desk.endSessions()
            try await browser.script(
                "const value = document.querySelector('[data-path=\"member_id\"]'); value.focus(); value.select()")
            try await browser.press("W123456780\(Key.tab)")
            try await desk.wait("the sentence") { try await browser.text().contains("Your session is over.") }
            #expect(try await desk.value("member_id") == "W123456780")
            // Confirming takes nobody away from what was typed.
            try await browser.press(Key.enter, holding: Key.control)
            #expect(try await browser.address() == task)

            try await desk.signInBeside("ana")
            try await desk.kept("what was typed") { $0.value("member_id") == "W123456780" }
            try await desk.wait("no complaint") {
                try await browser.script("return document.getElementById('connection').hidden") as? Bool == true
            }
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func aPersonIsAddedAndFindsTheirOwnSignIn(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [SampleLetter.document], role: .administrator) { desk in
            let browser = desk.browser
            try await browser.open("\(desk.address)/people")
            try await browser.script("document.getElementById('name').focus()")
            try await browser.press("bob\(Key.enter)")
            try await desk.wait("the password") { try await browser.text().contains("bob may sign in") }
            let password =
                try await browser.script("return document.querySelector('.secret code').innerText") as? String
            try await browser.click(".who button")
            try await desk.wait("the way out") { try await browser.address().contains("/sign-in") }
            try await desk.signIn("bob", password: password ?? "")
            try await browser.open("\(desk.address)/sign-in/own")
            #expect(try await browser.text().contains("Where you are signed in"))
            #expect(try await browser.complaints() == [])
        }
    }
}
