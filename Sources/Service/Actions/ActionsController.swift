import Actions
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOFoundationCompat
import Records

/// `/v1/actions`: what is sent to other systems, and what people decide on it.
struct ActionsController: Sendable {
    private static let bodyByteCountMax = 16 << 10

    let context: ServiceContext

    private var desk: ActionDesk { ActionDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("actions") { try await list($0, context: $1) }
        group.post("actions/{id}/replay") { request, context in
            try await decide(context) { id, caller in try await desk.replay(id, by: caller) }
        }
        group.post("actions/{id}/dismiss") { try await dismiss($0, context: $1) }
    }

    fileprivate struct Answer: Encodable {
        let connectors: [Connector]
        let actions: [Action]

        struct Connector: Encodable {
            let name: String
            let state: String
            let until: Date?
            let inactive: String?
            let counts: [String: Int]
            let payments: Int
        }

        struct Action: Encodable {
            let id: String
            let connector: String
            let status: String
            let event: String
            let eventID: String
            let subject: String
            let idempotencyKey: String
            let attempts: Int
            let lastStatus: Int?
            let problem: String?
            let held: Bool
            let rule: String?
            let rulesHash: String?
            let compensates: String?
            let correlationID: String
            let raisedAt: Date
            let deliveredAt: Date?

            private enum CodingKeys: String, CodingKey {
                case id, connector, status, event
                case eventID = "event_id"
                case subject
                case idempotencyKey = "idempotency_key"
                case attempts
                case lastStatus = "last_status"
                case problem, held, rule
                case rulesHash = "rules_hash"
                case compensates
                case correlationID = "correlation_id"
                case raisedAt = "raised_at"
                case deliveredAt = "delivered_at"
            }
        }
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.unlimitedCaller(having: .replayActions)
        let query = request.uri.queryParameters
        var status: DeliveryStatus?
        if let word = query["status"].map(String.init) {
            guard let known = DeliveryStatus(rawValue: word) else {
                let words = DeliveryStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem(.malformedRequest, "'status' is none of \(words).")
            }
            status = known
        }
        let actions = try await desk.actions(
            status, of: query["connector"].map(String.init), before: query["before"].map(String.init))
        return try Response.json(
            Answer(
                connectors: try await desk.connectors().map(Answer.Connector.init),
                actions: actions.map(Answer.Action.init)))
    }

    private struct Order: Decodable {
        let reason: String
    }

    private func dismiss(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.unlimitedCaller(having: .replayActions)
        let body = try await request.body.collect(upTo: Self.bodyByteCountMax)
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(buffer: body)) else {
            throw Problem(.malformedRequest, "Say why in the body: {\"reason\": \"…\"}.")
        }
        return try await decide(context) { id, caller in
            try await desk.dismiss(id, because: order.reason, by: caller)
        }
    }

    private func decide(
        _ context: ServiceRequestContext, _ body: (String, Caller) async throws -> Void
    ) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .replayActions)
        do {
            try await body(try context.parameters.require("id"), caller)
            return Response(status: .noContent)
        } catch let error as ReviewError {
            throw Problem(error)
        } catch let error as RecordsError where [.notFound, .wrongState].contains(error.code) {
            throw Problem(error.code == .notFound ? .notFound : .conflict, error.problem)
        }
    }
}

extension ActionsController.Answer.Connector {
    fileprivate init(_ state: ConnectorState) {
        let (word, until): (String, Date?) =
            switch state.breaker {
            case .closed: ("closed", nil)
            case .open(let until): ("open", until)
            case .probing: ("half_open", nil)
            }
        self.init(
            name: state.name, state: word, until: until, inactive: state.inactive,
            counts: Dictionary(uniqueKeysWithValues: state.counts.map { ($0.key.rawValue, $0.value) }),
            payments: state.payments)
    }
}

extension ActionsController.Answer.Action {
    fileprivate init(_ record: ActionRecord) {
        let (delivery, event) = (record.delivery, record.event)
        self.init(
            id: delivery.id, connector: delivery.action, status: delivery.status.rawValue, event: event.type,
            eventID: event.id, subject: event.subject, idempotencyKey: delivery.idempotencyKey,
            attempts: delivery.attempts, lastStatus: delivery.lastStatus, problem: delivery.lastError,
            held: record.isHeld, rule: delivery.rule, rulesHash: delivery.rulesHash, compensates: delivery.compensates,
            correlationID: event.correlationID, raisedAt: event.time, deliveredAt: delivery.deliveredAt)
    }
}
