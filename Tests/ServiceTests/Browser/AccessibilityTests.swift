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
        // The sign-in page has a button for a provider, too.
        let settings = LyingProvider.settings(issuer: "http://localhost:9")
        try await LiveDesk.run(
            [SampleLetter.document, remittance, SampleRemittance.document], settings: settings
        ) { desk in
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
            try await desk.browser.open(task)
            // A page that is turned, and one that is being read again.
            for (key, words) in [("r", "Page 1 is turned"), ("w", "Page 1 is being read again")] {
                try await desk.browser.press(key, holding: Key.alt)
                try await desk.wait(words) { try await desk.browser.text().contains(words) }
                try await Self.look(at: nil, axe, desk, true)
            }
            try await desk.browser.open("\(desk.address)/queues")
            try await desk.browser.click(".who button")
            try await desk.browser.open("\(desk.address)/sign-in")
            try await Self.look(at: nil, axe, desk, true)
        }
    }

    @Test func noPageOfTheHouseBreaksARule() async throws {
        let axe = try Self.axe()
        try await LiveDesk.run([SampleLetter.document], role: .administrator) { desk in
            try await desk.fixture.addUser("bob", .seniorReviewer)
            _ = try await ParkedActions.put(into: desk.fixture.context)
            let shipped = packageFolder.appending(path: "Config/policy.yaml")
            let text = try String(contentsOf: shipped, encoding: .utf8).replacing(
                "\nfield_confidence: 0.90", with: "\nfield_confidence: 0.95")
            let key = try await desk.fixture.accounts.addKey(name: "robot", role: .administrator, by: "test")
            let robot = try #require(try await desk.fixture.accounts.caller(withKey: key))
            let proposed = try await GovernedDesk<Policy>(context: desk.fixture.context).propose(
                text, because: "Drift.", by: robot)
            for (name, role) in [("mia", Role.approver), ("max", .director), ("zoe", .director)] {
                try await desk.fixture.addUser(name, role)
            }
            let matrix = try await GovernedDesk<ApprovalMatrix>(context: desk.fixture.context).propose(
                desk.fixture.context.approvalMatrix.text.replacing("up_to: 5000,", with: "up_to: 1000,"),
                because: "The auditors asked.", by: robot)
            let (bob, document) = try await desk.fixture.context.store.read { transaction in
                (
                    try transaction.user(named: "bob")?.id ?? "",
                    try transaction.files(limit: 1).flatMap { try transaction.documents(of: $0.sha256) }.first?.id ?? ""
                )
            }
            let pages = [
                "/policy", "/policy/new", "/policy/\(proposed.hash)", "/approval-matrix", "/approval-matrix/new",
                "/approval-matrix/\(matrix.hash)", "/people", "/people/\(bob)", "/sign-in/own",
                "/sign-in/back", "/documents/\(document)/life", "/intake",
                "/actions",
            ]
            for isDark in [false, true] {
                if isDark { try await desk.browser.darken() }
                for page in pages { try await Self.look(at: "\(desk.address)\(page)", axe, desk, isDark) }
                try await desk.browser.open("\(desk.address)/policy/new")
                try await desk.browser.script(
                    "const text = document.getElementById('text'); text.value = text.value.replace('error_target: 0.01', 'error_target: 9'); document.querySelector('button[value=try]').click()"
                )
                try await desk.wait("the problem") { try await desk.browser.text().contains("What is wrong") }
                try await Self.look(at: nil, axe, desk, isDark)
                try await desk.browser.open("\(desk.address)/people")
                try await desk.browser.type(isDark ? "dora" : "lena", into: "#name")
                try await desk.browser.press(Key.enter)
                try await desk.wait("the password") { try await desk.browser.text().contains("may sign in") }
                try await Self.look(at: nil, axe, desk, isDark)
            }
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
            try await desk.changePerson(to: "sam")
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

    @Test func noPageOfApprovalsBreaksARule() async throws {
        let axe = try Self.axe()
        try await LiveDesk.run(
            [ApprovalsHouse.letter("4200.00")]
        ) { desk in
            try await desk.fixture.addUser("mia", .approver)
            try await desk.fixture.addUser("dora", .director)
            try await desk.takeNext("letters")
            try await desk.browser.press(Key.enter, holding: Key.control)
            let approval = try await eventually("the approval") {
                try await desk.fixture.context.store.read { try $0.openApprovals(limit: 1).first }
            }
            for name in ["ana", "mia"] {
                if name == "mia" { try await desk.changePerson(to: name) }
                let own = name == "mia" ? ["/delegations"] : []
                for isDark in [false, true] {
                    if isDark { try await desk.browser.darken() }
                    for page in ["/approvals", "/approvals?state=over", "/approvals/\(approval.id)"] + own {
                        try await Self.look(at: "\(desk.address)\(page)", axe, desk, isDark)
                    }
                }
            }
        }
    }

    @Test func neitherDenialsNorWorkBreakARule() async throws {
        let axe = try Self.axe()
        try await LiveDesk.run([]) { desk in
            let fixture = desk.fixture
            let record = try await DeniedLetter.accept(into: fixture.context)
            let past = try await DeniedLetter.accept(
                DeniedLetter.document("denial", ["response_due_date": "2026-01-05"]), into: fixture.context, file: 1)
            let works = try await fixture.work(of: record) + fixture.work(of: past)
            try await WorkDesk(context: fixture.context).act(
                .take, on: works[0].id, seen: 1, by: fixture.person("ben"))
            let pages = ["/denials", "/denials?all=true", "/work", "/work?done=true"] + works.map { "/work/\($0.id)" }
            for isDark in [false, true] {
                if isDark { try await desk.browser.darken() }
                for page in pages { try await Self.look(at: "\(desk.address)\(page)", axe, desk, isDark) }
            }
        }
    }

    @Test func noPageOfAnomaliesBreaksARule() async throws {
        let axe = try Self.axe()
        let first = AnomalyPaper.remittance(number: "481516", date: "2026-03-14")
        var second = AnomalyPaper.remittance(number: "992342", date: "2026-04-20")
        second.claims[0].serviceLines[0]["paid_amount"] = AnomalyPaper.field("10.00")
        try await LiveDesk.run([first, second, first], role: .seniorReviewer) { desk in
            let fixture = desk.fixture
            let list = "payer,cpt,allowed,from\nHarbor Point Health Plan,99213,110.00,2026-01-01\n"
            _ = try await ContractKeeper(store: fixture.context.store).take(
                ContractFile(csv: Data(list.utf8)), sha256: "0", replacingAll: false, by: "user:ana")
            let tasks = try await fixture.context.store.read { try $0.tasks().map(\.task) }.sorted { $0.id < $1.id }
            func confirm(_ task: ReviewTask) async throws {
                try await desk.browser.open("\(desk.address)/tasks/\(task.id)")
                try await desk.browser.click(".summary button.primary")
                try await desk.wait("the task") { try await desk.browser.text().contains("Give back") }
                try await desk.browser.script("document.getElementById('confirm').click()")
                try await desk.wait("what is new") { try await desk.browser.text().contains("Not confirmed yet") }
            }
            for task in [tasks[0], tasks[2]] { try await confirm(task) }
            // A draft that makes something unusual: the panel comes without another page.
            try await desk.browser.open("\(desk.address)/tasks/\(tasks[1].id)")
            try await desk.browser.click(".summary button.primary")
            try await desk.wait("the task") { try await desk.browser.text().contains("Give back") }
            try await desk.browser.script(
                """
                const value = document.querySelector("[data-path='claims[0].service_lines[0].paid_amount']");
                value.focus(); value.value = "80.00"; value.dispatchEvent(new Event("input", { bubbles: true }));
                value.blur(); value.dispatchEvent(new Event("change", { bubbles: true }));
                """)
            try await desk.wait("the panel") { try await desk.browser.text().contains("Paid twice?") }
            try await Self.look(at: nil, axe, desk, false)
            // What is no more.
            try await desk.browser.open("\(desk.address)/tasks/\(tasks[0].id)")
            try await desk.browser.click("button[value=duplicate]")
            try await desk.wait("the end") { try await desk.browser.address().hasSuffix(tasks[0].id) == false }
            let pages =
                ["/anomalies", "/anomalies?kind=under_contract&state=withdrawn", "/contracts"]
                + ["/contracts?payer=Harbor%20Point%20Health%20Plan"] + tasks.map { "/tasks/\($0.id)" }
            for isDark in [false, true] {
                if isDark { try await desk.browser.darken() }
                for page in pages { try await Self.look(at: "\(desk.address)\(page)", axe, desk, isDark) }
            }
            try await desk.browser.open("\(desk.address)/tasks/\(tasks[2].id)")
            #expect(try await desk.browser.text().contains("No longer: A document once more?"))
            #expect(try await desk.browser.complaints() == [])
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
