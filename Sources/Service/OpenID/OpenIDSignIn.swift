package import Foundation

/// Signing in through the provider: to it and back (OpenID Connect Core 1.0, 3.1; PKCE, RFC 7636).
package struct OpenIDSignIn: Sendable {
    static let returnPath = "/sign-in/openid/return"

    let settings: OpenIDSettings
    private let provider: OpenIDProvider
    private let attempts = OpenIDAttempts()
    private let externalURL: String

    /// Nil when people sign in with passwords alone; throws a sentence when the client's secret is missing.
    package init?(_ settings: ServiceSettings, environment: [String: String]) throws {
        guard let openID = settings.openID, let externalURL = settings.externalURL else { return nil }
        let secret = openID.clientSecretVariable.flatMap { environment[$0] }
        if let variable = openID.clientSecretVariable, secret?.isEmpty != false {
            throw ServiceError(
                .missing,
                "The environment variable \(variable), the secret of the OpenID client, is not set (openid.client_secret_variable in Config/service.yaml)."
            )
        }
        self.settings = openID
        self.externalURL = externalURL
        provider = OpenIDProvider(openID, secret: secret)
    }

    private var returnAddress: String { externalURL + OpenIDSignIn.returnPath }

    /// Where the browser goes to sign in, and what it keeps meanwhile.
    func begin(next: String, at now: Date) async throws -> (address: String, kept: String) {
        let description = try await provider.description(at: now)
        let attempt = OpenIDAttempt(next: next, at: now)
        let address = OpenIDAddress.adding(
            [
                ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", returnAddress),
                ("scope", settings.scopes.joined(separator: " ")), ("state", attempt.state), ("nonce", attempt.nonce),
                ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
            ], to: description.authorizationEndpoint)
        return (address, try attempts.seal(attempt))
    }

    /// Who came back from the provider, and where they wanted to go.
    ///
    /// - Parameters:
    ///   - query: of the address that the provider sent the browser to.
    ///   - kept: what the browser kept since `begin`.
    func finish(
        _ query: [String: String], kept: String?, at now: Date
    ) async throws -> (identity: OpenIDIdentity, next: String) {
        let attempt = try attempts.take(kept, state: query["state"] ?? "", at: now)
        let description = try await provider.description(at: now)
        let issuer = query["iss"]
        guard issuer == nil ? description.namesItselfInAnswers != true : issuer == settings.issuer else {
            throw OpenIDError(.untrusted, "The answer to the browser is of another provider, or names none.")
        }
        guard let code = query["code"], !code.isEmpty else {
            let reason = (query["error"] ?? "").filter { $0.isLetter || $0 == "_" }.prefix(60)
            throw OpenIDError(.denied, "The provider gave no code\(reason.isEmpty ? "" : ": \(reason)").")
        }
        let identity = try await provider.identity(of: code, attempt: attempt, returnAddress: returnAddress, at: now)
        return (identity, attempt.next)
    }

    /// Where people sign out of the provider too; nil when it has no such place, or does not answer.
    func endAddress(at now: Date) async -> String? {
        guard let endpoint = try? await provider.description(at: now).endSessionEndpoint else { return nil }
        return OpenIDAddress.adding(
            [("client_id", settings.clientID), ("post_logout_redirect_uri", externalURL + "/sign-in")], to: endpoint)
    }

    /// What is wrong with the provider or the settings for it, as a sentence; nil when people can sign in.
    package func problem(at now: Date = Date()) async -> String? {
        do {
            _ = try await provider.currentKeys(at: now)
            return nil
        } catch {
            return (error as? OpenIDError)?.cause ?? "\(error)"
        }
    }
}
