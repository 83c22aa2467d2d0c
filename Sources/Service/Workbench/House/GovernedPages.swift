import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records
import Settings

/// The policy or approval matrix in service, its history, and the way to another one: one person proposes it, another
/// confirms it.
struct GovernedPages<Value: Governed>: Sendable {
    private static var historyCountMax: Int { 100 }

    let context: ServiceContext
    let pages: PageWriter

    private var desk: GovernedDesk<Value> { GovernedDesk(context: context) }
    private var kind: GovernedKind { Value.kind }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        let path = kind.path.dropFirst()
        group.get("\(path)") { try await list($0, context: $1) }
        group.get("\(path)/new") { try await draft($0, context: $1) }
        group.post("\(path)/new") { try await propose($0, context: $1) }
        group.get("\(path)/{hash}") { _, context in try await show(context) }
        group.post("\(path)/{hash}") { try await settle($0, context: $1) }
    }

    // MARK: In service, proposed and former

    private struct List {
        let kind: GovernedKindWords
        let inService: GovernedWords?
        let proposals: [GovernedWords]
        let nothingProposed: Bool
        let history: [GovernedWords]
        /// The address of the page with older ones.
        let older: String?
        let mayPropose: Bool
        /// Why nobody could confirm what somebody proposes.
        let lonely: String?
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(havingAnyOf: kind.viewers)
        let before = request.uri.queryParameters["before"].flatMap { Int($0) }
        let (open, history, users) = try await self.context.store.read { transaction in
            (
                try transaction.openGoverned(Value.kind),
                try transaction.governed(Value.kind, before: before, limit: GovernedPages.historyCountMax),
                try transaction.users()
            )
        }
        let confirmers = users.count { user in
            !user.disabled
                && Role(rawValue: user.role).map {
                    self.context.policy.permissions(of: $0).contains(.confirmPolicy)
                } == true
        }
        let proposals = open.filter { $0.status == .proposed }.map(GovernedWords.init)
        let content = List(
            kind: GovernedKindWords(kind), inService: open.first { $0.status == .inService }.map(GovernedWords.init),
            proposals: proposals,
            nothingProposed: proposals.isEmpty, history: history.map(GovernedWords.init),
            older: history.count == GovernedPages.historyCountMax
                ? history.last.map { "\(kind.path)?before=\($0.number)" } : nil,
            mayPropose: caller.permissions.contains(.proposePolicy),
            lonely: confirmers > 1
                ? nil
                : "A second person with confirm_policy must confirm what one proposes, and there is \(confirmers == 0 ? "nobody" : "only one person") who has it. Add one under People."
        )
        return try pages.page(
            "governed", content, title: kind.page, session: try context.signedIn(), section: .policy)
    }

    // MARK: One of them

    private struct Detail {
        let kind: GovernedKindWords
        let version: GovernedWords
        /// Nil for the first one, which was compared with none.
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

    /// In what two of them differ and what that would change.
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
        let caller = try request.caller(havingAnyOf: kind.viewers)
        let session = try request.signedIn()
        let hash = try request.parameters.require("hash")
        let found = try await context.store.read { transaction -> (GovernedRecord, String, String, String?)? in
            guard let record = try transaction.governed(Value.kind, hash: hash),
                let kept = try transaction.governedText(record.number)
            else { return nil }
            let base = try record.base.flatMap { try transaction.governed(Value.kind, hash: $0) }.flatMap {
                try transaction.governedText($0.number)?.text
            }
            return (record, kept.text, kept.report, base)
        }
        guard let (record, text, report, base) = found else {
            throw Problem(
                .notFound, "There is no \(kind.noun) with this hash. Choose one on the page \(kind.page).")
        }
        // It names approvals and documents of the whole house.
        let shown = caller.reach.isLimited ? "" : report
        let isOpen = record.status == .proposed
        let isOwn = record.vouchedBy == caller.actor
        let mayConfirm = caller.permissions.contains(.confirmPolicy)
        let content = Detail(
            kind: GovernedKindWords(kind), version: GovernedWords(record),
            trial: base.map { Trial(differences: SettingsDifference.between($0, text), report: shown) },
            text: text, mayConfirm: isOpen && mayConfirm && !isOwn,
            mayRefuse: isOpen && (mayConfirm || isOwn && caller.permissions.contains(.proposePolicy)),
            hindrance: isOpen && isOwn
                ? "You stand for this \(kind.noun): a second person with confirm_policy must confirm it. Is there none, add one under People."
                : nil,
            mayPropose: !isOpen && record.status != .inService && caller.permissions.contains(.proposePolicy),
            notice: notice, formToken: session.formToken)
        return try pages.page(
            "governed-version", content, title: "\(kind.page) \(content.version.name)", session: session,
            section: .policy, status: status)
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
            return .seeOther("\(kind.path)/\(hash)")
        } catch let error as GovernanceError {
            let sentences = [error.description] + error.problems.map(\.sentence)
            return try await show(context, notice: sentences.joined(separator: " "), status: .conflict)
        }
    }

    // MARK: Proposing

    private struct Draft {
        let kind: GovernedKindWords
        let text: String
        let reason: String
        let trial: Trial?
        let notice: String?
        let reasonLengthMax = GovernedDesk<Value>.reasonCharacterCountMax
        let formToken: String
    }

    private func draft(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.unlimitedCaller(having: .proposePolicy)
        let from =
            request.uri.queryParameters["from"].map(String.init) ?? Value.inService(self.context).current.hash
        let text = try await self.context.store.read { transaction in
            try transaction.governed(Value.kind, hash: from).flatMap { try transaction.governedText($0.number)?.text }
        }
        return try page(text ?? "", context: context)
    }

    private func propose(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .proposePolicy)
        let form = try await context.form(request)
        // A browser ends the lines of a text as mail does; the hash is of the text as it was written.
        let text = form["text"].replacing("\r\n", with: "\n")
        do {
            if form["action"] == "propose" {
                let record = try await desk.propose(text, because: form["reason"], by: caller)
                return .seeOther("\(kind.path)/\(record.hash)")
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
        let content = Draft(
            kind: GovernedKindWords(kind), text: text, reason: reason, trial: trial, notice: notice,
            formToken: session.formToken)
        return try pages.page(
            "governed-new", content, title: "Propose: \(kind.noun)", session: session, section: .policy, status: status)
    }
}
