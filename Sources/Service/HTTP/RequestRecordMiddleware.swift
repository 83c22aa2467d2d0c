import Hummingbird
import Logging
import Metrics

/// Counts and times every request, logs it, and gives the response the request's id.
///
/// What is logged is the route with its placeholders and never the address itself or the caller's words.
struct RequestRecordMiddleware: RouterMiddleware {
    let metrics: PrometheusRegistry

    func handle(
        _ request: Request, context: ServiceRequestContext,
        next: (Request, ServiceRequestContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers[.requestID] = context.id
        let elapsed = start.duration(to: .now)
        let route = context.endpointPath ?? "none"
        let dimensions = [
            ("method", request.method.rawValue), ("route", route), ("status", String(response.status.code)),
        ]
        Metrics.Timer(label: "http.request.duration", dimensions: dimensions, factory: metrics)
            .recordNanoseconds(elapsed.nanoseconds)
        context.logger.info(
            "http.request",
            metadata: [
                "http.method": "\(request.method.rawValue)", "http.route": "\(route)",
                "http.status": "\(response.status.code)", "http.milliseconds": "\(elapsed.nanoseconds / 1_000_000)",
            ])
        return response
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
