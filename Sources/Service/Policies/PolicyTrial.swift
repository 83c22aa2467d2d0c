import Documents
import Foundation
package import Governance
package import Records
package import Settings
import Understanding

/// What checking a policy and trying it on the last documents showed, before anybody proposes or confirms it.
package struct PolicyTrial: Sendable {
    /// So many documents are decided anew.
    package static let documentCountMax = 500
    /// So many of those whose way would change are named.
    private static let namedMax = 30

    /// The policy; nil while there is a problem.
    package let policy: Policy?
    /// The hash of the policy in service that it is compared with.
    package let base: String
    package let problems: [SettingsError]
    package let warnings: [SettingsError]
    /// In what it differs from the policy in service.
    package let differences: [SettingsDifference]
    /// What would change, in words and tables; empty while there is a problem.
    package let report: String

    init(_ text: String, context: ServiceContext) async throws {
        let inService = context.policy
        let check = Policy.check(text: text, path: "policy.yaml", vocabulary: context.vocabulary)
        let kept = try await context.store.read { transaction in
            try transaction.policy(hash: inService.hash).flatMap { try transaction.policyText($0.number)?.text }
        }
        policy = check.policy
        base = inService.hash
        problems = check.problems
        warnings = check.warnings
        let differences = kept.map { SettingsDifference.between($0, text) } ?? []
        self.differences = differences
        if let policy = check.policy {
            report = try await PolicyTrial.report(policy, inService: inService, differences, context: context)
        } else {
            report = ""
        }
    }

    private static func report(
        _ policy: Policy, inService: Policy, _ differences: [SettingsDifference], context: ServiceContext
    ) async throws -> String {
        let (documents, leftOut) = try await context.store.read { try ReadDocument.last(documentCountMax, in: $0) }
        let model = context.understander.model.version
        let isLearned = [policy, inService].contains { $0.thresholdRule == .learned }
        let outcomes = try await isLearned ? context.store.read { try $0.sampledOutcomes(model: model) } : []
        let cases = [inService, policy].map { PolicyCase($0, learned: LearnedThresholds(outcomes, policy: $0)) }
        let simulation = PolicySimulation(documents, inService: cases[0], proposed: cases[1])
        let report = SimulationReport(simulation, differences: differences, namedMax: namedMax)
        return leftOut == 0
            ? "\(report)" : "\(report)\nLeft out, as what was read of them is not known any more: \(leftOut).\n"
    }
}

extension ReadDocument {
    /// The last documents of the store as the machine read them, and how many of them are left out because that is not
    /// known any more.
    package static func last(
        _ count: Int, in transaction: Transaction
    ) throws -> (documents: [ReadDocument], leftOut: Int) {
        let decided = try transaction.decidedDocuments(limit: count)
        let known = decided.compactMap { decided in
            // What a person parted from another document the machine has not read as one.
            decided.document.flatMap { $0.evidence.contains { $0.code == Rereading.pagesCode } ? nil : $0 }.map {
                ReadDocument(
                    id: decided.id, sha256: decided.sha256, ordinal: decided.ordinal,
                    day: CalendarDate(
                        dayNumber: Int((decided.createdAt.timeIntervalSince1970 / 86_400).rounded(.down))),
                    document: $0, facility: decided.facility)
            }
        }
        return (known, decided.count - known.count)
    }
}
