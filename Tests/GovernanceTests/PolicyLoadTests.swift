import Foundation
import Governance
import Settings
import Testing

@Suite struct PolicyLoadTests {
    private func error(replacing old: String, with new: String) -> SettingsError? {
        let text = PolicyExample.text.replacing(old, with: new)
        #expect(text != PolicyExample.text)
        do {
            _ = try PolicyExample.policy(text)
            return nil
        } catch {
            return error
        }
    }

    @Test func rolesQueuesAndLeaseAreRead() throws {
        let policy = try PolicyExample.policy()
        #expect(policy.reviewLeaseMinutes == 20)
        #expect(policy.questionHours == 4)
        #expect(policy.queues.map(\.name) == ["general", "letters"])
        #expect(policy.permissions(of: .reviewer) == [.viewDocuments, .reviewDocuments])
        #expect(policy.permissions(of: .approver).isEmpty)
        #expect(policy.queue(for: "letter") == "letters")
        #expect(policy.queue(for: "junk") == "general")
        #expect(policy.queue(for: "no such type") == "general")
    }

    @Test func whatIsNotSaidOfThresholdsHasItsDefault() throws {
        let policy = try PolicyExample.policy()
        #expect(policy.thresholdRule == .fixed)
        #expect(policy.errorTarget == 0.01)
        #expect(policy.errorCertainty == 0.95)
        #expect(policy.auditShare == 0.02)
        #expect(policy.learnsLayouts)
    }

    @Test func aQueueIsWorkedByItsRolesThatMayReview() throws {
        let policy = try PolicyExample.policy()
        #expect(policy.mayWork("letters", role: .seniorReviewer))
        #expect(!policy.mayWork("letters", role: .auditor))
        #expect(!policy.mayWork("letters", role: .reviewer))
        #expect(!policy.mayWork("no such queue", role: .reviewer))
    }

    @Test func theHashIsThatOfTheBytes() throws {
        let policy = try PolicyExample.policy()
        #expect(policy.hash.wholeMatch(of: /[0-9a-f]{64}/) != nil)
        #expect(try PolicyExample.policy(PolicyExample.text + "\n").hash != policy.hash)
    }

    @Test(arguments: [
        ("  letter:\n", "  lettre:\n", "lettre", 12),
        ("member_id: 0.7", "membre_id: 0.7", "membre_id", 15),
        ("required: [payer_name]", "required: [payer_nom]", "payer_nom", 16),
        ("denial: [", "refusal: [", "refusal", 18),
        ("payer_name, member_id", "payer_name, membre_id", "membre_id", 18),
        ("queue: letters", "queue: lettres", "lettres", 13),
        ("default_queue: general", "default_queue: generale", "generale", 2),
        ("roles: [reviewer]", "roles: [reviewre]", "reviewre", 7),
        ("  auditor: [view", "  auditeur: [view", "auditeur", 30),
        ("view_audit]", "view_audits]", "view_audits", 30),
        ("type_confidence: 0.8", "type_confidence: 1.2", "0…1", 1),
        ("field_confidence: 0.85", "field_confidence: -0.1", "0…1", 21),
        ("member_id: 0.7", "member_id: 70", "0…1", 15),
        ("review: always", "review: allways", "allways", 26),
        ("review_lease_minutes: 20", "review_lease_minutes: 0", "1…1440", 3),
        ("review_lease_minutes: 20", "question_hours: 0", "0.25…80", 3),
        ("reviewer: [view_documents, review_documents]", "reviewer: [view_documents]", "Nobody can work", 7),
        ("name: letters", "name: general", "twice", 8),
        ("name: letters", "name: My letters", "cannot name a queue", 8),
        ("claims.patient_name, ", "provider_adjustments.reason, ", "cannot be required", 22),
        ("roles: [reviewer]", "rolls: [reviewer]", "roles", 5),
        ("type_confidence: 0.8", "tpye_confidence: 0.8", "tpye_confidence", 1),
        ("type_confidence: 0.8", "thresholds: lerned", "fixed, learned", 1),
        ("type_confidence: 0.8", "error_target: 0", "0.0001…0.2", 1),
        ("type_confidence: 0.8", "error_target: 1%", "error_target", 1),
        ("type_confidence: 0.8", "error_certainty: 1", "0.5…0.9999", 1),
        ("type_confidence: 0.8", "audit_share: 2", "0…1", 1),
        ("type_confidence: 0.8", "learn_layouts: perhaps", "learn_layouts", 1),
    ])
    func whatIsWrongIsNamedWithItsLine(old: String, new: String, words: String, line: Int) {
        let error = error(replacing: old, with: new)
        #expect(error?.problem.contains(words) == true, "\(error?.description ?? "accepted")")
        #expect(error?.line == line, "\(error?.description ?? "accepted")")
        #expect(error?.file == "policy.yaml")
    }
}
