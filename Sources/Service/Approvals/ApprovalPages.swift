import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// The approvals, those for the person to decide first, and one after another with its evidence.
struct ApprovalPages: Sendable {
    /// Who may see approvals has one of these.
    static let viewers: [Permission] = [.decideApprovals, .requestApproval, .viewAudit]

    /// The last page of open approvals that an address may name, lest its offset be no number.
    private static let pageMax = 100_000

    let context: ServiceContext
    let pages: PageWriter

    private var desk: ApprovalDesk { ApprovalDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("approvals") { try await list($0, context: $1) }
        group.get("approvals/{id}") { try await show($0, context: $1) }
        group.post("approvals/{id}") { try await settle($0, context: $1) }
    }

    private struct List {
        let isOver: Bool
        let entries: [ApprovalLine]
        let isEmpty: Bool
        let askedCount: Int
        let mayDecide: Bool
        let notice: String?
        let older: String?
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(havingAnyOf: ApprovalPages.viewers)
        let query = request.uri.queryParameters
        let notice = try await done(query["after"].map(String.init), for: caller)
        let mayDecide = caller.permissions.contains(.decideApprovals)
        let content: List
        if query["state"] == "over" {
            let ended = try await desk.ended(for: caller, before: query["before"].map(String.init))
            let lines = try ended.map { try ApprovalLine($0, context: self.context) }
            content = List(
                isOver: true, entries: lines, isEmpty: lines.isEmpty, askedCount: 0, mayDecide: mayDecide,
                notice: notice,
                older: ended.count == ApprovalDesk.endedCountMax
                    ? ended.last.map { "/approvals?state=over&before=\($0.id)" } : nil)
        } else {
            let page = min(max(0, query["page"].flatMap { Int($0) } ?? 0), ApprovalPages.pageMax)
            let open = try await desk.open(for: caller, page: page)
            let now = self.context.clock()
            let lines = open.map { ApprovalLine($0, context: self.context, at: now) }
            content = List(
                isOver: false, entries: lines, isEmpty: lines.isEmpty, askedCount: open.count { $0.part == .asked },
                mayDecide: mayDecide, notice: notice,
                older: open.count == ApprovalDesk.openCountMax ? "/approvals?page=\(page + 1)" : nil)
        }
        return try pages.page(
            "approvals", content, title: "Approvals", session: try context.signedIn(), section: .approvals)
    }

    private func show(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(havingAnyOf: ApprovalPages.viewers)
        let after = request.uri.queryParameters["after"].map(String.init)
        return try await page(context, done: try await done(after, for: caller))
    }

    private func page(
        _ request: ServiceRequestContext, done: String? = nil, notice: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let session = try request.signedIn()
        do {
            let sight = try await desk.look(at: try request.parameters.require("id"), by: session.caller)
            let view = ApprovalView(sight, context: context, session: session, done: done, notice: notice)
            return try pages.page(
                "approval", view, title: view.title, session: session, section: .approvals, status: status)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    /// What became of the approval that the person dealt with before this page.
    private func done(_ id: String?, for caller: Caller) async throws -> String? {
        guard let id, let approval = try await context.store.read({ try $0.approval(id, within: caller.reach) })
        else { return nil }
        let line = try ApprovalLine(approval, context: context)
        let deed = approval.status == .requested ? "approved; one more person has to" : approval.status.rawValue
        return "\(line.kind), \(line.amount): \(deed)."
    }

    private func settle(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(havingAnyOf: [.decideApprovals, .requestApproval])
        let form = try await context.form(request)
        let id = try context.parameters.require("id")
        do {
            switch form["action"] {
            case "approve", "refuse":
                let verdict: ApprovalDesk.Verdict = form["action"] == "approve" ? .approve : .refuse
                _ = try await desk.decide(verdict, id, seen: form["seen"], because: form["reason"], by: caller)
            case "withdraw": _ = try await desk.withdraw(id, because: form["reason"], by: caller)
            default: throw Problem(.malformedRequest, "The form names no action. Use the buttons of the page.")
            }
        } catch let error as GovernanceError {
            return try await page(context, notice: error.description, status: .conflict)
        } catch let error as ReviewError where [.notPossible, .changedMeanwhile].contains(error.code) {
            return try await page(context, notice: error.description, status: .conflict)
        } catch let error as ReviewError {
            throw Problem(error)
        }
        let next = try await desk.next(for: caller)
        return .seeOther(next.map { "/approvals/\($0)?after=\(id)" } ?? "/approvals?after=\(id)")
    }
}
