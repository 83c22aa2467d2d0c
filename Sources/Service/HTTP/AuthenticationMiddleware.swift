import Foundation
import Governance
import HTTPTypes
import Hummingbird

/// Finds out which machine calls: `Authorization: Bearer mrk_…` (RFC 6750).
struct KeyMiddleware: RouterMiddleware {
    let accounts: Accounts

    func handle(
        _ request: Request, context: ServiceRequestContext,
        next: (Request, ServiceRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let header = request.headers[.authorization] else {
            throw Problem(.notSignedIn, "Send an API key in the header 'Authorization: Bearer mrk_…'.")
        }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let caller = try await accounts.caller(withKey: String(parts[1]))
        else {
            throw Problem(.notSignedIn, "The API key is not one in force. Make one with 'mailroom key add'.")
        }
        var context = context
        context.caller = caller
        return try await next(request, context)
    }
}

extension ServiceRequestContext {
    /// The caller, when their role has one of `permissions`; throws the problem that names the first otherwise.
    func caller(havingAnyOf permissions: [Permission]) throws -> Caller {
        if let caller, !caller.permissions.isDisjoint(with: permissions) { return caller }
        return try caller(having: permissions[0])
    }

    /// The caller, when their role has `permission`; throws the problem that says what is missing otherwise.
    func caller(having permission: Permission) throws -> Caller {
        guard let caller else { throw Problem(.notSignedIn, "Sign in first.") }
        guard caller.permissions.contains(permission) else {
            throw Problem(
                .notAllowed,
                "The role '\(caller.role.rawValue)' lacks the permission '\(permission.rawValue)' (Config/policy.yaml)."
            )
        }
        return caller
    }
}
