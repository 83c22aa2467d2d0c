import Foundation
import Governance
import Hummingbird
import Records
import Understanding

/// A document's whole life as a page, for those who may see the audit trail.
///
/// Reviewers do not see it: where two people key the same document without seeing each other's answer, it would tell.
struct LifePage: Sendable {
    private static let lineCountMax = 2000

    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("documents/{id}/life") { _, context in try await show(context) }
    }

    private struct Content {
        let id: String
        let typeTitle: String
        let fileName: String
        let status: String
        let statusWords: String
        let lines: [Line]
        let moreCount: Int?

        struct Line {
            let time: String
            let actor: String
            let sentence: String
            let details: [String]
            let hasDetails: Bool
            let sequence: Int?
        }
    }

    private func show(_ request: ServiceRequestContext) async throws -> Response {
        let caller = try request.caller(having: .viewAudit)
        _ = try request.caller(having: .viewDocuments)
        let id = try request.parameters.require("id")
        let now = context.clock()
        let (record, fileName) = try await context.store.write { transaction in
            guard let record = try transaction.document(id, within: caller.reach) else {
                throw Problem(.notFound, "There is no document with this id. Find it on the intake page.")
            }
            guard try !Sight(context: context).seen(record, by: caller, in: transaction).isPart else {
                throw Problem(
                    .notAllowed,
                    "The document waits for a reviewer, and you may become that: its life is yours to see afterwards.")
            }
            try transaction.audit(
                actor: caller.actor, action: "document.viewed", subject: id, detail: ["part": "life"],
                correlationID: record.correlationID, at: now)
            return (record, try transaction.file(record.sha256)?.name ?? "")
        }
        let life = try await context.store.read { try DocumentLife(of: id, within: caller.reach, in: $0) }
        let content = Content(
            id: id, typeTitle: DocumentTitles(record.type, catalog: context.understander.catalog).title,
            fileName: fileName, status: record.status.rawValue,
            statusWords: record.status.rawValue.replacing("_", with: " "),
            lines: life.lines.prefix(LifePage.lineCountMax).map { line in
                Content.Line(
                    time: PageTime.moment(line.time), actor: line.actor, sentence: line.sentence, details: line.details,
                    hasDetails: !line.details.isEmpty, sequence: line.sequence)
            },
            moreCount: life.lines.count > LifePage.lineCountMax ? life.lines.count - LifePage.lineCountMax : nil)
        return try pages.page("life", content, title: "Life of \(content.typeTitle)", session: try request.signedIn())
    }
}
