import Foundation
import HTTPTypes
import Hummingbird

/// Signing in and out.
struct SignInController: Sendable {
    let context: ServiceContext
    let accounts: Accounts
    let pages: PageWriter

    private var cookies: BrowserCookies { BrowserCookies(context.settings) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("sign-in") { request, _ in
            try page(request, next: String(request.uri.queryParameters["next"] ?? "/"))
        }
        group.post("sign-in") { try await signIn($0, context: $1) }
    }

    /// Routes for those who are signed in.
    func addSessionRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("sign-out") { request, context in
            _ = try await context.form(request)
            try await accounts.signOut(try context.signedIn(), at: self.context.clock())
            var response = Response.seeOther("/sign-in")
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
    }

    private func page(
        _ request: Request, next: String, name: String = "", error: String? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        // A word that the browser has stays: the form may be open in another tab.
        let kept = cookies.value(.signInForm, of: request)
        let token = kept.flatMap { $0.wholeMatch(of: /[A-Za-z0-9_-]{43}/) == nil ? nil : $0 } ?? SecretText.token()
        let content = Content(formToken: token, next: LocalPath(next)?.text ?? "/", name: name, error: error)
        var response = try pages.page("sign-in", content, title: "Sign in", session: nil, status: status)
        response.setCookie(cookies.cookie(.signInForm, token, seconds: 3600))
        return response
    }

    private func signIn(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let form = try await FormBody(request)
        let token = cookies.value(.signInForm, of: request) ?? ""
        guard !token.isEmpty, SecretText.equal(token, form["form_token"]) else {
            return try page(
                request, next: form["next"], name: form["name"],
                error: "The form was too old, or cookies are off. Try again.", status: .forbidden)
        }
        do {
            let session = try await accounts.signIn(
                name: form["name"], password: form["password"], from: context.remoteAddress ?? "local",
                replacing: cookies.value(.session, of: request), at: self.context.clock())
            var response = Response.seeOther(LocalPath(form["next"])?.text ?? "/")
            response.setCookie(cookies.cookie(.session, session, seconds: Int(Accounts.sessionSeconds)))
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
