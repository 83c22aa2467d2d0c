import Foundation
import Governance
import Hummingbird
import Records

/// What people send from a task's page to one another: the task, a question, an answer, a note.
struct TogetherPages: Sendable {
    let context: ServiceContext
    let tasks: TaskPages

    private var desk: ReviewDesk { ReviewDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("tasks/{id}/send") { try await send($0, context: $1) }
        group.post("tasks/{id}/ask") { request, context in
            try await act(request, context) { form, id, caller in
                let queue = try await queue(of: id, for: caller)
                try await desk.ask(id, of: form["colleague"], about: form["field"], form["question"], by: caller)
                return "/queues/\(queue)"
            }
        }
        group.post("tasks/{id}/answer") { request, context in
            try await act(request, context) { form, id, caller in
                let queue = try await queue(of: id, for: caller)
                try await desk.answer(id, form["answer"], by: caller)
                return "/queues/\(queue)"
            }
        }
        group.post("tasks/{id}/withdraw") { request, context in
            try await act(request, context) { _, id, caller in
                try await desk.withdrawQuestion(id, by: caller)
                return "/tasks/\(id)"
            }
        }
        group.post("documents/{id}/notes") { try await note($0, context: $1) }
    }

    private func send(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        try await act(request, context) { form, id, caller in
            guard let reason = SendReason(rawValue: form["reason"]) else {
                throw ReviewError(.noReason, "Choose why the task is sent to another queue.")
            }
            let queue = try await queue(of: id, for: caller)
            let place = try await desk.send(
                id, to: form["queue"], reason: reason, note: form["note"], by: caller)
            return "/queues/\(queue)?sent=\(place.queue)"
        }
    }

    private func note(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let form = try await context.form(request)
        let id = try context.parameters.require("id")
        try await tasks.problems {
            try await NoteDesk(context: self.context).write(form["note"], on: id, id: form["note_id"], by: caller)
        }
        return .seeOther(LocalPath(form["back"])?.text ?? "/documents/\(id)")
    }

    /// Does what a form asks of a task and goes where that says; what is refused is told on the task's page.
    private func act(
        _ request: Request, _ context: ServiceRequestContext,
        _ work: (FormBody, String, Caller) async throws -> String
    ) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let form = try await context.form(request)
        let id = try context.taskID()
        return try await tasks.answer(to: form, on: id, context: context) {
            // Whoever sends a check elsewhere, or asks about it, gives it back.
            if try await desk.knownAnswers.leave(id, by: caller) { return .seeOther("/checks/\(id)") }
            return .seeOther(try await work(form, id, caller))
        }
    }

    private func queue(of id: String, for caller: Caller) async throws -> String {
        try await context.store.read { try desk.task(id, for: caller, in: $0).queue }
    }
}
