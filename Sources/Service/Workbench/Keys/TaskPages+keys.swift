import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

extension TaskPages {
    /// Keeps what somebody keyed or decided, or has the review begin again.
    func key(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let form = try await context.form(request)
        let id = try context.taskID()
        return try await answer(to: form, on: id, context: context) {
            let version = try version(form)
            let keyDesk = KeyDesk(desk: desk)
            if form["action"] == "again" {
                try await keyDesk.startAgain(id, seen: version, by: caller)
                return .seeOther("/tasks/\(id)")
            }
            try await keyDesk.give(id, KeyForm(form), seen: version, by: caller)
            return try await next(after: form, by: caller)
        }
    }

    /// Keeps what somebody has typed so far of the keys.
    func keepKeyDraft(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let form = try await context.form(request)
        let id = try context.taskID()
        try await problems {
            try await KeyDesk(desk: desk).keepDraft(id, form.fields, seen: try version(form), by: caller)
        }
        return Response(status: .noContent)
    }

    /// The page of a task: what is keyed where the document waits for keys, all of its values else.
    func page(
        of review: ReviewCase, _ form: FormBody = FormBody(text: ""), typed: [String: String] = [:],
        errors: [String: String] = [:], notice: String? = nil, status: HTTPResponse.Status = .ok,
        session: SignedInSession
    ) throws -> Response {
        if let keyCase = review.keyCase {
            let answers = form.fields.isEmpty ? KeyForm(draft: review.keyDraft) : KeyForm(form)
            let view = KeyView(
                review, keyCase, context: context, session: session, form: answers, errors: errors, notice: notice)
            return try pages.page(
                "keys", view, title: "Keys of \(view.typeTitle)", session: session, section: .queues, status: status)
        }
        let view = try TaskView(
            review, context: context, session: session, typed: typed, errors: errors, notice: notice)
        return try pages.page(
            "task", view, title: view.typeTitle, session: session, section: .queues, status: status)
    }
}
