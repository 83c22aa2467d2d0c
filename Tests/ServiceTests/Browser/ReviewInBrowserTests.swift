import Foundation
import TestSupport
import Testing

/// The main job as a person does it: the built program, a real browser, a receiver of its own.
@Suite(.timeLimit(.minutes(5)))
struct ReviewInBrowserTests {
    private static let secret = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()

    @Test(arguments: Browser.Kind.allCases)
    func aReviewerCorrectsAFieldByKeyboardAndTheSignedCallArrivesOnce(in kind: Browser.Kind) async throws {
        let listener = try await WebhookListener(status: 200)
        let house = try TemporaryFolder()
        let (service, entrance) = try await serve(in: house, listener: listener)
        try FileManager.default.copyItem(
            at: packageFolder.appending(path: "Corpus/samples/000010.pdf"),
            to: house.url.appending(path: "inbox/000010.pdf"))

        let corrected = "Corrected By Hand \(Int.random(in: 1000...9999))"
        try await Browser.run(kind) { browser in
            try await signIn(browser, entrance)
            try await openTask(browser, entrance)
            let field = try await correct(browser, to: corrected)
            #expect(
                try await browser.script("return document.getElementById('\(field)').value") as? String == corrected)
            try await browser.press(Key.enter, holding: Key.control)
            try await wait("the empty queue") { try await browser.address().contains("/queues/") }
            #expect(try await browser.complaints() == [])
        }

        let call = try await eventually("the call") { listener.received.first }
        #expect(try await standardWebhooksVerdict(on: call, secret: Self.secret) == "verified")
        let event = try JSONSerialization.jsonObject(with: call.body) as? [String: Any]
        #expect(event?["type"] as? String == "org.mailroom.document.accepted.v1")
        #expect(String(decoding: call.body, as: UTF8.self).contains(corrected))
        #expect(try await service.stop() == 0)
        #expect(listener.received.count == 1)
        try await listener.stop()
        let audit = try await runProgram(
            try mailroomExecutable(), ["audit", "verify", "--store", house.url.appending(path: "store").path])
        #expect(audit.status == 0, "\(audit.standardOutput)")
    }

    /// Where the service is and how to get in.
    private struct Entrance {
        var address: String
        var name: String
        var password: String
    }

    private func serve(in house: TemporaryFolder, listener: WebhookListener) async throws -> (ServeProcess, Entrance) {
        let output = house.url.appending(path: "output")
        let inbox = house.url.appending(path: "inbox")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        let service = try ServeProcess(
            ["--store", house.url.appending(path: "store").path, "--inbox", inbox.path, "--port", "0"],
            environment: [
                "MAILROOM_WEBHOOK_URL": "http://127.0.0.1:\(listener.port)/hook",
                "MAILROOM_WEBHOOK_SECRET": Self.secret,
            ], log: house.url.appending(path: "log"), output: output)
        let entrance = try await eventually("the service to say where it is") { () -> Entrance? in
            let text = try String(contentsOf: output, encoding: .utf8)
            guard let address = text.firstMatch(of: /http:\/\/[^\s]+/),
                let person = text.firstMatch(of: /Sign in as (\S+) with the password (\S+)/)
            else { return nil }
            return Entrance(
                address: String(address.output), name: String(person.output.1), password: String(person.output.2))
        }
        return (service, entrance)
    }

    private func signIn(_ browser: Browser, _ entrance: Entrance) async throws {
        try await browser.open("\(entrance.address)/")
        try await browser.type(entrance.name, into: "#name")
        try await browser.type(entrance.password, into: "#password")
        try await browser.press(Key.enter)
        try await wait("the list of queues") { try await browser.address().hasSuffix("/queues") }
    }

    /// Waits until the pipeline has put the form before reviewers, and takes it.
    private func openTask(_ browser: Browser, _ entrance: Entrance) async throws {
        let queue = "\(entrance.address)/queues/authorizations"
        try await wait("the review task") {
            try await browser.open(queue)
            return try await browser.text().contains("000010.pdf")
        }
        try await browser.click(".head button")
        try await wait("the task's page") { try await browser.address().contains("/tasks/") }
    }

    private func wait(_ what: String, until holds: () async throws -> Bool) async throws {
        try await eventually(what) { try await holds() ? true : nil }
    }

    /// Types over the value that the page offers first, confirms it, and gives the field's id.
    private func correct(_ browser: Browser, to text: String) async throws -> String {
        try await wait("the focus on a value") { try await browser.focused().hasPrefix("f-") }
        let first = try await browser.focused()
        #expect(try await browser.script("return document.activeElement.dataset.rank") as? String == "1")
        #expect(
            try await browser.script("return document.querySelector('.mark.chosen')?.dataset.input") as? String == first
        )
        try await browser.press(text)
        try await browser.press(Key.enter)
        #expect(try await browser.focused() != first)
        return first
    }
}
