import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Records

/// Turns every error into a problem for a program, or a page for a browser, and logs what nobody expected.
struct ProblemMiddleware: RouterMiddleware {
    /// Writes the page for a problem; the second value is the request's id.
    let page: @Sendable (Problem, String) throws -> Response

    func handle(
        _ request: Request, context: ServiceRequestContext,
        next: (Request, ServiceRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.kind == .unexpected {
                // The error itself may hold a patient's data: its type and code are what the log gets.
                context.logger.error(
                    "http.unexpected_error",
                    metadata: [
                        "http.route": "\(context.endpointPath ?? "none")", "error.type": "\(type(of: error))",
                        "error.code": "\((error as? RecordsError)?.code.rawValue ?? "none")",
                    ])
            }
            return wantsPage(request) ? try page(problem, context.id) : try problem.response(requestID: context.id)
        }
    }

    private func wantsPage(_ request: Request) -> Bool {
        !request.uri.path.hasPrefix("/v1/") && request.headers[.accept]?.contains("text/html") == true
    }
}

extension Problem {
    /// The problem that `error` is to the caller.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as any HTTPResponseError: self = Problem(status: error.status)
        case is NIOTooManyBytesError: self = Problem(.bodyTooLarge, "Send less at once.")
        case let error as RecordsError where error.code == .notFound:
            self = Problem(.notFound, "There is no such record. Check the address.")
        case let error as RecordsError where error.code == .versionConflict:
            self = Problem(.versionConflict, "Load the latest state and make the change again.")
        default:
            self = Problem(
                .unexpected, "The request failed on our side. Try again, and report its id if it fails again.")
        }
    }

    private init(status: HTTPResponse.Status) {
        switch status.code {
        case 404: self = Problem(.notFound, "No page or resource has this address. Check it, or start at /.")
        case 413: self = Problem(.bodyTooLarge, "Send less at once.")
        case 400..<500: self = Problem(.malformedRequest, "Check the address, the headers and the form of the body.")
        default: self = Problem(.unexpected, "The request failed on our side. Try again.")
        }
    }
}
