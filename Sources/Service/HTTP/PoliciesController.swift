import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import Records

/// `/v1/policies`: the policy in service and its history, and proposals for another.
///
/// A machine proposes; people confirm, on the workbench's page Policy.
struct PoliciesController: Sendable {
    private static let countMax = 100
    private static let orderByteCountMax = 16 << 10

    let context: ServiceContext

    private var desk: PolicyDesk { PolicyDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("policies") { _, context in try await list(context) }
        group.post("policies") { try await propose($0, context: $1) }
        group.get("policies/{hash}") { _, context in try await show(context) }
        group.post("policies/{hash}/confirm") { request, context in
            try await settle(request, context: context) { hash, reason, caller in
                _ = try await desk.confirm(hash, because: reason, by: caller)
            }
        }
        group.post("policies/{hash}/refuse") { request, context in
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

        init(_ record: PolicyRecord) {
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
        _ = try request.caller(havingAnyOf: PolicyPages.viewers)
        let records = try await context.store.read { try $0.policies(limit: PoliciesController.countMax) }
        return try Response.json(["policies": records.map(Entry.init)])
    }

    private func show(_ request: ServiceRequestContext) async throws -> Response {
        _ = try request.caller(havingAnyOf: PolicyPages.viewers)
        return try Response.json(try await entry(try request.parameters.require("hash")))
    }

    private func entry(_ hash: String) async throws -> Entry {
        let found = try await context.store.read { transaction in
            try transaction.policy(hash: hash).map { ($0, try transaction.policyText($0.number)) }
        }
        guard let (record, kept) = found else {
            throw Problem(.notFound, "There is no policy with this hash. GET /v1/policies lists them.")
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
        let body = try await request.body.collect(upTo: 2 * PolicyDesk.textByteCountMax)
        guard let proposal = try? JSONDecoder().decode(Proposal.self, from: Data(buffer: body)) else {
            throw Problem(
                .malformedRequest, "Send the policy and why in the body: {\"text\": \"…\", \"reason\": \"…\"}.")
        }
        let record = try await problems {
            try await desk.propose(proposal.text, because: proposal.reason, by: caller)
        }
        var response = try Response.json(try await entry(record.hash), status: .created)
        response.headers[.location] = "/v1/policies/\(record.hash)"
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
                "A machine may propose a policy; a person confirms it or refuses it, on the page Policy of the workbench."
            )
        }
        let hash = try context.parameters.require("hash")
        let body = try await request.body.collect(upTo: PoliciesController.orderByteCountMax)
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(buffer: body)) else {
            throw Problem(.malformedRequest, "Say why in the body: {\"reason\": \"…\"}.")
        }
        try await problems { try await work(hash, order.reason, caller) }
        return try Response.json(try await entry(hash))
    }

    private func problems<Value>(_ work: () async throws -> Value) async throws -> Value {
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
