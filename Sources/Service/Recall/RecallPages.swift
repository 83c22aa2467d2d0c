import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records
import Understanding

/// The recalls, each with what it found and what became of it, and the way to begin one.
struct RecallPages: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    private var desk: RecallDesk { RecallDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("recalls") { try await list($0, context: $1) }
        group.get("recalls/{id}") { try await show($0, context: $1) }
        group.post("recalls/{id}/orders") { try await order($0, context: $1) }
        group.post("documents/{id}/recall") { try await begin($0, context: $1) }
    }

    // MARK: All recalls

    private struct List {
        let recalls: [Entry]
        let isEmpty: Bool
        let part: ListPart

        struct Entry {
            let id: String
            let at: String
            let by: String
            let what: String
            let reason: String
            let found: String
            let waiting: Int
            let done: Int
            let refused: Int
        }
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .recallDocuments)
        let offset = request.listOffset()
        let recalls = try await desk.recalls(offset: offset, limit: RecallDesk.pageCount, for: caller)
        let entries = recalls.map { recall, counts in
            List.Entry(
                id: recall.id, at: PageTime.minute(recall.madeAt), by: recall.madeBy.actorName,
                what: recall.fieldPath.replacing("_", with: " "), reason: recall.reason,
                found: recall.status == .searching
                    ? "being looked for" : "\(max(0, counts.values.reduce(0, +) - 1))",
                waiting: counts[.ordered] ?? 0, done: counts[.done] ?? 0, refused: counts[.refused] ?? 0)
        }
        return try pages.page(
            "recalls",
            List(
                recalls: entries, isEmpty: entries.isEmpty,
                part: ListPart(
                    of: "/recalls", offset: offset, shown: entries.count,
                    count: try await desk.recallCount(for: caller), pageCount: RecallDesk.pageCount)),
            title: "Recalls", session: try context.signedIn(), section: .recalls)
    }

    // MARK: One recall

    private func show(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        try await page(request, context)
    }

    private func page(
        _ request: Request, _ context: ServiceRequestContext, notice: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .recallDocuments)
        let offset = request.listOffset()
        do {
            let found = try await desk.look(at: try context.parameters.require("id"), offset: offset, by: caller)
            let view = try await self.context.store.read { transaction in
                try RecallView(
                    found, context: self.context, session: try context.signedIn(), notice: notice, in: transaction)
            }
            return try pages.page(
                "recall", view, title: "Recall", session: try context.signedIn(), section: .recalls, status: status)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    /// The form names an action, and after `:` the cause whose documents it is for; without one those that were chosen.
    private func order(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .recallDocuments)
        let form = try await context.form(request)
        let id = try context.parameters.require("id")
        let parts = form["order"].split(separator: ":", maxSplits: 1).map(String.init)
        guard let action = parts.first.flatMap(RecallAction.init) else {
            throw Problem(.malformedRequest, "The form names no action. Use the buttons of the page.")
        }
        do {
            let choice: RecallChoice =
                parts.count == 2
                ? .cause(try cause(parts[1]))
                : .documents(form.fields.filter { $0.name == "document" }.map(\.value))
            _ = try await desk.order(action, choice, of: id, by: caller)
            let from = Int(form["from"]).map { "?from=\(max(0, $0))" } ?? ""
            return .seeOther("/recalls/\(id)\(from)")
        } catch let error as ReviewError where error.code == .notPossible {
            return try await page(request, context, notice: error.description, status: .unprocessableContent)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    private func cause(_ name: String) throws -> String {
        guard let cause = RecallCause(rawValue: name) else {
            throw ReviewError(.notPossible, "There is no cause of that name. Use the buttons of the page.")
        }
        return cause.rawValue
    }

    // MARK: Beginning one

    private func begin(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .recallDocuments)
        let form = try await context.form(request)
        do {
            let recall = try await desk.begin(
                document: try context.parameters.require("id"), field: form["field"], right: form["right"],
                reason: form["reason"], by: caller)
            return .seeOther("/recalls/\(recall.id)")
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }
}
