import Foundation
import Governance
import Hummingbird

/// What a supervisor sends from a task's page to have the task go up or down.
struct PriorityPages: Sendable {
    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("tasks/{id}/priority") { try await override($0, context: $1) }
    }

    private func override(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .overridePriority)
        let form = try await context.form(request)
        let id = try context.parameters.require("id")
        guard let points = Int(form["points"].replacing("−", with: "-").replacing("+", with: "")) else {
            throw Problem(.invalidValues, "The points should be a whole number, such as 50 or -20.")
        }
        do {
            if try await ReviewDesk(context: self.context).knownAnswers.leave(id, by: caller) {
                return .seeOther("/checks/\(id)")
            }
            try await PriorityDesk(context: self.context).override(
                id, points: points, reason: form["reason"], by: caller)
        } catch let error as ReviewError {
            throw Problem(error)
        }
        return .seeOther("/tasks/\(id)")
    }
}
