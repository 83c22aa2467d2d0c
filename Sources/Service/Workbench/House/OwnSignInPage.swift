import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// A person's own sign-in: the password and the stays that last.
struct OwnSignInPage: Sendable {
    let context: ServiceContext
    let accounts: Accounts
    let pages: PageWriter

    private var own: OwnSignIn { OwnSignIn(context: context, accounts: accounts) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("sign-in/own") { try await show($1, notice: $0.uri.queryParameters["done"] == nil ? nil : "Done.") }
        group.post("sign-in/own/password") { try await changePassword($0, context: $1) }
        group.post("sign-in/own/sessions") { try await endSessions($0, context: $1) }
        group.get("sign-in/back") { _, context in
            try pages.page("signed-in", "", title: "Signed in", session: try context.signedIn())
        }
        group.get("session") { _, context in try Response.json(State(try context.signedIn())) }
    }

    /// What a page whose session ended asks for when somebody signed in again beside it.
    ///
    /// Another site cannot read the answer: it gets none across origins.
    private struct State: Encodable {
        let name: String
        let formToken: String

        init(_ session: SignedInSession) {
            name = session.caller.name
            formToken = session.formToken
        }

        private enum CodingKeys: String, CodingKey {
            case name
            case formToken = "form_token"
        }
    }

    private struct Content {
        let name: String
        let role: String
        let sessions: [Entry]
        let hasOthers: Bool
        let passwordLengthMin: Int
        let idleMinutes: Int
        let notice: String?
        let error: String?
        let formToken: String

        struct Entry {
            let id: String
            let beganAt: String
            let seenAt: String
            let endsAt: String
            let isThis: Bool
            let formToken: String
        }
    }

    private func show(
        _ request: ServiceRequestContext, notice: String? = nil, error: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let session = try request.signedIn()
        let entries = try await own.sessions(of: session).map { one in
            Content.Entry(
                id: one.tokenHash, beganAt: PageTime.minute(one.createdAt), seenAt: PageTime.minute(one.seenAt),
                endsAt: PageTime.minute(one.expiresAt), isThis: one.tokenHash == session.tokenHash,
                formToken: session.formToken)
        }
        let content = Content(
            name: session.caller.name, role: session.caller.role.title, sessions: entries,
            hasOthers: entries.contains { !$0.isThis }, passwordLengthMin: Accounts.passwordCharacterCounts.lowerBound,
            idleMinutes: Int(accounts.settings.idleMinutes), notice: notice, error: error, formToken: session.formToken)
        return try pages.page("own-sign-in", content, title: "Your sign-in", session: session, status: status)
    }

    private func changePassword(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let session = try context.signedIn()
        let form = try await context.form(request)
        guard form["new"] == form["again"] else {
            return try await show(
                context, error: "The two new passwords differ. Type the same twice.", status: .unprocessableContent)
        }
        do {
            try await own.changePassword(
                from: form["current"], to: form["new"], of: session,
                address: context.attemptAddress(self.context.settings))
            return .seeOther("/sign-in/own?done")
        } catch let error as AccountError {
            let sentence =
                error.code == .refused ? "The current password is another. Type it again." : error.description
            return try await show(context, error: sentence, status: .unprocessableContent)
        }
    }

    private func endSessions(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let session = try context.signedIn()
        let form = try await context.form(request)
        try await own.endSessions(form["session"].isEmpty ? nil : form["session"], of: session)
        return .seeOther("/sign-in/own?done")
    }
}
