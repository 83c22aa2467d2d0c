import Documents
import Foundation
import Governance
import Hummingbird
import HummingbirdTesting
import Records
import Service
import TestSupport
import Testing

/// The workbench on a port of its own with documents in review, and a reviewer before it in a real browser.
struct LiveDesk: Sendable {
    let fixture: WebFixture
    let browser: Browser
    let address: String

    /// Puts `documents` before reviewers and runs `body` with the reviewer signed in.
    static func run(
        in kind: Browser.Kind = .chromium, _ documents: [Document], words: [Word] = [], role: Role = .reviewer,
        settings: ServiceSettings = ServiceSettings(), policyText: (String) -> String = { $0 },
        rulesText: (String) -> String = { $0 },
        _ body: @escaping @Sendable (LiveDesk) async throws -> Void
    ) async throws {
        let fixture = try await WebFixture(settings: settings, policyText: policyText, rulesText: rulesText)
        for (index, document) in documents.enumerated() {
            let seeded = try await SampleLetter.seed(
                fixture.context, document: document, bytes: SampleLetter.png + Data([UInt8(index)]))
            let page = Page(number: 1, source: .ocr, width: 2550, height: 3300, dpi: 300)
            try await fixture.context.store.write {
                try $0.savePage(
                    of: seeded.record.sha256,
                    StoredPage(
                        reading: PageReading(page: page, words: words), imageMediaType: "image/png", imageScale: 0.1))
            }
        }
        try await fixture.addUser("ana", role)
        let application = Application(router: try fixture.server.router(), logger: fixture.context.logger)
        try await application.test(.live) { client in
            let port = try #require(client.port)
            try await Browser.run(kind) { browser in
                let desk = LiveDesk(fixture: fixture, browser: browser, address: "http://localhost:\(port)")
                try await desk.signIn("ana")
                try await body(desk)
            }
        }
    }

    /// Has another person sit down at the browser.
    func changePerson(to name: String) async throws {
        try await browser.open("\(address)/queues")
        try await browser.click(".who button")
        try await signIn(name)
    }

    /// Signs a person in, when nobody is.
    func signIn(_ name: String, password: String = WorkbenchClient.password) async throws {
        try await browser.open("\(address)/")
        try await browser.type(name, into: "#name")
        try await browser.type(password, into: "#password")
        try await browser.press(Key.enter)
        try await wait("the list of queues") { try await browser.address().hasSuffix("/queues") }
    }

    /// Ends all sessions, as time does.
    func endSessions() async throws {
        try await fixture.context.store.write { transaction in
            for user in try transaction.users() { try transaction.endSessions(of: user.id) }
        }
    }

    /// Signs a person in as in another tab, and comes back to the page.
    func signInBeside(_ name: String) async throws {
        try await browser.script(
            """
            return fetch("/sign-in").then((response) => response.text()).then((page) => {
                const token = page.match(/name="form_token" value="([^"]*)"/)[1];
                const body = new URLSearchParams({ form_token: token, name: "\(name)",
                    password: "\(WorkbenchClient.password)", next: "/sign-in/back" });
                return fetch("/sign-in", { method: "POST", body });
            }).then(() => window.dispatchEvent(new Event("focus")))
            """)
    }

    /// Takes the next document of a queue.
    func takeNext(_ queue: String) async throws {
        try await browser.open("\(address)/queues/\(queue)")
        try await browser.click(".head button")
        try await wait("the task's page") { try await browser.focused().hasPrefix("f-") }
    }

    func wait(_ what: String, until holds: () async throws -> Bool) async throws {
        try await eventually(what) { try await holds() ? true : nil }
    }

    /// Waits until the server has the document in a state.
    func kept(_ what: String, _ holds: @escaping @Sendable (Document) -> Bool) async throws {
        try await eventually(what) {
            try await fixture.context.store.read { transaction in
                try transaction.files(limit: 9).flatMap { try transaction.documents(of: $0.sha256) }
            }.contains { holds($0.document) } ? true : nil
        }
    }

    /// The text of the value at `path` as the page shows it.
    func value(_ path: String) async throws -> String? {
        try await browser.script("return document.querySelector('[data-path=\"\(path)\"]')?.value") as? String
    }
}

extension Document {
    func value(_ path: String) -> String? {
        locatedFields.first { $0.path.description == path }?.field.value.description
    }
}
