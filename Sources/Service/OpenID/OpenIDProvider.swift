import Foundation

/// Who signed in, as the provider tells it.
struct OpenIDIdentity: Hashable, Sendable {
    let issuer: String
    /// The provider's name for the person: the same always, and no other's.
    let subject: String
    /// What the person is called there.
    let name: String?
    let groups: [String]
}

/// The provider, with what it said of itself and its keys, which are asked for again when a token needs others.
actor OpenIDProvider {
    private static let descriptionSeconds = 3600.0

    private let settings: OpenIDSettings
    private let secret: String?
    private let http = OpenIDHTTP()
    private var known: (description: ProviderDescription, readAt: Date)?
    private var keys: [JSONWebKey] = []

    init(_ settings: OpenIDSettings, secret: String?) {
        self.settings = settings
        self.secret = secret
    }

    /// What the provider says of itself, at most an hour old.
    func description(at now: Date) async throws -> ProviderDescription {
        if let known, now.timeIntervalSince(known.readAt) < OpenIDProvider.descriptionSeconds {
            return known.description
        }
        let bytes = try await http.get(ProviderDescription.address(of: settings.issuer))
        let description = try ProviderDescription(bytes, of: settings.issuer)
        known = (description, now)
        return description
    }

    /// The provider's keys of kinds that are taken, as they are now.
    func currentKeys(at now: Date) async throws -> [JSONWebKey] {
        let address = try await description(at: now).keysAddress
        let bytes = try await http.get(address)
        guard let found = try? JSONWebKey.keys(of: bytes), !found.isEmpty else {
            throw OpenIDError(
                .misconfigured, "\(address) has no key for RS256 or ES256. Have the provider sign with one.")
        }
        keys = found
        return found
    }

    /// Exchanges the code for who it is about.
    func identity(
        of code: String, attempt: OpenIDAttempt, returnAddress: String, at now: Date
    ) async throws -> OpenIDIdentity {
        let description = try await description(at: now)
        let answer = try await tokens(for: code, attempt, returnAddress, description)
        guard let text = answer.idToken, let token = JSONWebToken(text) else {
            throw OpenIDError(.untrusted, "The token endpoint gave no ID token.")
        }
        try await believe(token, at: now)
        let rules = IDTokenRules(issuer: settings.issuer, clientID: settings.clientID, nonce: attempt.nonce)
        let subject = try rules.subject(of: token.claims, at: now)
        var claims = token.claims
        if claims.claim(settings.groupsClaim) == nil || claims.claim(settings.nameClaim) == nil,
            let address = description.userInfoEndpoint, let access = answer.accessToken
        {
            let told = try await userInfo(at: address, access, of: subject)
            claims.merge(told) { signed, _ in signed }
        }
        return OpenIDIdentity(
            issuer: settings.issuer, subject: subject, name: claims.claim(settings.nameClaim)?.text,
            groups: claims.claim(settings.groupsClaim)?.texts ?? [])
    }

    private struct TokenAnswer: Decodable {
        let idToken: String?
        let accessToken: String?
        /// Why there is none (RFC 6749, 5.2).
        let error: String?

        private enum CodingKeys: String, CodingKey {
            case idToken = "id_token"
            case accessToken = "access_token"
            case error
        }
    }

    private func tokens(
        for code: String, _ attempt: OpenIDAttempt, _ returnAddress: String, _ description: ProviderDescription
    ) async throws -> TokenAnswer {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", returnAddress),
            ("code_verifier", attempt.verifier),
        ]
        var authorization: String?
        let methods = description.tokenEndpointAuthentication ?? ["client_secret_basic"]
        if let secret, methods.contains("client_secret_basic") {
            let pair = "\(OpenIDAddress.encoded(settings.clientID)):\(OpenIDAddress.encoded(secret))"
            authorization = "Basic \(Data(pair.utf8).base64EncodedString())"
        } else {
            fields.append(("client_id", settings.clientID))
            if let secret { fields.append(("client_secret", secret)) }
        }
        let (status, body) = try await http.post(fields, to: description.tokenEndpoint, authorization: authorization)
        let answer = try? JSONDecoder().decode(TokenAnswer.self, from: body)
        guard status == 200, let answer else {
            let reason = answer?.error.map { ": \($0.filter { $0.isLetter || $0 == "_" }.prefix(60))" } ?? ""
            // The code is no good any more, or the client's own credentials are not.
            throw OpenIDError(
                status >= 500 ? .unreachable : answer?.error == "invalid_client" ? .misconfigured : .denied,
                "The token endpoint answered \(status)\(reason).")
        }
        return answer
    }

    /// Throws `untrusted` unless the provider signed the token; it may have other keys since we asked for them.
    private func believe(_ token: JSONWebToken, at now: Date) async throws {
        if token.header.crit == nil {
            if keys.contains(where: { $0.signed(token) }) { return }
            if try await currentKeys(at: now).contains(where: { $0.signed(token) }) { return }
        }
        let algorithm = token.header.alg.filter { $0.isLetter || $0.isNumber }.prefix(20)
        throw OpenIDError(
            .untrusted, "The ID token is not signed by a key of the provider (\(algorithm); RS256 and ES256 are taken)."
        )
    }

    /// What the provider tells of the person outside of the token; throws when it is about somebody else.
    private func userInfo(at address: String, _ access: String, of subject: String) async throws -> Claims {
        let bytes = try await http.get(address, token: access)
        guard let told = try? JSONDecoder().decode(Claims.self, from: bytes), told["sub"]?.text == subject else {
            throw OpenIDError(.untrusted, "What \(address) tells is no JSON, or about somebody else.")
        }
        return told
    }
}
