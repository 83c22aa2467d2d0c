import Foundation
import HTTPTypes
import Hummingbird

/// Finds out who sits at the browser; who is not signed in is sent to the sign-in page and from there back.
struct SessionMiddleware: RouterMiddleware {
    let accounts: Accounts
    let cookies: BrowserCookies
    let clock: @Sendable () -> Date

    func handle(
        _ request: Request, context: ServiceRequestContext,
        next: (Request, ServiceRequestContext) async throws -> Response
    ) async throws -> Response {
        guard let token = cookies.value(.session, of: request),
            let session = try await accounts.session(token: token, at: clock())
        else {
            return .seeOther(LocalPath(back(request)).map { "/sign-in?next=\($0.text)" } ?? "/sign-in")
        }
        var context = context
        context.session = session
        context.caller = session.caller
        return try await next(request, context)
    }

    /// Where to go after signing in: the page that was asked for, or the one whose form was sent.
    private func back(_ request: Request) -> String {
        if request.method == .get { return request.uri.path }
        return request.headers[.referer].flatMap { URLComponents(string: $0)?.path } ?? "/"
    }
}

/// An address on this service that a browser may be sent to: a plain absolute path, no host, no query.
struct LocalPath {
    let text: String

    init?(_ text: String) {
        guard text.wholeMatch(of: /\/(?:[A-Za-z0-9._~-][A-Za-z0-9._~\/-]*)?/) != nil else { return nil }
        self.text = text
    }
}

extension ServiceRequestContext {
    /// The session that `SessionMiddleware` found.
    func signedIn() throws -> SignedInSession {
        guard let session else { throw Problem(.notSignedIn, "Sign in first.") }
        return session
    }

    /// The fields of a form that one of this session's own pages sent; throws for any other.
    func form(_ request: Request) async throws -> FormBody {
        let form = try await FormBody(request)
        guard SecretText.equal(form["form_token"], try signedIn().formToken) else {
            throw Problem(.notAllowed, "The form does not come from a page of this session. Load the page again.")
        }
        return form
    }
}
