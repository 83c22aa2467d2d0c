import Crypto
import CryptoExtras
import Foundation

/// A public key of the provider (RFC 7517), for the two algorithms that are taken: RS256 and ES256 (RFC 7518, 3.3, 3.4).
struct JSONWebKey: Decodable, Hashable, Sendable {
    let kty: String
    let kid: String?
    let use: String?
    let alg: String?
    let n: String?
    let e: String?
    let crv: String?
    let x: String?
    let y: String?

    /// The keys of a set; those of kinds that nobody knows here are left out.
    static func keys(of set: Data) throws -> [JSONWebKey] {
        struct Lenient: Decodable {
            let key: JSONWebKey?

            init(from decoder: any Decoder) throws { key = try? JSONWebKey(from: decoder) }
        }
        struct Keys: Decodable {
            let keys: [Lenient]
        }
        return try JSONDecoder().decode(Keys.self, from: set).keys.compactMap(\.key).filter { $0.algorithm != nil }
    }

    /// What the key signs with; nil when it is for another purpose, or of a kind that is not taken.
    var algorithm: String? {
        let own: String? =
            switch (kty, crv) {
            case ("RSA", _): "RS256"
            case ("EC", "P-256"): "ES256"
            default: nil
            }
        guard use ?? "sig" == "sig", alg ?? own == own else { return nil }
        return own
    }

    /// Whether the token is signed with this key, by the algorithm that the key is for.
    ///
    /// What the token says of its algorithm chooses nothing: it is refused unless it is the key's.
    func signed(_ token: JSONWebToken) -> Bool {
        guard token.header.alg == algorithm, token.header.kid == nil || kid == nil || token.header.kid == kid else {
            return false
        }
        return algorithm == "RS256" ? signedByRSA(token) : signedByP256(token)
    }

    private func signedByRSA(_ token: JSONWebToken) -> Bool {
        guard let n = n.flatMap({ Data(base64URL: $0) }), let e = e.flatMap({ Data(base64URL: $0) }),
            let key = try? _RSA.Signing.PublicKey(n: n, e: e)
        else { return false }
        return key.isValidSignature(
            _RSA.Signing.RSASignature(rawRepresentation: token.signature), for: token.signed,
            padding: .insecurePKCS1v1_5)
    }

    private func signedByP256(_ token: JSONWebToken) -> Bool {
        guard let x = x.flatMap({ Data(base64URL: $0) }), let y = y.flatMap({ Data(base64URL: $0) }),
            let key = try? P256.Signing.PublicKey(rawRepresentation: x + y),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: token.signature)
        else { return false }
        return key.isValidSignature(signature, for: token.signed)
    }
}
