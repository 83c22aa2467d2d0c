import Foundation
import HTTPTypes
import Hummingbird

/// Signing in and out.
struct SignInController: Sendable {
    let context: ServiceContext
    let accounts: Accounts
    let pages: PageWriter
    /// Nil when people sign in with passwords alone.
    let openID: OpenIDSignIn?

    var cookies: BrowserCookies { BrowserCookies(context.settings) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("sign-in") { request, _ in
            try page(request, next: String(request.uri.queryParameters["next"] ?? "/"))
        }
        group.post("sign-in") { try await signIn($0, context: $1) }
        if let openID { addOpenIDRoutes(openID, to: group) }
    }

    /// Routes for those who are signed in.
    func addSessionRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("sign-out") { request, context in
            _ = try await context.form(request)
            let session = try context.signedIn()
            let end = try await providersEnd(session)
            try await accounts.signOut(session, at: self.context.clock())
            var response = try end.map { try signedOut(goingOnTo: $0) } ?? Response.seeOther("/sign-in")
            response.setCookie(cookies.cookie(.session, "", seconds: 0))
            // The next person at this browser finds no page image that this one looked at.
            response.headers[.clearSiteData] = "\"cache\""
            return response
        }
    }

    private struct Content {
        let formToken: String
        let next: String
        let name: String
        let error: String?
        /// What the button that leads to the provider calls it.
        let provider: String?
        let allowsPasswords: Bool
    }

    func page(
        _ request: Request, next: String, name: String = "", error: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        // A word that the browser has stays: the form may be open in another tab.
        let kept = cookies.value(.signInForm, of: request)
        let token = kept.flatMap { $0.wholeMatch(of: /[A-Za-z0-9_-]{43}/) == nil ? nil : $0 } ?? SecretText.token()
        let content = Content(
            formToken: token, next: LocalPath(next)?.text ?? "/", name: name, error: error,
            provider: openID?.settings.buttonTitle, allowsPasswords: allowsPasswords)
        var response = try pages.page("sign-in", content, title: "Sign in", session: nil, status: status)
        response.setCookie(cookies.cookie(.signInForm, token, seconds: 3600))
        return response
    }

    private var allowsPasswords: Bool { openID?.settings.allowsPasswords ?? true }

    private func signIn(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let form = try await FormBody(request)
        let token = cookies.value(.signInForm, of: request) ?? ""
        guard !token.isEmpty, SecretText.equal(token, form["form_token"]) else {
            return try page(
                request, next: form["next"], name: form["name"],
                error: "The form was too old, or cookies are off. Try again.", status: .forbidden)
        }
        guard allowsPasswords else {
            return try page(
                request, next: form["next"], error: "Passwords are not in use here: use the button.",
                status: .forbidden)
        }
        do {
            let session = try await accounts.signIn(
                name: form["name"], password: form["password"], from: context.attemptAddress(self.context.settings),
                replacing: cookies.value(.session, of: request), at: self.context.clock())
            var response = Response.seeOther(LocalPath(form["next"])?.text ?? "/")
            response.setCookie(cookies.cookie(.session, session, seconds: Int(accounts.settings.secondsMax)))
            return response
        } catch let error as AccountError {
            let status: HTTPResponse.Status = error.code == .throttled ? .tooManyRequests : .unauthorized
            var response = try page(
                request, next: form["next"], name: form["name"], error: error.description, status: status)
            response.headers[.retryAfter] = error.retryAfterSeconds.map { "\($0)" }
            return response
        }
    }
}
