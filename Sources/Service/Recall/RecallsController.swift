import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import Records
import Understanding

/// `/v1/recalls`: recall a wrong value, see what the same cause released, hold it or send it to review again.
struct RecallsController: Sendable {
    private static let bodyByteCountMax = 64 << 10
    /// So many documents of a recall are in one answer.
    private static let answerCountMax = 500

    let context: ServiceContext

    private var desk: RecallDesk { RecallDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("recalls") { _, context in
            let caller = try context.unlimitedCaller(having: .recallDocuments)
            let recalls = try await problems { try await desk.recalls(for: caller) }
            return try Response.json(List(recalls: recalls.map { RecallAnswer($0.recall, counts: $0.counts) }))
        }
        group.post("recalls") { try await begin($0, context: $1) }
        group.get("recalls/{id}") { try await show($0, context: $1) }
        group.post("recalls/{id}/orders") { try await order($0, context: $1) }
    }

    private struct List: Encodable {
        let recalls: [RecallAnswer]
    }

    private struct Beginning: Decodable {
        let documentID: String
        let field: String
        let rightValue: String?
        let reason: String

        private enum CodingKeys: String, CodingKey {
            case documentID = "document_id"
            case field
            case rightValue = "right_value"
            case reason
        }
    }

    private struct Order: Decodable {
        let action: String
        let documents: [String]?
        let cause: String?
    }

    private struct Ordered: Encodable {
        let documents: Int
    }

    private func begin(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .recallDocuments)
        let beginning: Beginning = try await body(
            of: request, "{\"document_id\": \"…\", \"field\": \"…\", \"right_value\": \"…\", \"reason\": \"…\"}")
        let recall = try await problems {
            try await desk.begin(
                document: beginning.documentID, field: beginning.field, right: beginning.rightValue ?? "",
                reason: beginning.reason, by: caller)
        }
        var response = try Response.json(RecallAnswer(recall, counts: [:]), status: .accepted)
        response.headers[.location] = "/v1/recalls/\(recall.id)"
        return response
    }

    private func show(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .recallDocuments)
        let offset = request.listOffset()
        let found = try await problems {
            try await desk.look(
                at: try context.parameters.require("id"), offset: offset, limit: RecallsController.answerCountMax,
                by: caller)
        }
        return try Response.json(RecallAnswer(found.recall, counts: found.counts, entries: found.entries))
    }

    private func order(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .recallDocuments)
        let order: Order = try await body(
            of: request, "{\"action\": \"hold\", \"documents\": [\"…\"]} or {\"action\": \"review\", \"cause\": \"…\"}")
        guard let action = RecallAction(rawValue: order.action) else {
            throw Problem(.invalidValues, "'action' should be hold, release or review.")
        }
        let choice: RecallChoice
        switch (order.documents, order.cause.flatMap(RecallCause.init)) {
        case (let documents?, nil) where order.cause == nil: choice = .documents(documents)
        case (nil, let cause?): choice = .cause(cause.rawValue)
        default:
            throw Problem(
                .invalidValues,
                "Name either 'documents' or one 'cause': \(RecallCause.allCases.map(\.rawValue).joined(separator: ", "))."
            )
        }
        let id = try context.parameters.require("id")
        let count = try await problems { try await desk.order(action, choice, of: id, by: caller) }
        return try Response.json(Ordered(documents: count), status: .accepted)
    }

    private func body<Value: Decodable>(of request: Request, _ form: String) async throws -> Value {
        let bytes = try await request.body.collect(upTo: RecallsController.bodyByteCountMax)
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(buffer: bytes)) else {
            throw Problem(.malformedRequest, "The body should be \(form).")
        }
        return value
    }

    private func problems<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let error as ReviewError { throw Problem(error) }
    }
}

/// The JSON of a recall.
struct RecallAnswer: Encodable {
    let id: String
    let documentID: String
    let field: String
    let wrongValue: String
    let rightValue: String?
    let reason: String
    let madeBy: String
    let madeAt: Date
    let status: String
    let causes: [Recall.Cause]
    /// How many documents have which status.
    let counts: [String: Int]
    let documents: [Entry]?

    struct Entry: Encodable {
        let id: String
        let href: String
        let fileName: String
        let status: String
        let isHeld: Bool
        let causes: [String]
        let amountCents: Int?
        let releasedAt: Date
        let delivered: [String]
        let action: String?
        let outcome: String
        let detail: String?

        init(_ entry: RecallCase.Entry) {
            id = entry.record.id
            href = "/v1/documents/\(entry.record.id)"
            fileName = entry.fileName
            status = entry.record.status.rawValue
            isHeld = entry.isHeld
            causes = entry.listed.causes
            amountCents = entry.listed.amountCents
            releasedAt = entry.listed.releasedAt
            delivered = entry.delivered
            action = entry.listed.action?.rawValue
            outcome = entry.listed.status.rawValue
            detail = entry.listed.detail
        }

        private enum CodingKeys: String, CodingKey {
            case id, href
            case fileName = "file_name"
            case status
            case isHeld = "held"
            case causes
            case amountCents = "amount_cents"
            case releasedAt = "released_at"
            case delivered, action, outcome, detail
        }
    }

    init(_ recall: Recall, counts: [RecalledStatus: Int], entries: [RecallCase.Entry]? = nil) {
        id = recall.id
        documentID = recall.documentID
        field = recall.fieldPath
        wrongValue = recall.wrongValue
        rightValue = recall.rightValue
        reason = recall.reason
        madeBy = recall.madeBy
        madeAt = recall.madeAt
        status = recall.status.rawValue
        causes = recall.causes
        self.counts = Dictionary(uniqueKeysWithValues: RecalledStatus.allCases.map { ($0.rawValue, counts[$0] ?? 0) })
        documents = entries?.map(Entry.init)
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case documentID = "document_id"
        case field
        case wrongValue = "wrong_value"
        case rightValue = "right_value"
        case reason
        case madeBy = "made_by"
        case madeAt = "made_at"
        case status, causes, counts, documents
    }
}
