import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

extension TaskPages {
    /// Carries out what the dialog “Pages and type” asks for; what was typed before is saved first, so that it goes along.
    func changePages(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let form = try await context.form(request)
        let id = try context.taskID()
        return try await answer(to: form, on: id, context: context) {
            if let ended = try await endCheck(form, on: id, by: caller) { return ended }
            var version = try version(form)
            let edits = try await edits(form, id, caller)
            if !edits.isEmpty {
                version = try await desk.save(id, edits: edits, seen: version, by: caller).record.version
            }
            return try await carryOut(form, on: id, seen: version, by: caller)
        }
    }

    private func carryOut(
        _ form: FormBody, on id: String, seen version: Int, by caller: Caller
    ) async throws -> Response {
        let place: TaskPlace
        // Opens the dialog again on the page, for who goes on arranging.
        var dialog = ""
        if form["operation"] == "retype" {
            guard let chosen = ChosenType(form["type"]) else {
                throw ReviewError(.notPossible, "Choose the type that the document is of.")
            }
            place = try await desk.retype(id, as: chosen, seen: version, by: caller)
        } else if form["operation"] == "read_turned" {
            guard let page = Int(form["page"]) else {
                throw ReviewError(.notPossible, "Choose the page that should be read again.")
            }
            try await desk.readTurned(id, page: page, by: Int(form["degrees"]) ?? 0, seen: version, by: caller)
            return .seeOther("/tasks/\(id)")
        } else {
            guard let operation = PageOperation(name: form["operation"], page: Int(form["page"])) else {
                throw ReviewError(.notPossible, "Choose a page first, then what to do with it.")
            }
            place = try await desk.changePages(
                id, operation, layout: form["layout"], seen: version, by: caller)
            if let page = operation.page { dialog = "#arrange-\(page)" }
        }
        return .seeOther(place.stays ? "/tasks/\(id)\(dialog)" : "/queues/\(try queue(form))?moved=\(place.queue)")
    }

    /// Whether a page of the document is being read again, for the page that waits for it.
    func tellReading(_ context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let id = try context.taskID()
        return try Response.json(["is_reading": try await problems { try await desk.isBeingRead(id, by: caller) }])
    }

    /// Remembers how people want to see a page turned.
    func turnPage(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let form = try await context.form(request)
        let (id, number) = (try context.taskID(), try context.parameters.require("number", as: Int.self))
        try await problems {
            try await desk.turnPage(id, page: number, to: Int(form["degrees"]) ?? -1, by: caller)
        }
        return Response(status: .noContent)
    }
}
