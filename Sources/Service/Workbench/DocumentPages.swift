import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records
import Understanding

/// A document's page, what was read of it, and its page images for the browser.
struct DocumentPages: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("documents/{id}") { _, context in try await show(context) }
        group.get("documents/{id}/pages/{number}/image") { request, context in
            let caller = try context.caller(having: .viewDocuments)
            return try await PageImages(context: self.context).response(
                request, fileOf: try context.parameters.require("id"),
                page: try context.parameters.require("number", as: Int.self), to: caller)
        }
        group.get("documents/{id}/pages/{number}/words") { _, context in
            let caller = try context.caller(having: .viewDocuments)
            return try await PageWords(context: self.context).response(
                fileOf: try context.parameters.require("id"),
                page: try context.parameters.require("number", as: Int.self), to: caller)
        }
    }

    private struct Content {
        let id: String
        let fileName: String
        let typeTitle: String
        let subtypeTitle: String?
        let typeWords: String
        let status: String
        let statusWords: String
        let correlationID: String
        let facility: String?
        let form: DocumentForm
        let sheets: [PageSheet]
        let hasManyPages: Bool
        let checks: [CheckLine]
        let taskID: String?
        /// The document that it became part of.
        let mergedInto: String?
        /// The recall that holds it.
        let heldBy: String?
        /// What can be recalled of it; nil for who may not, or where nothing is released.
        let recall: RecallForm?
        let notes: NotesView
        let mayViewAudit: Bool
        let versions: Versions

        struct CheckLine {
            let passed: Bool
            let detail: String
        }

        struct RecallForm {
            let fields: [TogetherView.Choice]
            let reasonLengthMax = RecallDesk.reasonLengthMax
            let formToken: String
        }
    }

    private func show(_ request: ServiceRequestContext) async throws -> Response {
        let caller = try request.caller(having: .viewDocuments)
        let id = try request.parameters.require("id")
        let session = try request.signedIn()
        let content = try await context.store.write { transaction -> Content in
            guard let record = try transaction.document(id, within: caller.reach),
                let file = try transaction.file(record.sha256)
            else {
                throw Problem(.notFound, "There is no document with this id. Find it on the intake page.")
            }
            try transaction.recordView(of: id, record.correlationID, by: caller, at: context.clock())
            let seen = try Sight(context: context).seen(record, by: caller, in: transaction)
            return try read(seen.record, file, isPart: seen.isPart, session: session, in: transaction)
        }
        return try pages.page("document", content, title: content.typeTitle, session: session)
    }

    /// - Parameter isPart: whether something is kept from the caller, which the history would tell.
    private func read(
        _ record: DocumentRecord, _ file: CustodyFile, isPart: Bool, session: SignedInSession,
        in transaction: Transaction
    ) throws -> Content {
        let caller = session.caller
        let document = record.document
        let titles = DocumentTitles(
            record.type, catalog: context.understander.catalog,
            hiding: Sight(context: context).hiddenFields(of: record, from: caller))
        let form = DocumentForm(FieldInputs(document: document, definitions: titles, typed: [:], errors: [:]))
        let faces = try transaction.pageFaces(of: record)
        let task = try transaction.task(ofDocument: record.id)
        return Content(
            id: record.id, fileName: file.name, typeTitle: titles.title,
            subtypeTitle: titles.subtypeTitle(record.subtype),
            typeWords: try TypeSource(record, in: transaction).words(document),
            status: record.status.rawValue, statusWords: record.status.rawValue.replacing("_", with: " "),
            correlationID: record.correlationID, facility: file.facility, form: form,
            sheets: PageSheet.all(faces, documentID: record.id),
            hasManyPages: faces.count > 1,
            checks: document.checks.map { Content.CheckLine(passed: $0.passed, detail: $0.detail ?? $0.name) },
            taskID: task.flatMap { $0.status == .done ? nil : $0.id }, mergedInto: record.mergedInto,
            // A check is shown as it was before anything was released.
            heldBy: isPart ? nil : try transaction.hold(of: record.id)?.recallID,
            recall: recallForm(record, titles, session),
            notes: try notes(on: record, isPart: isPart, session, in: transaction),
            mayViewAudit: caller.permissions.contains(.viewAudit) && !isPart, versions: record.versions)
    }

    private func recallForm(
        _ record: DocumentRecord, _ titles: DocumentTitles, _ session: SignedInSession
    ) -> Content.RecallForm? {
        guard record.status == .accepted, session.caller.permissions.contains(.recallDocuments),
            !session.caller.reach.isLimited
        else { return nil }
        let fields = record.document.locatedFields.map { TogetherView.Choice($0, titles) }
        return fields.isEmpty ? nil : Content.RecallForm(fields: fields, formToken: session.formToken)
    }

    private func notes(
        on record: DocumentRecord, isPart: Bool, _ session: SignedInSession, in transaction: Transaction
    ) throws -> NotesView {
        NotesView(
            isPart ? [] : try transaction.notes(on: record.id, limit: TaskTalk.noteCountMax),
            count: isPart ? 0 : try transaction.noteCount(on: record.id), of: record.id,
            mayWrite: try NoteDesk(context: context).mayWrite(on: record, session.caller, in: transaction),
            back: "/documents/\(record.id)", at: context.clock(), session: session)
    }
}
