import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// Every page, light and dark, against the rules of axe-core (Deque; WCAG 2.2 A and AA and good practice).
@Suite(.timeLimit(.minutes(5)))
struct AccessibilityTests {
    @Test func noPageBreaksARule() async throws {
        let axe = try Self.axe()
        var remittance = SampleRemittance.document
        remittance.claims[0].serviceLines[1]["paid_amount"] = .one(
            Field(
                value: .text("30.00"), confidence: 0.6, page: 1,
                box: Box(left: 1500, top: 700, right: 1700, bottom: 740), alternatives: [.text("80.00")]))
        try await LiveDesk.run([SampleLetter.document, remittance, SampleRemittance.document]) { desk in
            try await desk.takeNext("remittances")
            let task = try await desk.browser.address()
            let documents = try await desk.fixture.context.store.read { transaction in
                try transaction.files(limit: 9).flatMap { try transaction.documents(of: $0.sha256) }
            }
            let pages =
                ["/queues", "/queues/letters", "/intake", "/nowhere"].map { "\(desk.address)\($0)" }
                + documents.prefix(1).map { "\(desk.address)/documents/\($0.id)" } + [task]
            for isDark in [false, true] {
                if isDark { try await desk.browser.darken() }
                for page in pages { try await Self.look(at: page, axe, desk, isDark) }
                try await desk.browser.script("document.getElementById('show-keys').click()")
                try await Self.look(at: nil, axe, desk, isDark)
            }
            try await desk.browser.open("\(desk.address)/queues")
            try await desk.browser.click(".who button")
            try await desk.browser.open("\(desk.address)/sign-in")
            try await Self.look(at: nil, axe, desk, true)
        }
    }

    @Test func noPageOfKeysAndChecksBreaksARule() async throws {
        let axe = try Self.axe()
        try await LiveDesk.run(
            [KeyPolicy.remittance, KeyPolicy.remittance], policyText: KeyPolicy.text
        ) { desk in
            let fixture = desk.fixture
            try await fixture.addUser("sam", .seniorReviewer)
            let sam = try await fixture.person("sam.key", .seniorReviewer)
            let tasks = try await fixture.context.store.read { try $0.tasks().map(\.task) }
            try await KeyPolicy.differ(on: tasks[0], in: fixture)
            try await fixture.desk.take(tasks[1].id, by: sam)
            try await fixture.desk.confirm(tasks[1].id, edits: [], seen: 1, by: sam)
            try await fixture.desk.release(tasks[1].id, by: sam)
            let check = KnownAnswerCheck(
                id: "C1", documentID: tasks[0].documentID, person: "user:sam", queue: "letters", insteadOf: "T1",
                answer: #"{"path":"payment_amount","shown":"1.00","truth":"7.00","page":1,"box":[1,2,3,4]}"#,
                document: KeyPolicy.remittance, leaseUntil: Date(), createdAt: Date())
            try await fixture.context.store.write {
                try $0.openCheck(check)
                try $0.endCheck(check, .missed, at: Date())
            }
            try await desk.changePerson(to: "sam")
            for task in tasks {
                try await desk.browser.open("\(desk.address)/tasks/\(task.id)")
                try await desk.browser.click(".summary button.primary")
                try await desk.wait("the task") { try await desk.browser.text().contains("Give back") }
            }
            let pages = tasks.map { "/tasks/\($0.id)" } + ["/quality", "/checks/C1"]
            for isDark in [false, true] {
                if isDark { try await desk.browser.darken() }
                for page in pages { try await Self.look(at: "\(desk.address)\(page)", axe, desk, isDark) }
            }
        }
    }

    private static func look(at page: String?, _ axe: String, _ desk: LiveDesk, _ isDark: Bool) async throws {
        if let page { try await desk.browser.open(page) }
        // A region in a disabled fieldset takes the focus, which axe-core does not know: it is tried.
        let found =
            try await desk.browser.script(
                axe + """
                    ; const takesFocus = (node) => {
                        const part = document.querySelector(node.target[0]);
                        part.focus();
                        return document.activeElement === part;
                    };
                    return axe.run(document, { resultTypes: ['violations'] }).then((result) =>
                        result.violations.flatMap((rule) => rule.nodes
                            .filter((node) => rule.id !== 'scrollable-region-focusable' || !takesFocus(node))
                            .map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`)))
                    """) as? [String]
        let address = try await desk.browser.address()
        #expect(found == [], "\(address), \(isDark ? "dark" : "light")")
    }

    /// The script of axe-core, from a package of `.venv`, which `make test` makes.
    private static func axe() throws -> String {
        let libraries = packageFolder.appending(path: ".venv/lib")
        for python in try FileManager.default.contentsOfDirectory(at: libraries, includingPropertiesForKeys: nil) {
            let script = python.appending(path: "site-packages/axe_playwright_python/axe.min.js")
            if let text = try? String(contentsOf: script, encoding: .utf8) { return text }
        }
        throw Browser.Failure(description: "axe.min.js is not in \(libraries.path). `make test` fetches it.")
    }
}
