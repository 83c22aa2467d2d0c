import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import Records

/// `/v1/delegations`: a machine that keeps the house's absences has somebody stand in for a person who is away.
///
/// The rules are those of the page While I am away; both names, the machine and the last day are kept.
struct DelegationsController: Sendable {
    private static let bodyByteCountMax = 16 << 10
    private static let kindCountMax = 100

    let context: ServiceContext

    private var desk: DelegationDesk { DelegationDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("delegations") { _, context in try await list(context) }
        group.post("delegations") { try await make($0, context: $1) }
        group.delete("delegations/{id}") { _, context in try await end(context) }
    }

    private struct Answer: Encodable {
        let id: String
        let from: String
        let to: String
        let kinds: [String]?
        let limit: Money?
        let first: CalendarDate?
        let last: CalendarDate?
        let madeBy: String
        let madeAt: Date

        init(_ record: DelegationRecord, policy: Policy) {
            id = record.id
            from = record.from
            to = record.to
            kinds = record.kinds
            limit = record.limitCents.map(Money.init(cents:))
            first = policy.day(of: record.startsAt)
            last = policy.day(of: record.endsAt.addingTimeInterval(-1))
            madeBy = record.madeBy
            madeAt = record.madeAt
        }

        private enum CodingKeys: String, CodingKey {
            case id, from, to, kinds, limit, first, last
            case madeBy = "made_by"
            case madeAt = "made_at"
        }
    }

    private func list(_ request: ServiceRequestContext) async throws -> Response {
        _ = try request.unlimitedCaller(having: .delegateApprovals)
        let now = context.clock()
        let records = try await context.store.read { try $0.delegations(endingAfter: now) }
        return try Response.json(["delegations": records.map { Answer($0, policy: context.policy) }])
    }

    private struct Wish: Decodable {
        let from: String
        let to: String
        let kinds: [String]?
        let limit: String?
        let first: String
        let last: String
    }

    private func make(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .delegateApprovals)
        let body = try await request.body.collect(upTo: DelegationsController.bodyByteCountMax)
        guard let wish = try? JSONDecoder().decode(Wish.self, from: Data(buffer: body)) else {
            throw Problem(
                .malformedRequest,
                """
                The body should be {"from": "ana", "to": "bo", "first": "2026-12-24", "last": "2027-01-02"}, and may have \
                "kinds" and "limit".
                """)
        }
        guard wish.kinds?.count ?? 0 <= DelegationsController.kindCountMax else {
            throw Problem(
                .invalidValues, "'kinds' may have \(DelegationsController.kindCountMax) names. Leave it out for all.")
        }
        let record = try await problems {
            try await desk.delegate(
                of: wish.from, to: wish.to, kinds: wish.kinds.map(Set.init),
                limit: try DelegationDesk.limit(wish.limit ?? ""), from: try DelegationDesk.day(wish.first, "first"),
                through: try DelegationDesk.day(wish.last, "last"), by: caller)
        }
        return try Response.json(Answer(record, policy: self.context.policy), status: .created)
    }

    private func end(_ request: ServiceRequestContext) async throws -> Response {
        let caller = try request.unlimitedCaller(having: .delegateApprovals)
        let id = try request.parameters.require("id")
        try await problems { try await desk.revoke(id, by: caller) }
        return Response(status: .noContent)
    }

    private func problems<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as ReviewError {
            throw Problem(error)
        } catch let error as GovernanceError {
            throw Problem(.invalidValues, error.description)
        }
    }
}
