import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// `/v1/anomalies`: what is, and was, unusual about documents.
struct AnomaliesController: Sendable {
    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("anomalies") { try await list($0, context: $1) }
    }

    private struct Answer: Encodable {
        let anomalies: [AnomalyAnswer]
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewAnomalies)
        let query = try AnomalyQuery(request)
        let found = try await AnomalyDesk(context: self.context).anomalies(
            query.filter, before: query.before, limit: request.listLimit(), for: caller)
        return try Response.json(Answer(anomalies: found.map(AnomalyAnswer.init)))
    }
}

/// The JSON of one anomaly.
private struct AnomalyAnswer: Encodable {
    let id: String
    let kind: String
    let state: String
    let documentID: String
    let href: String
    let place: String?
    let detail: String?
    let amount: Money?
    let otherDocumentID: String?
    let foundAt: Date
    let endedAt: Date?
    let because: String?

    init(_ entry: AnomalyDesk.Entry) {
        let record = entry.record
        id = record.id
        kind = record.anomaly.code
        state = entry.state
        documentID = record.documentID
        href = "/v1/documents/\(record.documentID)"
        place = record.anomaly.place
        detail = entry.detail
        amount = entry.amount
        otherDocumentID = entry.other?.id
        foundAt = record.foundAt
        endedAt = record.ending?.at
        because = record.ending?.because
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, state
        case documentID = "document_id"
        case href, place, detail, amount
        case otherDocumentID = "other_document_id"
        case foundAt = "found_at"
        case endedAt = "ended_at"
        case because
    }
}
