import Foundation
import Hummingbird
import HummingbirdTesting
import Records
import Service
import TestSupport
import Testing

/// A page on its head, turned and read again by keyboard alone, with the real reader behind it.
@Suite(.timeLimit(.minutes(5)))
struct TurnedPageInBrowserTests {
    @Test(arguments: Browser.Kind.allCases)
    func aTurnedPageIsReadAgainBeforeTheReviewersEyes(in kind: Browser.Kind) async throws {
        let fixture = try await WebFixture(limits: TurnedLetter.limits)
        let letter = try await TurnedLetter.seed(fixture.context)
        try await fixture.addUser("ana")
        let application = Application(router: try fixture.server.router(), logger: fixture.context.logger)
        try await application.test(.live) { client in
            let port = try #require(client.port)
            try await Browser.run(kind) { browser in
                let desk = LiveDesk(fixture: fixture, browser: browser, address: "http://localhost:\(port)")
                try await desk.signIn("ana")
                try await desk.takeNext(letter.task.queue)
                try await turnAndRead(desk)
                let working = Task { try await Pipeline(context: fixture.context, workerCount: 1).run() }
                defer { working.cancel() }
                try await desk.wait("the new values") {
                    try await browser.text().contains("Page 2 was read again in its new direction")
                }
                #expect(try await desk.value("payer_name")?.contains("Northwind") == true)
                #expect(try await desk.value("patient_name") == "Jane Typed")
                let image = "return document.querySelector('#page-2 img').getAttribute('src')"
                #expect((try await browser.script(image) as? String)?.hasSuffix("?rotation=180") == true)
                try await desk.wait("a value") { try await browser.focused().hasPrefix("f-") }
                #expect(try await browser.complaints() == [])
            }
        }
    }

    /// Types a value, turns the page by a half and has it read again.
    private func turnAndRead(_ desk: LiveDesk) async throws {
        let browser = desk.browser
        try await browser.script(
            """
            const value = document.querySelector("[data-path=patient_name]");
            value.closest("details")?.setAttribute("open", "");
            value.focus();
            """)
        try await browser.press("Jane Typed")
        try await browser.press("r", holding: Key.alt)
        try await desk.wait("the offer") { try await browser.text().contains("Page 2 is turned") }
        try await browser.press("r", holding: Key.alt)
        #expect(try await browser.script("return document.getElementById('page-2').dataset.turn") as? String == "180")
        try await browser.press("w", holding: Key.alt)
        try await desk.wait("the sentence") {
            try await browser.text().contains("Page 2 is being read again in its new direction")
        }
        #expect(try await browser.script("return document.getElementById('confirm') === null") as? Bool == true)
    }
}
