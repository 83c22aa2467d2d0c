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

    @Test func neitherTalkNorRecallsBreakARule() async throws {
        let axe = try Self.axe()
        try await LiveDesk.run([SampleLetter.document]) { desk in
            let letters = try await ReleasedLetters.put(2, into: desk.fixture.context, file: 9)
            try await desk.fixture.addUser("sam", .seniorReviewer)
            let sam = try await desk.fixture.person("sam", .seniorReviewer)
            let recalls = RecallDesk(context: desk.fixture.context)
            let recall = try await recalls.begin(
                document: letters[0], field: "member_id", right: "W1", reason: "The payer called", by: sam)
            try await desk.fixture.context.work()
            _ = try await recalls.order(.hold, .documents([letters[1]]), of: recall.id, by: sam)
            try await desk.fixture.context.work()
            try await NoteDesk(context: desk.fixture.context).write("A note.", on: letters[1], by: sam)
            try await desk.signIn(again: "sam")
            try await desk.takeNext("letters")
            let task = try await desk.browser.address()
            for isDark in [false, true] {
                if isDark { try await desk.browser.darken() }
                for page in ["/recalls", "/recalls/\(recall.id)", "/documents/\(letters[1])"] {
                    try await desk.browser.open("\(desk.address)\(page)")
                    try await desk.browser.script(
                        "for (const part of document.querySelectorAll('details')) part.open = true")
                    try await Self.look(at: nil, axe, desk, isDark)
                }
                try await desk.browser.open(task)
                try await desk.browser.press("s", holding: Key.alt)
                try await Self.look(at: nil, axe, desk, isDark)
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
