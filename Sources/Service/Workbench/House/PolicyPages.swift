import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records
import Settings

/// The policy in service, its history, and the way to another one: one person proposes it, another confirms it.
struct PolicyPages: Sendable {
    /// Who may see the policy has one of these.
    static let viewers: [Permission] = [.viewAudit, .proposePolicy, .confirmPolicy]
    private static let historyCountMax = 100

    let context: ServiceContext
    let pages: PageWriter

    private var desk: PolicyDesk { PolicyDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("policy") { try await list($0, context: $1) }
        group.get("policy/new") { try await draft($0, context: $1) }
        group.post("policy/new") { try await propose($0, context: $1) }
        group.get("policy/{hash}") { _, context in try await show(context) }
        group.post("policy/{hash}") { try await settle($0, context: $1) }
    }

    // MARK: In service, proposed and former

    private struct List {
        let inService: PolicyWords?
        let proposals: [PolicyWords]
        let nothingProposed: Bool
        let history: [PolicyWords]
        /// The address of the page with older ones.
        let older: String?
        let mayPropose: Bool
        /// Why nobody could confirm what somebody proposes.
        let lonely: String?
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(havingAnyOf: PolicyPages.viewers)
        let before = request.uri.queryParameters["before"].flatMap { Int($0) }
        let (open, history, users) = try await self.context.store.read { transaction in
            (
                try transaction.openPolicies(),
                try transaction.policies(before: before, limit: PolicyPages.historyCountMax), try transaction.users()
            )
        }
        let confirmers = users.count { user in
            !user.disabled
                && Role(rawValue: user.role).map {
                    self.context.policy.permissions(of: $0).contains(.confirmPolicy)
                } == true
        }
        let proposals = open.filter { $0.status == .proposed }.map(PolicyWords.init)
        let content = List(
            inService: open.first { $0.status == .inService }.map(PolicyWords.init), proposals: proposals,
            nothingProposed: proposals.isEmpty, history: history.map(PolicyWords.init),
            older: history.count == PolicyPages.historyCountMax
                ? history.last.map { "/policy?before=\($0.number)" } : nil,
            mayPropose: caller.permissions.contains(.proposePolicy),
            lonely: confirmers > 1
                ? nil
                : "A second person with confirm_policy must confirm what one proposes, and there is \(confirmers == 0 ? "nobody" : "only one person") who has it. Add one under People."
        )
        return try pages.page(
            "policy", content, title: "Policy", session: try context.signedIn(), section: .policy)
    }

    // MARK: One policy

    private struct Detail {
        let policy: PolicyWords
        /// Nil for the first policy, which was compared with none.
        let trial: Trial?
        let text: String
        let mayConfirm: Bool
        let mayRefuse: Bool
        /// Why the person who looks cannot confirm it.
        let hindrance: String?
        let mayPropose: Bool
        let notice: String?
        let formToken: String
    }

    /// In what two policies differ and what that would change.
    private struct Trial {
        let problems: [String]
        let isUsable: Bool
        let warnings: [String]
        let differences: [Row]
        let isSame: Bool
        let report: String?

        struct Row {
            let key: String
            let from: String
            let to: String

            init(_ difference: SettingsDifference) {
                key = difference.key
                from = difference.from ?? "—"
                to = difference.to ?? "—"
            }
        }

        init(differences: [SettingsDifference], report: String, problems: [String] = [], warnings: [String] = []) {
            self.problems = problems
            isUsable = problems.isEmpty
            self.warnings = warnings
            self.differences = differences.map(Row.init)
            isSame = problems.isEmpty && differences.isEmpty
            self.report = report.isEmpty ? nil : report
        }
    }

    private func show(
        _ request: ServiceRequestContext, notice: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let caller = try request.caller(havingAnyOf: PolicyPages.viewers)
        let session = try request.signedIn()
        let hash = try request.parameters.require("hash")
        let found = try await context.store.read { transaction -> (PolicyRecord, String, String, String?)? in
            guard let record = try transaction.policy(hash: hash), let kept = try transaction.policyText(record.number)
            else { return nil }
            let base = try record.base.flatMap { try transaction.policy(hash: $0) }.flatMap {
                try transaction.policyText($0.number)?.text
            }
            return (record, kept.text, kept.report, base)
        }
        guard let (record, text, report, base) = found else {
            throw Problem(.notFound, "There is no policy with this hash. Choose one on the page Policy.")
        }
        let isOpen = record.status == .proposed
        let isOwn = record.vouchedBy == caller.actor
        let mayConfirm = caller.permissions.contains(.confirmPolicy)
        let content = Detail(
            policy: PolicyWords(record),
            trial: base.map { Trial(differences: SettingsDifference.between($0, text), report: report) },
            text: text, mayConfirm: isOpen && mayConfirm && !isOwn,
            mayRefuse: isOpen && (mayConfirm || isOwn && caller.permissions.contains(.proposePolicy)),
            hindrance: isOpen && isOwn
                ? "You stand for this policy: a second person with confirm_policy must confirm it. Is there none, add one under People."
                : nil,
            mayPropose: !isOpen && record.status != .inService && caller.permissions.contains(.proposePolicy),
            notice: notice, formToken: session.formToken)
        return try pages.page(
            "policy-version", content, title: "Policy \(content.policy.name)", session: session, section: .policy,
            status: status)
    }

    private func settle(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(havingAnyOf: [.confirmPolicy, .proposePolicy])
        try caller.refuseLimited()
        let form = try await context.form(request)
        let hash = try context.parameters.require("hash")
        do {
            switch form["action"] {
            case "confirm": _ = try await desk.confirm(hash, because: form["reason"], by: caller)
            case "refuse": try await desk.refuse(hash, because: form["reason"], by: caller)
            default: throw Problem(.malformedRequest, "The form names no action. Use the buttons of the page.")
            }
            return .seeOther("/policy/\(hash)")
        } catch let error as GovernanceError {
            let sentences = [error.description] + error.problems.map(\.sentence)
            return try await show(context, notice: sentences.joined(separator: " "), status: .conflict)
        }
    }

    // MARK: Proposing

    private struct Draft {
        let text: String
        let reason: String
        let trial: Trial?
        let notice: String?
        let reasonLengthMax = PolicyDesk.reasonCharacterCountMax
        let formToken: String
    }

    private func draft(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.unlimitedCaller(having: .proposePolicy)
        let from = request.uri.queryParameters["from"].map(String.init) ?? self.context.policy.hash
        let text = try await self.context.store.read { transaction in
            try transaction.policy(hash: from).flatMap { try transaction.policyText($0.number)?.text }
        }
        return try page(text ?? "", context: context)
    }

    private func propose(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .proposePolicy)
        let form = try await context.form(request)
        // A browser ends the lines of a text as mail does; the policy's hash is of the text as it was written.
        let text = form["text"].replacing("\r\n", with: "\n")
        do {
            if form["action"] == "propose" {
                let record = try await desk.propose(text, because: form["reason"], by: caller)
                return .seeOther("/policy/\(record.hash)")
            }
            let trial = try await desk.trial(text)
            let shown = Trial(
                differences: trial.differences, report: trial.report, problems: trial.problems.map(\.description),
                warnings: trial.warnings.map(\.description))
            return try page(text, reason: form["reason"], trial: shown, context: context)
        } catch let error as GovernanceError {
            let problems = error.problems.map { "\($0.path): \($0.sentence)" }
            return try page(
                text, reason: form["reason"],
                trial: problems.isEmpty ? nil : Trial(differences: [], report: "", problems: problems),
                notice: error.description, status: .unprocessableContent, context: context)
        }
    }

    private func page(
        _ text: String, reason: String = "", trial: Trial? = nil, notice: String? = nil,
        status: HTTPResponse.Status = .ok, context: ServiceRequestContext
    ) throws -> Response {
        let session = try context.signedIn()
        let content = Draft(text: text, reason: reason, trial: trial, notice: notice, formToken: session.formToken)
        return try pages.page(
            "policy-new", content, title: "Propose a policy", session: session, section: .policy, status: status)
    }
}
