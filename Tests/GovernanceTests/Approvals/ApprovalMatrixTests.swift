import Documents
import Foundation
import Governance
import Settings
import Testing
import Understanding

/// The matrix file, checked as a whole.
@Suite struct ApprovalMatrixTests {
    @Test(arguments: [
        ("expire_hours: 80", "expire_hours: 0", 5, "'expire_hours' is 0.0; it should be in 0.1…10000 hours of work."),
        ("roles: [approver]", "roles: [boss]", 12, "The role 'boss' is not known."),
        ("roles: [approver]", "roles: [service]", 12, "A machine approves nothing."),
        ("roles: [approver], ", "", 12, "The band names nobody."),
        ("up_to: 50000", "up_to: 5000", 13, "The limit is not above that of the band before, $5,000.00."),
        ("up_to: 50000, ", "", 14, "This band is never reached"),
        ("up_to: 5000,", "up_to: -1,", 12, "'-1.0' is no limit."),
        ("approvers: 2", "approvers: 3", 14, "'approvers' should be 1 or 2."),
        ("roles: [director], approvers: 2", "people: [cy], approvers: 2", 14, "Two people have to approve"),
        ("approvers: 2", "climb_hours: 3", 14, "There is no band above for it to climb to."),
        ("        above: nobody\n", "", 8, "Nobody has authority above $100.00."),
        ("      - bands:", "      - facilities: [south]\n        bands:", 6, "Nobody has authority for 'refund' where"),
        ("name: refund", "name: Re fund", 2, "'Re fund' cannot name a kind."),
        ("title: Refund to payer", "headline: x", 2, "The key 'title' is missing."),
        ("facilities: [north]", "facilities: []", 7, "The list is empty"),
        ("expire_hours: 80", "expire_hours: 80\n    otherwise: nobody", 6, "'otherwise: nobody' is never reached"),
        ("expire_hours", "expire_ours", 5, "The key 'kinds.0.expire_ours' is not known here."),
    ])
    func whatIsWrongIsSaidWithItsLine(old: String, new: String, line: Int, sentence: String) throws {
        #expect(ApprovalExample.text.contains(old), "\(old)")
        let text = ApprovalExample.text.replacing(old, with: new, maxReplacements: 1)
        let problems = try ApprovalExample.check(text).problems
        #expect(
            problems.contains { $0.line == line && $0.problem.hasPrefix(sentence) },
            "\(problems.map(\.description))")
    }

    @Test func everythingThatIsWrongIsSaidAtOnce() throws {
        let text = ApprovalExample.text.replacing("approvers: 2", with: "approvers: 3")
            .replacing("expire_hours: 80", with: "expire_hours: many")
        let check = try ApprovalExample.check(text)
        #expect(check.matrix == nil && check.problems.map(\.line) == [5, 14])
        let error = #expect(throws: SettingsError.self) { try ApprovalExample.matrix(text) }
        #expect(error?.problem.contains("And 1 more: 'mailroom approvals check approvals.yaml' lists all.") == true)
    }

    @Test func whatIsHardlyMeantIsAWarning() throws {
        let text = ApprovalExample.text.replacing("      - facilities: [north]\n", with: "      - ")
            .replacing("        bands:\n          - {up_to: 100", with: "bands:\n          - {up_to: 100")
            .replacing("expire_hours: 80", with: "expire_hours: 16")
            .replacing("roles: [director], approvers", with: "roles: [reviewer], approvers")
        let check = try ApprovalExample.check(text)
        #expect(check.problems.isEmpty, "\(check.problems)")
        #expect(check.warnings.count == 3, "\(check.warnings)")
    }

    @Test func theShippedMatrixCanBeUsed() throws {
        let config = try Installation.locate(workingDirectory: #filePath).config
        let vocabulary = Vocabulary(try DocumentTypeCatalog(folder: config.appending(path: "document-types")))
        let policy = try Policy.load(path: config.appending(path: "policy.yaml").path, vocabulary: vocabulary)
        let path = config.appending(path: "approvals.yaml").path
        let check = ApprovalMatrix.check(text: try ApprovalMatrix.text(path: path), path: path, policy: policy)
        #expect(check.problems.isEmpty && check.warnings.isEmpty)
        #expect(check.matrix?.kinds.count == 8)
        let deciders = Role.allCases.filter { policy.permissions(of: $0).contains(.decideApprovals) }
        #expect(deciders == [.approver, .director])
    }

    @Test func theHashIsOfTheTextAndTheContentsOfWhatIsAskedFor() throws {
        #expect(try ApprovalExample.matrix().hash != ApprovalExample.matrix(ApprovalExample.text + "\n").hash)
        let content = ApprovalContent(
            kind: "refund", amount: Money(cents: 123_450), reference: "CLM*1~\"<b>",
            evidence: [ApprovalEvidence(field: "requested_amount", page: 1, box: nil)])
        #expect(
            try content.canonicalJSON()
                == #"{"amount":"1234.50","evidence":[{"field":"requested_amount","page":1}],"kind":"refund","reference":"CLM*1~\"<b>","revision":1}"#
        )
        var other = content
        other.facility = "north"
        #expect(try other.sha256() != content.sha256())
    }

    @Test func anotherMatrixIsTriedOnWhatWasAskedFor() throws {
        let strict = ApprovalExample.text.replacing("up_to: 5000,", with: "up_to: 500,")
            .replacing("{up_to: 50000, roles: [director]}", with: "{up_to: 50000, roles: [director], approvers: 2}")
        let past = try [Int64(100), 4000, 9000].enumerated().map { index, dollars in
            PastApproval(
                id: "A\(index)", requestedAt: ApprovalExample.now, state: try ApprovalExample.state(dollars),
                approvedBy: ["ana"])
        }
        let simulation = ApprovalSimulation(
            past, inService: try ApprovalExample.matrix(), proposed: try ApprovalExample.matrix(strict),
            people: ApprovalExample.people.filter { $0.name != "di" })
        #expect(simulation.entries.map(\.isChanged) == [false, true, true])
        #expect(simulation.entries.map(\.climbs) == [false, true, false])
        #expect(simulation.entries.map(\.lost) == [[], ["ana"], []], "of 9,000 she could not before either")
        let report = simulation.report(namedMax: 1)
        #expect(report.contains("3 approvals were asked for; for 2 something would change."))
        #expect(report.contains("Could be decided by nobody, or by too few: 2 (now 0)."))
        #expect(report.contains("A1 refund $4,000.00: cy (two of them) instead of ana, bo, cy; ana approved it"))
        #expect(report.contains("and 1 more"))
    }
}
