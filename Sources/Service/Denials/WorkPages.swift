import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import Records

/// The list of work on denials, requests and authorization numbers, and each piece of it.
struct WorkPages: Sendable {
    private static let rowCount = 200

    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("work") { try await list($0, context: $1) }
        group.get("work/{id}") { _, context in try await page(context) }
        group.get("work/{id}/packet") { _, context in try await packet(context) }
        group.post("work/{id}") { try await act($0, context: $1) }
    }

    // MARK: All work

    private struct List {
        let rows: [Row]
        let isEmpty: Bool
        let isDone: Bool
        let isCut: Bool
        let rowCount = WorkPages.rowCount

        struct Row {
            let id: String
            let title: String
            let due: String?
            let days: String?
            let isLate: Bool
            let deadline: String?
            let amount: String?
            let status: String
            let isMine: Bool
        }
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewDenials)
        let isDone = try request.flag("done")
        let today = self.context.policy.day(of: self.context.clock())
        let work = try await self.context.store.read { transaction in
            try transaction.work(
                isDone ? [.closed, .withdrawn] : [.open, .taken, .awaiting], within: caller.reach,
                hidingChecksOf: caller.actor, limit: WorkPages.rowCount + 1)
        }
        let rows = work.prefix(WorkPages.rowCount).map { work in
            List.Row(
                id: work.id, title: WorkWords.title(WorkKind(rawValue: work.kind) ?? .appeal),
                due: work.dueDate?.description, days: WorkWords.days(to: work.dueDate, from: today),
                isLate: !isDone && work.isLate(on: today), deadline: work.deadline?.description,
                amount: work.amountAtStake.map { PriorityWords.dollars($0.description) },
                status: WorkWords.status(work), isMine: work.holder == caller.actor)
        }
        let content = List(rows: rows, isEmpty: rows.isEmpty, isDone: isDone, isCut: work.count > WorkPages.rowCount)
        return try pages.page(
            "work-list", content, title: "Work", session: try context.signedIn(), section: .denials)
    }

    // MARK: One piece

    private func page(
        _ context: ServiceRequestContext, notice: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let caller = try context.caller(having: .viewDenials)
        let session = try context.signedIn()
        let id = try context.parameters.require("id")
        let now = self.context.clock()
        do {
            let view = try await self.context.store.write { [context = self.context] transaction in
                let found = try WorkCase(id, for: caller, context: context, in: transaction, at: now)
                return try WorkView(
                    found, context: context, session: session, notice: notice, in: transaction, at: now)
            }
            return try pages.page(
                "work", view, title: view.title, session: session, section: .denials, status: status)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    private func packet(_ context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewDenials)
        let id = try context.parameters.require("id")
        let now = self.context.clock()
        do {
            let found = try await self.context.store.write { [context = self.context] transaction in
                let found = try WorkCase(id, for: caller, context: context, in: transaction, at: now)
                if let refusal = found.packRefusal { throw ReviewError(.notPossible, refusal) }
                try transaction.audit(
                    actor: caller.actor, action: "work.packed", subject: found.record.id, detail: ["work": id],
                    correlationID: found.record.correlationID, at: now)
                return found
            }
            let pdf = try await WorkPacket(context: self.context).pdf(of: found)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/pdf", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"packet-\(id).pdf\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: pdf)))
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    /// The form says what is done, and after `:` how it ended.
    private func act(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .workDenials)
        let form = try await context.form(request)
        let id = try context.parameters.require("id")
        let parts = form["act"].split(separator: ":", maxSplits: 1).map(String.init)
        let act: WorkDesk.Act?
        switch parts.first {
        case "take": act = .take
        case "release": act = .release
        case "send": act = .send
        case "close": act = WorkOutcome(rawValue: parts.last ?? "").map { .close($0, account: form["account"]) }
        default: act = nil
        }
        do {
            guard let act, let version = Int(form["version"]) else {
                // The work may be out of reach, which is said first.
                _ = try await self.context.store.read { try WorkDesk.found(id, for: caller, in: $0) }
                throw Problem(.malformedRequest, "The form says nothing to do. Use the buttons of the page.")
            }
            try await WorkDesk(context: self.context).act(act, on: id, seen: version, by: caller)
            return .seeOther("/work/\(id)")
        } catch let error as ReviewError where [.changedMeanwhile, .taken, .notPossible].contains(error.code) {
            let sentence =
                error.code == .changedMeanwhile
                ? "Somebody changed this meanwhile. It is shown as it is now." : error.description
            return try await page(context, notice: sentence, status: .conflict)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }
}

extension WorkItem {
    /// Whether the day by which it was to be done is past.
    func isLate(on today: CalendarDate?) -> Bool { dueDate.flatMap { due in today.map { due < $0 } } ?? false }
}
