import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import Records

/// `/v1/approvals`: any system asks for an approval, hears what became of it and takes it back.
///
/// A machine asks; people decide, on the workbench's page Approvals.
struct ApprovalsController: Sendable {
    private static let bodyByteCountMax = 64 << 10
    private static let answerCountMax = 100
    private static let preparerCountMax = 20

    let context: ServiceContext

    private var desk: ApprovalDesk { ApprovalDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("approvals") { try await list($0, context: $1) }
        group.post("approvals") { try await ask($0, context: $1) }
        group.get("approvals/{id}") { _, context in try await show(context) }
        group.post("approvals/{id}/change") { try await change($0, context: $1) }
        group.post("approvals/{id}/withdraw") { try await withdraw($0, context: $1) }
        group.post("approvals/{id}/approve") { try await decide(.approve, $0, context: $1) }
        group.post("approvals/{id}/refuse") { try await decide(.refuse, $0, context: $1) }
    }

    // MARK: Looking

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(havingAnyOf: ApprovalPages.viewers)
        let query = request.uri.queryParameters
        var status: ApprovalStatus?
        if let word = query["status"].map(String.init) {
            status = ApprovalStatus(rawValue: word)
            guard status != nil else {
                let known = ApprovalStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.invalidValues, "'status' should be one of \(known).")
            }
        }
        let before = query["before"].map(String.init)
        let answers = try await self.context.store.read { [status] transaction in
            let approvals = try transaction.approvals(
                status: status, within: caller.reach, before: before, limit: ApprovalsController.answerCountMax)
            let decisions = try transaction.decisions(on: approvals.map(\.id))
            return try approvals.map { try ApprovalAnswer($0, decisions[$0.id] ?? []) }
        }
        return try Response.json(["approvals": answers])
    }

    private func show(_ context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(havingAnyOf: ApprovalPages.viewers)
        let found = try await problems {
            try await desk.look(at: try context.parameters.require("id"), by: caller).found
        }
        var answer = try ApprovalAnswer(found.record, found.decisions)
        if !found.isOver {
            answer.mayDecide = found.authority.mayDecide(on: found.state, at: self.context.clock())
            answer.missing = found.missingCount
        }
        return try Response.json(answer)
    }

    // MARK: Asking

    private struct Wish: Decodable {
        let kind: String
        let amount: Money
        let facility: String?
        let costCentre: String?
        let legalEntity: String?
        let payerName: String?
        let reference: String?
        let documentID: String?
        let evidence: [String]?
        let preparedBy: [String]?
        let contentSHA256: String?

        private enum CodingKeys: String, CodingKey {
            case kind, amount, facility
            case costCentre = "cost_centre"
            case legalEntity = "legal_entity"
            case payerName = "payer_name"
            case reference
            case documentID = "document_id"
            case evidence
            case preparedBy = "prepared_by"
            case contentSHA256 = "content_sha256"
        }

        var content: ApprovalContent {
            ApprovalContent(
                kind: kind, amount: amount, facility: facility, costCentre: costCentre, legalEntity: legalEntity,
                payerName: payerName, reference: reference, documentID: documentID,
                evidence: (evidence ?? []).map { ApprovalEvidence(field: $0, page: 1, box: nil) })
        }
    }

    private func ask(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .requestApproval)
        let key = try IdempotencyKeys.key(of: request)
        let wish: Wish = try await body(
            of: request, "{\"kind\": \"refund\", \"amount\": \"1234.50\", …}; the amount is a text with two decimals")
        let preparers = try preparers(of: wish)
        let approval = try await problems {
            try await desk.request(wish.content, preparedBy: preparers, key: key, by: caller)
        }
        var response = try Response.json(try await answer(approval), status: .created)
        response.headers[.location] = "/v1/approvals/\(approval.id)"
        return response
    }

    private func change(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .requestApproval)
        let wish: Wish = try await body(
            of: request,
            "what is asked for now, with the 'content_sha256' of what it is to take the place of")
        guard let seen = wish.contentSHA256 else {
            throw Problem(.invalidValues, "Name in 'content_sha256' what you saw: it is void after this.")
        }
        let id = try context.parameters.require("id")
        let preparers = try preparers(of: wish)
        let approval = try await problems {
            try await desk.change(id, to: wish.content, preparedBy: preparers, seen: seen, by: caller)
        }
        return try Response.json(try await answer(approval))
    }

    private func preparers(of wish: Wish) throws -> [String] {
        let names = wish.preparedBy ?? []
        guard names.count <= ApprovalsController.preparerCountMax else {
            throw Problem(
                .invalidValues, "'prepared_by' may have \(ApprovalsController.preparerCountMax) names. Shorten it.")
        }
        return names
    }

    /// The approval with what was decided on it.
    private func answer(_ approval: Approval) async throws -> ApprovalAnswer {
        let decisions = try await context.store.read { try $0.decisions(on: [approval.id])[approval.id] ?? [] }
        return try ApprovalAnswer(approval, decisions)
    }

    // MARK: Deciding

    private struct Order: Decodable {
        let reason: String?
        let contentSHA256: String?

        private enum CodingKeys: String, CodingKey {
            case reason
            case contentSHA256 = "content_sha256"
        }
    }

    private func withdraw(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .requestApproval)
        let order: Order = try await body(of: request, "{\"reason\": \"…\"}")
        let id = try context.parameters.require("id")
        let approval = try await problems {
            try await desk.withdraw(id, because: order.reason ?? "", by: caller)
        }
        return try Response.json(try await answer(approval))
    }

    private func decide(
        _ verdict: ApprovalDesk.Verdict, _ request: Request, context: ServiceRequestContext
    ) async throws -> Response {
        let caller = try context.caller(havingAnyOf: ApprovalPages.viewers)
        guard caller.isPerson else { throw Problem(.notAllowed, ApprovalDesk.machineSentence) }
        let order: Order = try await body(of: request, "{\"content_sha256\": \"…\", \"reason\": \"…\"}")
        let id = try context.parameters.require("id")
        let approval = try await problems {
            try await desk.decide(
                verdict, id, seen: order.contentSHA256 ?? "", because: order.reason ?? "", by: caller)
        }
        return try Response.json(try await answer(approval))
    }

    private func body<Value: Decodable>(of request: Request, _ form: String) async throws -> Value {
        let bytes = try await request.body.collect(upTo: ApprovalsController.bodyByteCountMax)
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(buffer: bytes)) else {
            throw Problem(.malformedRequest, "The body should be \(form).")
        }
        return value
    }

    private func problems<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as ReviewError {
            throw Problem(error)
        } catch is ApprovalKeyReused {
            throw Problem(
                .idempotencyKeyReused,
                "Something else was asked for with this 'Idempotency-Key'. Ask for this with a new key.")
        } catch let error as GovernanceError {
            let kind: Problem.Kind =
                switch error.code {
                case .notYourDecision: .notAllowed
                case .contentChanged: .versionConflict
                case .reasonNeeded: .invalidValues
                default: .conflict
                }
            throw Problem(kind, error.description)
        }
    }
}

/// The JSON of an approval.
struct ApprovalAnswer: Encodable {
    struct Decision: Encodable {
        let verdict: String
        let person: String
        let onBehalfOf: String?
        let warrant: String
        let contentSHA256: String
        let matrixSHA256: String
        let reason: String?
        let decidedAt: Date

        private enum CodingKeys: String, CodingKey {
            case verdict, person
            case onBehalfOf = "on_behalf_of"
            case warrant
            case contentSHA256 = "content_sha256"
            case matrixSHA256 = "matrix_sha256"
            case reason
            case decidedAt = "decided_at"
        }
    }

    let id: String
    let content: ApprovalContent
    let contentSHA256: String
    let status: String
    let requestedBy: String
    let requestedAt: Date
    let expiresAt: Date?
    let endedAt: Date?
    let reason: String?
    let decisions: [Decision]
    /// The names of those who may decide it now; nil where that is not told, or it is over.
    var mayDecide: [String]?
    /// How many more have to approve; nil likewise, or where nobody has authority.
    var missing: Int?

    init(_ approval: Approval, _ decisions: [ApprovalDecision]) throws {
        id = approval.id
        content = try approval.decodedContent()
        contentSHA256 = approval.contentHash
        status = approval.status.rawValue
        requestedBy = approval.requestedBy
        requestedAt = approval.requestedAt
        expiresAt = approval.expiresAt
        endedAt = approval.endedAt
        reason = approval.reason
        self.decisions = decisions.map {
            Decision(
                verdict: $0.verdict.rawValue, person: $0.person, onBehalfOf: $0.onBehalfOf, warrant: $0.warrant,
                contentSHA256: $0.contentHash, matrixSHA256: $0.matrixHash, reason: $0.reason,
                decidedAt: $0.decidedAt)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id, href, status
        case contentSHA256 = "content_sha256"
        case requestedBy = "requested_by"
        case requestedAt = "requested_at"
        case expiresAt = "expires_at"
        case endedAt = "ended_at"
        case reason, decisions
        case mayDecide = "may_decide"
        case missing = "approvals_missing"
    }

    /// What is asked for, with what became of it beside it.
    func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode("/v1/approvals/\(id)", forKey: .href)
        try container.encode(status, forKey: .status)
        try container.encode(contentSHA256, forKey: .contentSHA256)
        try container.encode(requestedBy, forKey: .requestedBy)
        try container.encode(requestedAt, forKey: .requestedAt)
        try container.encodeIfPresent(expiresAt, forKey: .expiresAt)
        try container.encodeIfPresent(endedAt, forKey: .endedAt)
        try container.encodeIfPresent(reason, forKey: .reason)
        try container.encode(decisions, forKey: .decisions)
        try container.encodeIfPresent(mayDecide, forKey: .mayDecide)
        try container.encodeIfPresent(missing, forKey: .missing)
    }
}
