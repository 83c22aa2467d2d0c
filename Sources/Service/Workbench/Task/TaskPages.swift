import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records
import Understanding

/// A task's page and what a reviewer does there.
struct TaskPages: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    var desk: ReviewDesk { ReviewDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("tasks/{id}") { try await show($0, context: $1) }
        group.post("tasks/{id}") { try await change($0, context: $1) }
        group.post("tasks/{id}/take") { try await take($0, context: $1) }
        group.post("tasks/{id}/renew") { request, context in
            _ = try await take(request, context: context)
            return Response(status: .noContent)
        }
        group.post("tasks/{id}/keys/draft") { try await keepKeyDraft($0, context: $1) }
        group.post("tasks/{id}/keys") { try await key($0, context: $1) }
        group.get("tasks/{id}/reading") { _, context in try await tellReading(context) }
        group.post("tasks/{id}/pages") { try await changePages($0, context: $1) }
        group.post("tasks/{id}/pages/{number}/turn") { try await turnPage($0, context: $1) }
    }

    private func show(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.caller(having: .reviewDocuments)
        let session = try context.signedIn()
        let id = try context.taskID()
        if let ended = try await endedCheck(id, for: session.caller) { return ended }
        let review = try await problems { try await desk.look(at: id, by: session.caller) }
        return try page(of: review, session: session)
    }

    private func take(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        _ = try await context.form(request)
        let id = try context.taskID()
        try await problems { try await desk.take(id, by: caller) }
        return .seeOther("/tasks/\(id)")
    }

    private func change(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let form = try await context.form(request)
        let id = try context.taskID()
        let answer = try await answer(to: form, on: id, context: context) {
            try await carryOut(form, on: id, by: caller)
        }
        // The page's script goes on by itself: it shows what it has of the next document first.
        guard request.headers[.accept] == "application/json", let next = answer.headers[.location] else {
            return answer
        }
        return try Response.json(["next": next])
    }

    /// What `work` answers; where it is refused, the task as it is now, with the reason and what was typed.
    ///
    /// A document that changed meanwhile is shown without it: what was typed was meant for the former one, whose places
    /// may be others now, and everything valid was kept as it was typed.
    func answer(
        to form: FormBody, on id: String, context: ServiceRequestContext, _ work: () async throws -> Response
    ) async throws -> Response {
        let typed = TaskForm(form).typedByPath
        do {
            return try await work()
        } catch let error as GovernanceError where error.code == .editRefused {
            let errors = Dictionary(error.problems.map { ($0.path, $0.sentence) }, uniquingKeysWith: { $1 })
            return try await page(
                again: id, form, typed: typed, errors: errors,
                notice: "Nothing was saved: see the fields marked below.",
                status: .unprocessableContent, context: context)
        } catch let error as ReviewError where error.code == .taken {
            return try await page(
                again: id, form, typed: typed, notice: error.description, status: .conflict, context: context)
        } catch let error as ReviewError where error.code == .changedMeanwhile {
            return try await page(again: id, notice: error.description, status: .conflict, context: context)
        } catch let error as ReviewError where [.notPossible, .noReason].contains(error.code) {
            return try await page(
                again: id, form, typed: typed, notice: error.description, status: .unprocessableContent,
                context: context)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    private func carryOut(_ form: FormBody, on id: String, by caller: Caller) async throws -> Response {
        if let ended = try await endCheck(form, on: id, by: caller) { return ended }
        let version = try version(form)
        switch form["action"] {
        case "save":
            _ = try await desk.save(id, edits: try await edits(form, id, caller), seen: version, by: caller)
            return .seeOther("/tasks/\(id)")
        case "confirm":
            let edits = try await edits(form, id, caller)
            guard try await desk.confirm(id, edits: edits, seen: version, by: caller) else {
                return .seeOther("/tasks/\(id)")
            }
            return try await next(after: form, by: caller)
        case "reject":
            guard let reason = RejectionReason(rawValue: form["reason"]) else {
                throw ReviewError(.noReason, "Choose why the document is refused.")
            }
            let note = String(form["note"].prefix(500))
            try await desk.reject(id, reason: reason, note: note, seen: version, by: caller)
            return try await next(after: form, by: caller)
        case "duplicate":
            try await desk.reject(id, reason: .duplicate, note: "", seen: version, by: caller)
            return try await next(after: form, by: caller)
        case "release":
            try await desk.release(id, by: caller)
            return .seeOther("/queues/\(try queue(form))")
        default:
            throw Problem(.malformedRequest, "The form names no action. Use the buttons of the page.")
        }
    }

    func version(_ form: FormBody) throws -> Int {
        guard let version = Int(form["version"]) else {
            throw Problem(.malformedRequest, "The form lacks the document's version. Load the page again.")
        }
        return version
    }

    func edits(_ form: FormBody, _ id: String, _ caller: Caller) async throws -> [FieldEdit] {
        TaskForm(form).edits(of: try await desk.document(of: id, for: caller))
    }

    /// The next task of the queue, or the queue when nothing waits in it.
    func next(after form: FormBody, by caller: Caller) async throws -> Response {
        let queue = try queue(form)
        if let next = try await desk.takeNext(in: queue, by: caller) { return .seeOther("/tasks/\(next.id)") }
        return .seeOther("/queues/\(queue)")
    }

    func queue(_ form: FormBody) throws -> String {
        guard let queue = context.policy.queues.first(where: { $0.name == form["queue"] }) else {
            throw Problem(.malformedRequest, "The form names no queue that exists. Load the page again.")
        }
        return queue.name
    }

    /// The task as it is now, with what was typed kept in the form.
    private func page(
        again id: String, _ form: FormBody = FormBody(text: ""), typed: [String: String] = [:],
        errors: [String: String] = [:], notice: String, status: HTTPResponse.Status, context: ServiceRequestContext
    ) async throws -> Response {
        let session = try context.signedIn()
        if let ended = try await endedCheck(id, for: session.caller) { return ended }
        let review = try await problems { try await desk.look(at: id, by: session.caller) }
        return try page(
            of: review, form, typed: typed, errors: errors, notice: notice, status: status, session: session)
    }

    @discardableResult
    func problems<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let error as ReviewError { throw Problem(error) }
    }
}

extension ServiceRequestContext {
    func taskID() throws -> String { try parameters.require("id") }
}

extension Problem {
    init(_ error: ReviewError) {
        let kind: Kind =
            switch error.code {
            case .notFound: .notFound
            case .notAllowed: .notAllowed
            case .taken: .conflict
            case .changedMeanwhile: .versionConflict
            case .noReason, .notPossible: .invalidValues
            }
        self.init(kind, error.description)
    }
}
