import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import Records

/// `/v1/policies` and `/v1/approval-matrices`: the one in service and its history, and proposals for another.
///
/// A machine proposes; people confirm, on the workbench's page Policy or Approval matrix.
struct GovernedController<Value: Governed>: Sendable {
    private static var countMax: Int { 100 }
    private static var orderByteCountMax: Int { 16 << 10 }

    let context: ServiceContext

    private var desk: GovernedDesk<Value> { GovernedDesk(context: context) }
    private var kind: GovernedKind { Value.kind }
    private var path: String { kind.plural.replacing("_", with: "-") }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("\(path)") { _, context in try await list(context) }
        group.post("\(path)") { try await propose($0, context: $1) }
        group.get("\(path)/{hash}") { _, context in try await show(context) }
        group.post("\(path)/{hash}/confirm") { request, context in
            try await settle(request, context: context) { hash, reason, caller in
                _ = try await desk.confirm(hash, because: reason, by: caller)
            }
        }
        group.post("\(path)/{hash}/refuse") { request, context in
            try await settle(request, context: context) { hash, reason, caller in
                try await desk.refuse(hash, because: reason, by: caller)
            }
        }
    }

    private struct Entry: Encodable {
        let hash: String
        let base: String?
        let status: String
        let proposedBy: String
        let proposedAt: Date
        let reason: String
        let vouchedBy: String?
        let settledBy: String?
        let settledAt: Date?
        let settledBecause: String?
        let inServiceFrom: Date?
        let inServiceUntil: Date?
        var text: String?
        var report: String?

        init(_ record: GovernedRecord) {
            hash = record.hash
            base = record.base
            status = record.status.rawValue
            proposedBy = record.proposedBy
            proposedAt = record.proposedAt
            reason = record.reason
            vouchedBy = record.vouchedBy
            settledBy = record.settledBy
            settledAt = record.settledAt
            settledBecause = record.settledBecause
            inServiceFrom = record.inServiceFrom
            inServiceUntil = record.inServiceUntil
        }

        private enum CodingKeys: String, CodingKey {
            case hash, base, status
            case proposedBy = "proposed_by"
            case proposedAt = "proposed_at"
            case reason
            case vouchedBy = "vouched_by"
            case settledBy = "settled_by"
            case settledAt = "settled_at"
            case settledBecause = "settled_because"
            case inServiceFrom = "in_service_from"
            case inServiceUntil = "in_service_until"
            case text, report
        }
    }

    private func list(_ request: ServiceRequestContext) async throws -> Response {
        _ = try request.caller(havingAnyOf: kind.viewers)
        let records = try await context.store.read {
            try $0.governed(Value.kind, limit: GovernedController.countMax)
        }
        return try Response.json([kind.plural: records.map(Entry.init)])
    }

    private func show(_ request: ServiceRequestContext) async throws -> Response {
        let caller = try request.caller(havingAnyOf: kind.viewers)
        var entry = try await entry(try request.parameters.require("hash"))
        // It names approvals and documents of the whole house.
        if caller.reach.isLimited { entry.report = nil }
        return try Response.json(entry)
    }

    private func entry(_ hash: String) async throws -> Entry {
        let found = try await context.store.read { transaction in
            try transaction.governed(Value.kind, hash: hash).map { ($0, try transaction.governedText($0.number)) }
        }
        guard let (record, kept) = found else {
            throw Problem(.notFound, "There is no \(kind.noun) with this hash. GET /v1/\(path) lists them.")
        }
        var entry = Entry(record)
        entry.text = kept?.text
        entry.report = kept?.report
        return entry
    }

    private struct Proposal: Decodable {
        let text: String
        let reason: String
    }

    private func propose(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .proposePolicy)
        let body = try await request.body.collect(upTo: 2 * GovernedDesk<Value>.textByteCountMax)
        guard let proposal = try? JSONDecoder().decode(Proposal.self, from: Data(buffer: body)) else {
            throw Problem(
                .malformedRequest,
                "Send the \(kind.noun) and why in the body: {\"text\": \"…\", \"reason\": \"…\"}.")
        }
        let record = try await problems {
            try await desk.propose(proposal.text, because: proposal.reason, by: caller)
        }
        var response = try Response.json(try await entry(record.hash), status: .created)
        response.headers[.location] = "/v1/\(path)/\(record.hash)"
        return response
    }

    private struct Order: Decodable {
        let reason: String
    }

    private func settle(
        _ request: Request, context: ServiceRequestContext, _ work: (String, String, Caller) async throws -> Void
    ) async throws -> Response {
        let caller = try context.caller(havingAnyOf: [.confirmPolicy, .proposePolicy])
        guard caller.isPerson else {
            throw Problem(
                .notAllowed,
                "A machine may propose; a person confirms it or refuses it, on the page \(kind.page) of the workbench."
            )
        }
        let hash = try context.parameters.require("hash")
        let body = try await request.body.collect(upTo: GovernedController.orderByteCountMax)
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(buffer: body)) else {
            throw Problem(.malformedRequest, "Say why in the body: {\"reason\": \"…\"}.")
        }
        try await problems { try await work(hash, order.reason, caller) }
        return try Response.json(try await entry(hash))
    }

    private func problems<Answer>(_ work: () async throws -> Answer) async throws -> Answer {
        do {
            return try await work()
        } catch let error as GovernanceError {
            let sentences = [error.description] + error.problems.map { "\($0.path): \($0.sentence)" }
            let kind: Problem.Kind =
                switch error.code {
                case .personNeeded: .notAllowed
                case .policyUnusable, .reasonNeeded: .invalidValues
                default: .conflict
                }
            throw Problem(kind, sentences.joined(separator: "\n"))
        }
    }
}
