import Documents
import Governance
import Hummingbird
import Records
import Understanding

/// Keeps what a reviewer does as they do it, so that nothing typed is lost with a browser or a connection.
struct TaskDrafts: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("tasks/{id}/draft") { try await keep($0, context: $1) }
    }

    private func keep(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .reviewDocuments)
        let form = try await context.form(request)
        let id = try context.parameters.require("id")
        guard let version = Int(form["version"]) else {
            throw Problem(.malformedRequest, "The form lacks the document's version. Load the page again.")
        }
        let desk = ReviewDesk(context: self.context)
        do {
            let batch = try DraftForm(form).batch(for: try await desk.document(of: id, for: caller))
            let kept = try await desk.keepDraft(id, batch, seen: version, by: caller)
            return try answer(kept, batch, form: form, session: try context.signedIn())
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    private func answer(
        _ kept: KeptChanges, _ batch: EditBatch, form: FormBody, session: SignedInSession
    ) throws -> Response {
        let errors = Dictionary(kept.problems.map { ($0.path, $0.sentence) }, uniquingKeysWith: { $1 })
        let typed = TaskForm(form).typedByPath.filter { errors[$0.key] != nil }
        let view = try TaskView(kept.review, context: context, session: session, typed: typed, errors: errors)
        let titles = DocumentTitles(
            kept.review.record.type, catalog: context.understander.catalog, hiding: kept.review.hidden)
        let answer = try DraftAnswer(kept, batch, view: view, titles: titles, html: { try pages.fragment($0, $1) })
        return try Response.json(answer)
    }
}
