import Documents
import Foundation
import Hummingbird
import HummingbirdTesting
import Records
import Service
import TestSupport
import Testing

/// What was joined or typed wrongly, mended by keyboard alone in a real browser.
@Suite(.timeLimit(.minutes(5)))
struct PagesInBrowserTests {
    @Test(arguments: Browser.Kind.allCases)
    func aWronglyJoinedFileIsSplitAWrongTypeCorrectedAndBothConfirmed(in kind: Browser.Kind) async throws {
        let documents = try await joinedLetters(kind, typed: "invoice", in: "invoices") { browser in
            try await split(browser)
            try await retype(browser)
            try await confirm(browser)
            // The second letter waits in the queue of its own type, which is that of the first now.
            #expect(try await browser.address().contains("/tasks/"))
            #expect(try await browser.script("return document.querySelectorAll('.sheet').length") as? Int == 1)
            try await confirm(browser)
            #expect(try await browser.complaints() == [])
        }
        #expect(documents.map(\.status) == [.accepted, .accepted])
        #expect(documents.map(\.type) == ["payer_letter", "payer_letter"])
        #expect(documents.first?.subtype == "denial")
        #expect(
            documents.map { $0.document.fields["member_id"]?.fields.first?.value } == [
                .text("W123456789"), .text("W987654321"),
            ])
    }

    /// Two sure letters that came as one: what a reviewer presses until both are settled, a held key counted too.
    @Test(arguments: Browser.Kind.allCases)
    func eightKeysPartAndSettleTwoLetters(in kind: Browser.Kind) async throws {
        let documents = try await joinedLetters(kind, typed: "payer_letter", in: "letters") { browser in
            for (key, modifier) in [("p", Key.alt), (Key.right, ""), ("s", "")] {
                try await browser.press(key, holding: modifier)
            }
            try await wait("the first part") {
                try await browser.script("return document.querySelectorAll('.sheet').length") as? Int == 1
            }
            try await confirm(browser)
            try await confirm(browser)
        }
        #expect(documents.map(\.status) == [.accepted, .accepted])
    }

    /// Two letters of one file that were read as one document, which a reviewer has in hand; gives what became of them.
    private func joinedLetters(
        _ kind: Browser.Kind, typed type: String, in queue: String,
        _ body: @escaping @Sendable (Browser) async throws -> Void
    ) async throws -> [DocumentRecord] {
        let fixture = try await WebFixture()
        let bundle = try await SampleBundle.seed(
            fixture.context, pages: [SampleBundle.letter, SampleBundle.otherLetter], documents: [[1, 2]], type: type)
        try await fixture.addUser("ana")
        let application = Application(router: try fixture.server.router(), logger: fixture.context.logger)
        try await application.test(.live) { client in
            let address = "http://127.0.0.1:\(try #require(client.port))"
            try await Browser.run(kind) { browser in
                try await signIn(browser, address)
                try await browser.open("\(address)/queues/\(queue)")
                try await browser.click(".head button")
                try await wait("the task's page") { try await browser.address().contains("/tasks/") }
                try await body(browser)
            }
        }
        return try await fixture.documents(of: bundle)
    }

    private func signIn(_ browser: Browser, _ address: String) async throws {
        try await browser.open("\(address)/")
        try await browser.type("ana", into: "#name")
        try await browser.type(WorkbenchClient.password, into: "#password")
        try await browser.press(Key.enter)
        try await wait("the list of queues") { try await browser.address().hasSuffix("/queues") }
    }

    private func split(_ browser: Browser) async throws {
        try await browser.press("p", holding: Key.alt)
        #expect(try await browser.script("return document.activeElement.value") as? String == "1")
        try await browser.press(Key.right)
        #expect(try await browser.script("return document.activeElement.value") as? String == "2")
        for (key, version) in [(Key.left, "2"), (Key.right, "3")] {
            try await browser.press(key, holding: Key.alt)
            // The dialog is open again on the page, so that the next key goes on from there.
            try await wait("the other order") {
                let seen = "[document.querySelector('[name=version]').value, document.activeElement.value].join()"
                return try await browser.script("return \(seen)") as? String == "\(version),2"
            }
        }
        try await browser.press("r")
        #expect(try await browser.script("return document.getElementById('page-2').dataset.turn") as? String == "90")
        try await browser.press("s")
        try await wait("the first part") {
            try await browser.script("return document.querySelectorAll('.sheet').length") as? Int == 1
        }
    }

    private func retype(_ browser: Browser) async throws {
        let version = try await browser.script("return document.querySelector('[name=version]').value") as? String
        try await browser.press("p", holding: Key.alt)
        try await browser.press("t")
        #expect(try await browser.focused() == "type")
        try await browser.press("Payer letter: Den")
        #expect(try await browser.script("return document.activeElement.value") as? String == "payer_letter/denial")
        try await browser.press(Key.enter)
        try await wait("the letter") {
            let seen = "[document.querySelector('[name=version]')?.value, document.querySelector('h1')?.innerText]"
            let texts = try await browser.script("return \(seen)") as? [String] ?? []
            return texts.count == 2 && texts[0] != version && texts[1] == "Payer letter Denial"
        }
    }

    private func confirm(_ browser: Browser) async throws {
        let task = try await browser.address()
        try await wait("the page's scripts") {
            try await browser.script("return document.readyState") as? String == "complete"
        }
        try await browser.press(Key.enter, holding: Key.control)
        try await wait("the document to be confirmed") { try await browser.address() != task }
    }

    private func wait(_ what: String, until holds: () async throws -> Bool) async throws {
        try await eventually(what) { try await holds() ? true : nil }
    }
}
