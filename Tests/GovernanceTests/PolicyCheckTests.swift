import Governance
import Settings
import Testing

@Suite struct PolicyCheckTests {
    private func check(_ text: String) -> PolicyCheck {
        Policy.check(text: text, path: "policy.yaml", vocabulary: PolicyExample.vocabulary)
    }

    private func lines(_ changes: (String, String)...) -> [Int?] {
        var text = PolicyExample.text
        for (old, new) in changes {
            #expect(text.contains(old))
            text = text.replacing(old, with: new)
        }
        let check = check(text)
        #expect(check.policy == nil)
        return check.problems.map(\.line)
    }

    @Test func everythingWrongIsNamedAtOnceInTheOrderOfTheLines() {
        let lines = lines(
            ("type_confidence: 0.8", "type_confidence: 1.8"),
            ("review_lease_minutes: 20", "review_lease_minutes: soon"),
            ("member_id: 0.7", "membre_id: 7"), ("review: always", "reviews: always"),
            ("auditor: [view_audit]", "auditor: [view_audits]"))
        #expect(lines == [1, 3, 15, 15, 26, 30])
    }

    @Test func whatIsOfAWrongKindHidesNothingElseAndIsNamedOnce() {
        #expect(lines(("queues:\n  - name: general", "queues:\n  - name: [general]")).count == 2)
        #expect(
            lines(("default_queue: general\n", "default_queue: [general]\n"), ("queue: letters", "queue: l")) == [
                2, 13,
            ])
        #expect(lines(("roles:\n  reviewer: [view", "roles: all\nrollen:\n  reviewer: [view")) == [27, 28])
    }

    @Test func whatIsNoYAMLIsOneProblem() {
        #expect(check("a: [").problems.count == 1)
        #expect(check("").problems.map(\.problem) == ["The file is empty."])
        #expect(check("- a\n- b\n").problems.isEmpty == false)
    }

    @Test func theErrorOfTheStartSaysHowManyMoreThereAre() {
        let text = PolicyExample.text.replacing("0.8", with: "8").replacing("0.7", with: "7")
        let error = #expect(throws: SettingsError.self) { try PolicyExample.policy(text) }
        #expect(error?.problem.hasSuffix("And 2 more: 'mailroom policy check policy.yaml' lists all.") == true)
    }

    @Test(arguments: [
        ("routes:\n  - {type: letter}", "'routes.0.queue' is missing"),
        ("routes:\n  - {queue: nowhere}", "queue 'nowhere' is not known"),
        ("routes:\n  - {queue: letters, type: lettre}", "'lettre' is not known"),
        ("routes:\n  - {queue: letters, type: letter, subtypes: [refusal]}", "subtype 'refusal'"),
        ("routes:\n  - {queue: letters, reasons: [bad_luck]}", "reason 'bad_luck'"),
        ("routes:\n  - {queue: letters, type: junk, payers: [Acme]}", "no field 'payer_name'"),
        ("routes:\n  - {queue: letters, type: letter, amount_at_least: 5}", "No amount is at stake"),
        ("priority: {per_day_of_age: -1}", "0…10000"), ("priority: {deadline_days: 0}", "1…365"),
        ("calendar: {time_zone: America/Springfield, hours: {monday: 08:00-17:00}}", "America/Springfield"),
        ("calendar: {time_zone: UTC, hours: {mondays: 08:00-17:00}}", "mondays"),
        ("calendar: {time_zone: UTC, hours: {monday: 17:00-08:00}}", "no working hours"),
        ("calendar: {time_zone: UTC, hours: {}}", "Nobody ever works"),
        ("calendar: {time_zone: UTC, hours: {monday: 08:00-17:00}, holidays: [easter]}", "easter"),
        ("calendar: {time_zone: UTC, hours: {monday: 08:00-17:00}, closed: [2026-02-30]}", "2026-02-30"),
    ])
    func routesPriorityAndCalendarAreChecked(addition: String, words: String) {
        let problems = check(PolicyExample.text + "\n" + addition).problems
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.problem.contains(words) == true, "\(problems)")
        #expect((problems.first?.line ?? 0) > 30)
    }

    @Test func aRouteThatCanNeverMatchIsAWarningWithItsLine() {
        let check = check(
            PolicyExample.text + """

                routes:
                  - {queue: letters, type: letter, subtypes: [denial, general]}
                  - {queue: general, type: letter, payers: [Acme]}
                  - {queue: general, type: letter, subtypes: [denial], payers: [Acme]}
                """)
        #expect(check.policy != nil)
        #expect(check.warnings.map(\.line) == [34])
        #expect(check.warnings.first?.problem.contains("route 1 takes all") == true)
    }
}
