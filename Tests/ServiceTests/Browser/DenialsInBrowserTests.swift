import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// From the denial worklist to a closed appeal, by keyboard in a real browser.
@Suite(.timeLimit(.minutes(5)))
struct DenialsInBrowserTests {
    @Test func aDenialIsAppealedAndClosedByKeyboard() async throws {
        try await LiveDesk.run([]) { desk in
            let record = try await DeniedLetter.accept(into: desk.fixture.context)
            let browser = desk.browser
            func go(_ selector: String) async throws {
                try await browser.script("document.querySelector(\"\(selector)\").focus()")
                try await browser.press(Key.enter)
            }
            try await browser.open("\(desk.address)/queues")
            try await go("nav a[href='/denials']")
            try await desk.wait("the worklist") { try await browser.text().contains("Prior authorization") }
            #expect(try await browser.text().contains("$4,210"))
            try await go("tbody a[href^='/work/']")
            try await desk.wait("the appeal") { try await browser.text().contains("Draft of the appeal") }
            try await go("button[value=take]")
            try await desk.wait("its taking") { try await browser.text().contains("in hand of ana") }
            let size = try await browser.script(
                """
                return fetch(document.querySelector("a[href$='/packet']").href).then((answer) => answer.text())
                    .then((text) => text.slice(0, 5))
                """)
            #expect(size as? String == "%PDF-")
            try await go("button[value=send]")
            try await desk.wait("the sending") { try await browser.text().contains("the payer's answer is waited for") }
            try await go("button[value='close:won']")
            try await desk.wait("the end") { try await browser.text().contains("Appeal won") }
            let work = try await desk.fixture.work(of: record)
            #expect(work.map(\.outcome) == ["won"])
            try await go("nav a[href='/denials']")
            try await desk.wait("the worklist") { try await browser.text().contains("No denial waits here") }
            #expect(try await browser.complaints() == [])
        }
    }
}
