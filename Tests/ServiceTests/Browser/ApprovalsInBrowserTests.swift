import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// Approvals in a real browser, by keyboard alone.
@Suite(.timeLimit(.minutes(5)))
struct ApprovalsInBrowserTests {
    @Test func aClerkCannotAManagerDoesUpToTheLimitAndADirectorAbove() async throws {
        let letters = ["4200.00", "9000.00", "310.00"].map(ApprovalsHouse.letter)
        try await LiveDesk.run(letters) { desk in
            let browser = desk.browser
            try await desk.fixture.addUser("mia", .approver)
            try await desk.fixture.addUser("dora", .director)
            try await desk.takeNext("letters")
            for left in [2, 1, 0] {
                try await browser.press(Key.enter, holding: Key.control)
                try await desk.wait("the approval") {
                    try await desk.fixture.context.store.read { try $0.openApprovalCount(within: .everything) }
                        == letters.count - left
                }
                if left > 0 { try await desk.wait("the next letter") { try await browser.focused().hasPrefix("f-") } }
            }
            // The clerk, who confirmed them.
            let approvals = try await desk.fixture.context.store.read { try $0.openApprovals(limit: 9) }
            let large = try #require(approvals.first { $0.amountCents == 900_000 })
            try await browser.open("\(desk.address)/approvals/\(large.id)")
            #expect(try await browser.text().contains("does not decide approvals. dora may."))
            try await browser.press(Key.enter, holding: Key.control)

            // The manager, one after another, and only those within the limit.
            try await desk.changePerson(to: "mia")
            try await browser.open("\(desk.address)/approvals")
            #expect(try await browser.text().contains("2 for you to decide."))
            try await browser.script("document.querySelector('tr.mine a').focus()")
            try await browser.press(Key.enter)
            try await desk.wait("the evidence") {
                try await browser.script("return document.querySelector('.mark.chosen')?.dataset.input") as? String
                    == "f-requested_amount"
            }
            try await browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the next one") { try await browser.text().contains(": approved.") }
            try await browser.press("x", holding: Key.alt)
            #expect(try await browser.focused() == "reason")
            try await browser.press("Paid in May\(Key.enter)")
            try await desk.wait("the list") { try await browser.text().contains(": refused.") }
            #expect(try await browser.text().contains("0 for you to decide."))

            try await desk.changePerson(to: "dora")
            try await browser.open("\(desk.address)/approvals/\(large.id)")
            try await browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the list") { try await browser.text().contains("$9,000.00: approved.") }
            let ended = try await desk.fixture.context.store.read {
                try $0.endedApprovals(within: .everything, limit: 9)
            }
            #expect(ended.map(\.status).sorted { $0.rawValue < $1.rawValue } == [.approved, .approved, .refused])
            #expect(try await browser.complaints() == [])
        }
    }
}
