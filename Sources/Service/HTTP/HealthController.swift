import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Records

/// `/health` for whoever restarts the service, and `/metrics` for Prometheus.
///
/// Both are open to all that reach the port: they hold counts and no patient's data.
struct HealthController: Sendable {
    let context: ServiceContext
    let metrics: PrometheusRegistry

    func addRoutes(to router: Router<ServiceRequestContext>) {
        router.get("health") { _, _ in try await health() }
        router.get("metrics") { _, _ in try await exposition() }
    }

    private struct Answer: Encodable {
        enum Status: String, Encodable {
            case ok
            /// It works, and a person should look at something: `problems` says at what.
            case degraded
            case unavailable
        }

        var status: Status
        var problems: [String]
        var stepsParked: Int?
        var deliveriesParked: Int?
        var arrivalsUnaccounted: Int?

        private enum CodingKeys: String, CodingKey {
            case status, problems
            case stepsParked = "steps_parked"
            case deliveriesParked = "deliveries_parked"
            case arrivalsUnaccounted = "arrivals_unaccounted"
        }
    }

    private func health() async throws -> Response {
        let figures: StoreFigures
        do {
            figures = try await StoreFigures(context)
        } catch {
            context.logger.error("health.store_unreachable", metadata: ["error.type": "\(type(of: error))"])
            let answer = Answer(
                status: .unavailable, problems: ["The store cannot be read. Look at its disk and the service's log."])
            return try Response.json(answer, status: .serviceUnavailable)
        }
        var answer = Answer(
            status: .ok, problems: [], stepsParked: figures.stepsParked,
            deliveriesParked: figures.deliveriesParked, arrivalsUnaccounted: figures.unaccounted)
        if figures.stepsParked > 0 {
            answer.problems.append("\(figures.stepsParked) steps of the pipeline gave up. See 'mailroom audit show'.")
        }
        if let parked = answer.deliveriesParked, parked > 0 {
            answer.problems.append("\(parked) calls to other systems gave up. Mend the receiver and replay them.")
        }
        if figures.unaccounted > 0 {
            answer.problems.append(
                "\(figures.unaccounted) files that arrived are unaccounted for. See the intake page.")
        }
        if !answer.problems.isEmpty { answer.status = .degraded }
        return try Response.json(answer)
    }

    private func exposition() async throws -> Response {
        let figures = try await StoreFigures(context)
        return Response.text(
            metrics.exposition(with: figures.families), mediaType: PrometheusText.mediaType)
    }
}
