import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// Double-blind keys in a real browser, by keyboard alone.
@Suite(.timeLimit(.minutes(5)))
struct KeysInBrowserTests {
    @Test(arguments: Browser.Kind.allCases)
    func twoPeopleKeyAndAThirdDecides(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [KeyPolicy.remittance], policyText: KeyPolicy.text) { desk in
            try await desk.fixture.addUser("ben")
            try await desk.fixture.addUser("sam", .seniorReviewer)
            try await desk.takeNext("remittances")
            try await desk.browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the first key") { try await desk.browser.focused() == "f-payment_amount" }
            let ink = "return document.querySelector('.mark.chosen')?.dataset.input"
            #expect(try await desk.browser.script(ink) as? String == "f-payment_amount")
            try await key("160", "160", desk)

            try await desk.changePerson(to: "ben")
            try await desk.takeNext("remittances")
            #expect(try await desk.value("payment_amount") == "")
            // Another value than Ana's, whom Ben does not see.
            try await key("160", "180", desk)

            try await desk.changePerson(to: "sam")
            try await desk.browser.open("\(desk.address)/queues/remittances")
            try await desk.browser.click(".head button")
            try await desk.wait("the readings") { try await desk.browser.text().contains("They agree on 1 more") }
            #expect(try await desk.browser.script("return document.activeElement.value") as? String == "first")
            try await desk.browser.press(Key.down)
            #expect(try await desk.browser.script("return document.activeElement.value") as? String == "second")
            try await desk.browser.press(Key.enter, holding: Key.control)
            try await desk.kept("the decision") {
                $0.disposition == .accept && $0.value("claims[0].paid_amount") == "180.00"
            }
            #expect(try await desk.browser.complaints() == [])
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func whatWasKeyedOutlastsTheSession(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [KeyPolicy.remittance], policyText: KeyPolicy.text) { desk in
            try await desk.takeNext("remittances")
            try await desk.browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the first value") { try await desk.browser.focused() == "f-payment_amount" }
            try await desk.endSessions()
            try await desk.browser.press("160\(Key.enter)160\(Key.enter)\(Key.enter)")
            try await desk.wait("the sentence") { try await desk.browser.text().contains("Your session is over.") }
            #expect(try await desk.value("payment_amount") == "160")
            try await desk.signInBeside("ana")
            try await desk.wait("the sentence to go") {
                try await !desk.browser.text().contains("Your session is over.")
            }
            try await desk.browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the queue") { try await desk.browser.address().contains("/queues/") }
            let record = try await desk.fixture.context.store.read { transaction in
                try transaction.files(limit: 1).flatMap { try transaction.documents(of: $0.sha256) }.first
            }
            let trail = try await desk.fixture.context.store.read {
                try $0.auditTrail(subject: record?.id ?? "")
            }
            #expect(trail.filter { $0.action == "key.given" }.count == 1)
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func whatIsHalfTypedIsThereAfterTheBrowserWent(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [KeyPolicy.remittance], policyText: KeyPolicy.text) { desk in
            try await desk.takeNext("remittances")
            try await desk.browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the first value") { try await desk.browser.focused() == "f-payment_amount" }
            let task = try await desk.browser.address()
            try await desk.browser.press("160")
            try await desk.wait("the draft") {
                try await desk.fixture.context.store.read { transaction in
                    try transaction.files(limit: 1).flatMap { try transaction.documents(of: $0.sha256) }.contains {
                        try transaction.keyDraft(of: $0.id, version: $0.version, by: "user:ana").values.contains("160")
                    }
                }
            }
            // No question keeps the person on the page: nothing is lost with it.
            try await desk.browser.open("\(desk.address)/queues")
            try await desk.browser.open(task)
            try await desk.wait("the value") { try await desk.value("payment_amount") == "160" }
            #expect(try await desk.browser.complaints() == [])
        }
    }

    /// Types both amounts and gives the key.
    private func key(_ payment: String, _ paid: String, _ desk: LiveDesk) async throws {
        try await desk.wait("the first value") { try await desk.browser.focused() == "f-payment_amount" }
        try await desk.browser.press("\(payment)\(Key.enter)")
        let focused = "return document.activeElement.dataset.path"
        #expect(try await desk.browser.script(focused) as? String == "claims[0].paid_amount")
        try await desk.browser.press("\(paid)\(Key.enter)")
        #expect(try await desk.browser.focused() == "give")
        try await desk.browser.press(Key.enter)
        try await desk.wait("the queue") { try await desk.browser.address().contains("/queues/") }
    }
}
