import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// `/v1/journals`: what was sent to the ledger, and how it answered.
struct JournalsController: Sendable {
    private static let answerCountMax = 100

    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("journals") { try await list($0, context: $1) }
        group.get("journals/{key}") { try await show($0, context: $1) }
    }

    private struct List: Encodable {
        let journals: [JournalAnswer]
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.unlimitedCaller(having: .viewJournals)
        let query = request.uri.queryParameters
        let status = try query["status"].map { word in
            guard let status = PostingStatus(rawValue: String(word)) else {
                let words = PostingStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.malformedRequest, "'status' should be one of \(words).")
            }
            return status
        }
        let (subject, before) = (query["subject"].map(String.init), query["before"].map(String.init))
        let postings = try await self.context.store.read {
            try $0.postings(
                status: status, subject: subject, before: before, limit: JournalsController.answerCountMax)
        }
        return try Response.json(List(journals: postings.map { JournalAnswer($0) }))
    }

    /// Its lines name patients' accounts: who looks is on record.
    private func show(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .viewJournals)
        let (key, now) = (try context.parameters.require("key"), self.context.clock())
        let answer = try await self.context.store.write { transaction -> JournalAnswer? in
            guard let posting = try transaction.posting(key) else { return nil }
            try transaction.audit(
                actor: caller.actor, action: "journal.viewed", subject: posting.subject, detail: ["journal": key],
                correlationID: posting.correlationID, at: now)
            return JournalAnswer(posting, lines: try transaction.postingLines(key))
        }
        guard let answer else { throw Problem(.notFound, "There is no journal of that key.") }
        return try Response.json(answer)
    }
}

/// The JSON of a journal.
private struct JournalAnswer: Encodable, Sendable {
    struct Line: Encodable, Sendable {
        let account: String
        let debit: Money
        let credit: Money
        let reference: String?
    }

    let key: String
    let connector: String
    let subject: String
    let documentID: String?
    let approvalID: String?
    let kind: String
    let reverses: String?
    let total: Money
    let status: String
    let ledgerID: String?
    let problem: String?
    let correlationID: String
    let sentAt: Date
    let settledAt: Date?
    let lines: [Line]?

    init(_ posting: Posting, lines: [PostingLine]? = nil) {
        key = posting.key
        connector = posting.connector
        subject = posting.subject
        documentID = posting.documentID
        approvalID = posting.approvalID
        kind = posting.kind
        reverses = posting.reverses
        total = posting.total
        status = posting.status.rawValue
        ledgerID = posting.ledgerID
        problem = posting.problem
        correlationID = posting.correlationID
        sentAt = posting.sentAt
        settledAt = posting.settledAt
        self.lines = lines?.map {
            Line(account: $0.account, debit: $0.debit, credit: $0.credit, reference: $0.reference)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case key, connector, subject
        case documentID = "document_id"
        case approvalID = "approval_id"
        case kind, reverses, total, status
        case ledgerID = "ledger_id"
        case problem
        case correlationID = "correlation_id"
        case sentAt = "sent_at"
        case settledAt = "settled_at"
        case lines
    }
}
