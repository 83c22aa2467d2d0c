import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// To the OpenID provider and back.
extension SignInController {
    func addOpenIDRoutes(_ openID: OpenIDSignIn, to group: RouterGroup<ServiceRequestContext>) {
        group.get("sign-in/openid") { request, _ in try await leave(for: openID, request) }
        group.get("sign-in/openid/return") { request, _ in try await comeBack(from: openID, request) }
    }

    private func leave(for openID: OpenIDSignIn, _ request: Request) async throws -> Response {
        let next = LocalPath(String(request.uri.queryParameters["next"] ?? "/"))?.text ?? "/"
        do {
            let (address, kept) = try await openID.begin(next: next, at: context.clock())
            var response = Response.seeOther(address)
            response.setCookie(cookies.cookie(.openID, kept, seconds: Int(OpenIDAttempt.seconds)))
            return response
        } catch let error as OpenIDError {
            return try failed(error, request, next: next)
        }
    }

    private func comeBack(from openID: OpenIDSignIn, _ request: Request) async throws -> Response {
        var query: [String: String] = [:]
        for (name, value) in request.uri.queryParameters { query[String(name)] = String(value) }
        do {
            let now = context.clock()
            let (identity, next) = try await openID.finish(query, kept: cookies.value(.openID, of: request), at: now)
            let token = try await accounts.signIn(
                identity, role: openID.settings.role(of: identity.groups),
                replacing: cookies.value(.session, of: request), at: now)
            var response = Response.seeOther(LocalPath(next)?.text ?? "/")
            response.setCookie(cookies.cookie(.session, token, seconds: Int(accounts.settings.secondsMax)))
            response.setCookie(cookies.cookie(.openID, "", seconds: 0))
            return response
        } catch let error as OpenIDError {
            return try failed(error, request, next: "/")
        }
    }

    private func failed(_ error: OpenIDError, _ request: Request, next: String) throws -> Response {
        context.logger.warning(
            "openid.failed", metadata: ["openid.problem": "\(error.code.rawValue)", "openid.cause": "\(error.cause)"])
        var response = try page(request, next: next, error: error.sentence, status: error.status)
        response.setCookie(cookies.cookie(.openID, "", seconds: 0))
        return response
    }

    /// Where a person who signed in through the provider signs out of it too; nil for anybody else.
    func providersEnd(_ session: SignedInSession) async throws -> String? {
        guard let openID, try await accounts.isOfProvider(session.userID) else { return nil }
        return await openID.endAddress(at: context.clock())
    }

    /// A page that goes on to the provider: a form's own answer must not lead to another site (`form-action`).
    func signedOut(goingOnTo address: String) throws -> Response {
        struct Content {
            let address: String
        }
        var response = try pages.page(
            "signed-out", Content(address: address), title: "Signed out", session: nil)
        response.headers[.refresh] = "0; url=\(address)"
        return response
    }
}
