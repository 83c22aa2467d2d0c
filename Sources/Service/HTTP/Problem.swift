import Foundation
package import HTTPTypes
package import Hummingbird
import NIOCore

/// An error as the HTTP interface tells it: `application/problem+json` (RFC 9457).
package struct Problem: Error, Sendable, Hashable {
    /// What kind of problem it is; in JSON `urn:mailroom:problem:` and the raw value.
    package enum Kind: String, Sendable, CaseIterable {
        case malformedRequest = "malformed-request"
        case notSignedIn = "not-signed-in"
        case notAllowed = "not-allowed"
        case notFound = "not-found"
        case conflict
        case requestInProgress = "request-in-progress"
        case versionConflict = "version-conflict"
        case bodyTooLarge = "body-too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case unreadableFile = "unreadable-file"
        case idempotencyKeyReused = "idempotency-key-reused"
        case invalidValues = "invalid-values"
        case tooManyRequests = "too-many-requests"
        case unexpected
        case unavailable

        package var status: HTTPResponse.Status {
            switch self {
            case .malformedRequest: .badRequest
            case .notSignedIn: .unauthorized
            case .notAllowed: .forbidden
            case .notFound: .notFound
            case .conflict, .requestInProgress: .conflict
            case .versionConflict: .preconditionFailed
            case .bodyTooLarge: .contentTooLarge
            case .unsupportedMediaType: .unsupportedMediaType
            case .unreadableFile, .idempotencyKeyReused, .invalidValues: .unprocessableContent
            case .tooManyRequests: .tooManyRequests
            case .unexpected: .internalServerError
            case .unavailable: .serviceUnavailable
            }
        }

        /// The same for every problem of the kind.
        package var title: String {
            switch self {
            case .malformedRequest: "The request cannot be understood"
            case .notSignedIn: "Nobody is signed in"
            case .notAllowed: "The role does not allow this"
            case .notFound: "There is nothing here"
            case .conflict: "The state does not allow this"
            case .requestInProgress: "The first request with this key is still in progress"
            case .versionConflict: "Somebody else changed this meanwhile"
            case .bodyTooLarge: "The body is too large"
            case .unsupportedMediaType: "The media type is not one that Mailroom reads"
            case .unreadableFile: "The file cannot be read"
            case .idempotencyKeyReused: "The idempotency key belongs to another request"
            case .invalidValues: "Some values are not valid"
            case .tooManyRequests: "Too many attempts"
            case .unexpected: "Something unexpected happened"
            case .unavailable: "The service cannot answer now"
            }
        }
    }

    package var kind: Kind
    /// A sentence: what is wrong, where, and what to do.
    package var detail: String
    /// Seconds after which to try again.
    package var retryAfterSeconds: Int?

    package init(_ kind: Kind, _ detail: String, retryAfterSeconds: Int? = nil) {
        self.kind = kind
        self.detail = detail
        self.retryAfterSeconds = retryAfterSeconds
    }
}

extension Problem: HTTPResponseError {
    package var status: HTTPResponse.Status { kind.status }

    package func response(from request: Request, context: some RequestContext) throws -> Response {
        try response(requestID: context.id)
    }

    /// The problem as a response; `requestID` is what the logs call the request.
    func response(requestID: String) throws -> Response {
        let body = Body(
            type: "urn:mailroom:problem:\(kind.rawValue)", title: kind.title, status: status.code, detail: detail,
            instance: requestID)
        var response = try Response.json(body, status: status)
        response.headers[.contentType] = "application/problem+json"
        for (name, value) in extraHeaders { response.headers[name] = value }
        return response
    }

    var extraHeaders: [(HTTPField.Name, String)] {
        var headers: [(HTTPField.Name, String)] = []
        if let retryAfterSeconds { headers.append((.retryAfter, String(retryAfterSeconds))) }
        if kind == .notSignedIn { headers.append((.wwwAuthenticate, "Bearer realm=\"mailroom\"")) }
        return headers
    }

    private struct Body: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let instance: String
    }
}
