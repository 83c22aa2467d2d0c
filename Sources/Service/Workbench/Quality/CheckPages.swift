import Governance
import Hummingbird
import Records
import Understanding

/// What a reviewer is told when a known-answer check has ended.
struct CheckPages: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    private var desk: KnownAnswerDesk { ReviewDesk(context: context).knownAnswers }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("checks/{id}") { _, context in try await show(context) }
    }

    private struct Content {
        let typeTitle: String
        let fileName: String
        let fieldTitle: String
        let shown: String
        let truth: String
        let isCaught: Bool
        let isMissed: Bool
        let queue: String
        let queueTitle: String
        let formToken: String
    }

    private func show(_ request: ServiceRequestContext) async throws -> Response {
        let caller = try request.caller(having: .reviewDocuments)
        let session = try request.signedIn()
        let id = try request.parameters.require("id")
        let now = context.clock()
        let content = try await context.store.write { transaction -> Content in
            guard let check = try transaction.check(id, of: caller.actor), let outcome = check.outcome,
                let record = try transaction.document(check.documentID), let file = try transaction.file(record.sha256)
            else { throw Problem(.notFound, "You have no ended check of this name. Choose a task from its queue.") }
            try transaction.recordView(of: record.id, record.correlationID, by: caller, at: now)
            let known = try check.known
            let titles = DocumentTitles(record.type, catalog: context.understander.catalog)
            return Content(
                typeTitle: titles.title, fileName: file.name, fieldTitle: titles.title(of: known.path),
                shown: known.shown, truth: known.truth, isCaught: outcome == .caught, isMissed: outcome == .missed,
                queue: check.queue,
                queueTitle: context.policy.queues.first { $0.name == check.queue }?.title ?? check.queue,
                formToken: session.formToken)
        }
        return try pages.page("check", content, title: "A check", session: session, section: .queues)
    }
}

extension TaskPages {
    private var checks: KnownAnswerDesk { desk.knownAnswers }

    /// Ends a known-answer check as the form says and tells how it ended; nil when the task is none, or goes on.
    func endCheck(_ form: FormBody, on id: String, by caller: Caller) async throws -> Response? {
        if let ended = try await endedCheck(id, for: caller) { return ended }
        guard form["action"] != "save", try await checks.exists(id, for: caller) else { return nil }
        let ending: KnownAnswerDesk.Ending
        switch form["action"] {
        case "confirm": ending = .confirm(try await edits(form, id, caller))
        case "reject":
            guard RejectionReason(rawValue: form["reason"]) != nil else {
                throw ReviewError(.noReason, "Choose why the document is refused.")
            }
            ending = .reject
        case "duplicate": ending = .reject
        default: ending = .leave
        }
        try await checks.end(id, ending, seen: try version(form), by: caller)
        return .seeOther("/checks/\(id)")
    }

    /// Where a check has ended, the page that tells it.
    func endedCheck(_ id: String, for caller: Caller) async throws -> Response? {
        let check = try await context.store.read { try $0.check(id, of: caller.actor) }
        return check?.outcome == nil ? nil : .seeOther("/checks/\(id)")
    }
}
