import Foundation

/// What a provider says of itself (OpenID Connect Discovery 1.0, 3).
struct ProviderDescription: Decodable, Hashable, Sendable {
    let issuer: String
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let keysAddress: String
    let userInfoEndpoint: String?
    /// Where people sign out of the provider itself (OpenID Connect RP-Initiated Logout 1.0).
    let endSessionEndpoint: String?
    let tokenEndpointAuthentication: [String]?
    /// Whether every answer to the browser names the provider (RFC 9207).
    let namesItselfInAnswers: Bool?

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case keysAddress = "jwks_uri"
        case userInfoEndpoint = "userinfo_endpoint"
        case endSessionEndpoint = "end_session_endpoint"
        case tokenEndpointAuthentication = "token_endpoint_auth_methods_supported"
        case namesItselfInAnswers = "authorization_response_iss_parameter_supported"
    }

    static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// Reads the description that `issuer` gave; throws `misconfigured` when it is another's, or of no use.
    init(_ bytes: Data, of issuer: String) throws {
        do {
            self = try JSONDecoder().decode(ProviderDescription.self, from: bytes)
        } catch {
            throw OpenIDError(
                .misconfigured,
                "\(ProviderDescription.address(of: issuer)) is no description of an OpenID provider. Is 'openid.issuer' right?"
            )
        }
        guard self.issuer == issuer else {
            throw OpenIDError(
                .misconfigured,
                "The provider calls itself \(self.issuer), not \(issuer). Write that as 'openid.issuer', to the letter."
            )
        }
        let addresses = [authorizationEndpoint, tokenEndpoint, keysAddress, userInfoEndpoint, endSessionEndpoint]
        if let wrong = addresses.compactMap(\.self).first(where: { !OpenIDAddress.isAllowed($0) }) {
            throw OpenIDError(.misconfigured, "The provider's address \(wrong) is neither https nor on this machine.")
        }
    }
}
