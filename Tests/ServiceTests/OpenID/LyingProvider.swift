import Crypto
import CryptoExtras
import Foundation
import Governance
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOFoundationCompat
import Service
import Synchronization

/// An OpenID provider on loopback that signs what a test wants it to say.
final class LyingProvider: Sendable {
    static let secretVariable = "MAILROOM_OPENID_SECRET"
    static let secret = "s3cret & more"

    /// What it says and does; a test changes it as it goes.
    struct Speech: Sendable {
        var issuer = ""
        var keyID = "k1"
        /// Signs instead of the key that it shows.
        var foreignKey: P256.Signing.PrivateKey?
        var algorithm = "ES256"
        var usesRSA = false
        var headerMore: [String: String] = [:]
        var subject = "s-1"
        var name: String? = "Ana.Diaz@hospital.example"
        var groups: [String]? = ["staff", "mailroom-reviewers"]
        /// In the place of what would stand in the token; an empty text leaves the claim out.
        var claims: [String: ClaimChange] = [:]
        /// Puts other claims under the signature.
        var tampers = false
        var userInfo: [String: String]?
        var tokenStatus = HTTPResponse.Status.ok
        var isDown = false
        var namesKey = true
    }

    enum ClaimChange: Sendable {
        case text(String), seconds(Double), list([String]), absent
    }

    let speech = Mutex(Speech())
    private let key = Mutex(P256.Signing.PrivateKey())
    /// One for all tests: making it takes longer than they do.
    private static let rsaKey = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }
    /// The nonce of the sign-in under way, and the forms that came to the token endpoint.
    let nonce = Mutex("")
    let forms = Mutex<[(authorization: String, body: String)]>([])

    func say(_ change: (inout Speech) -> Void) { speech.withLock { change(&$0) } }

    /// Signs with another key from now on.
    func rotate() {
        key.withLock { $0 = P256.Signing.PrivateKey() }
        say { $0.keyID = "k2" }
    }

    static func settings(issuer: String) -> ServiceSettings {
        var settings = ServiceSettings()
        settings.externalURL = "http://localhost"
        var openID = OpenIDSettings(
            issuer: issuer, clientID: "mailroom",
            roles: [
                .init(group: "mailroom-administrators", role: .administrator),
                .init(group: "mailroom-reviewers", role: .reviewer),
            ])
        openID.clientSecretVariable = secretVariable
        openID.title = "your hospital account"
        settings.openID = openID
        return settings
    }

    // MARK: Answers

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.get(".well-known/openid-configuration") { [self] _, _ in
            guard !speech.withLock(\.isDown) else { throw HTTPError(.internalServerError) }
            let issuer = speech.withLock(\.issuer)
            let base = issuer.replacing("/other", with: "")
            return try answer([
                "issuer": issuer, "authorization_endpoint": "\(base)/authorize?tenant=1",
                "token_endpoint": "\(base)/token", "jwks_uri": "\(base)/keys", "userinfo_endpoint": "\(base)/who",
                "end_session_endpoint": "\(base)/end",
            ])
        }
        router.get("keys") { [self] _, _ in try answer(["keys": try keys()]) }
        router.post("token") { [self] request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 1 << 16))
            forms.withLock { $0.append((request.headers[.authorization] ?? "", body)) }
            guard speech.withLock({ $0.tokenStatus == .ok }) else {
                var refusal = try answer(["error": "invalid_grant"])
                refusal.status = speech.withLock(\.tokenStatus)
                return refusal
            }
            return try answer(["id_token": try token(), "access_token": "a", "token_type": "Bearer"])
        }
        router.get("who") { [self] _, _ in try answer(speech.withLock { $0.userInfo ?? ["sub": $0.subject] }) }
        return router
    }

    private func answer(_ value: [String: Any]) throws -> Response {
        let bytes = try JSONSerialization.data(withJSONObject: value)
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(data: bytes)))
    }

    private func keys() throws -> [[String: Any]] {
        let point = key.withLock { $0.publicKey.rawRepresentation }
        let numbers = try Self.rsaKey.get().publicKey.getKeyPrimitives()
        return [
            ["kty": "OKP", "crv": "Ed25519", "x": "AAAA", "kid": "k0"],
            [
                "kty": "EC", "crv": "P-256", "kid": speech.withLock(\.keyID), "use": "sig",
                "x": LyingProvider.text(point.prefix(32)), "y": LyingProvider.text(point.suffix(32)),
            ],
            [
                "kty": "RSA", "kid": "r1", "n": LyingProvider.text(numbers.modulus),
                "e": LyingProvider.text(numbers.publicExponent),
            ],
        ]
    }

    private func token() throws -> String {
        let speech = speech.withLock { $0 }
        let now = Date().timeIntervalSince1970
        var claims: [String: Any] = [
            "iss": speech.issuer, "sub": speech.subject, "aud": "mailroom", "exp": now + 300, "iat": now,
            "nonce": nonce.withLock { $0 },
        ]
        claims["preferred_username"] = speech.name
        claims["groups"] = speech.groups
        for (name, change) in speech.claims {
            switch change {
            case .text(let text): claims[name] = text
            case .seconds(let seconds): claims[name] = now + seconds
            case .list(let list): claims[name] = list
            case .absent: claims[name] = nil
            }
        }
        var header: [String: Any] = ["alg": speech.algorithm]
        if speech.namesKey { header["kid"] = speech.usesRSA ? "r1" : speech.keyID }
        for (name, value) in speech.headerMore { header[name] = name == "crit" ? [value] : value }
        let signed = "\(try LyingProvider.json(header)).\(try LyingProvider.json(claims))"
        let signature = try sign(signed, speech)
        guard speech.tampers else { return "\(signed).\(signature)" }
        claims["groups"] = ["mailroom-administrators"]
        return "\(try LyingProvider.json(header)).\(try LyingProvider.json(claims)).\(signature)"
    }

    private func sign(_ text: String, _ speech: Speech) throws -> String {
        let bytes = Data(text.utf8)
        switch speech.algorithm {
        case "none": return ""
        case "HS256":
            // The old trick: what is public serves as the shared secret.
            let secret = SymmetricKey(data: key.withLock { $0.publicKey.rawRepresentation })
            return LyingProvider.text(Data(HMAC<SHA256>.authenticationCode(for: bytes, using: secret)))
        default: break
        }
        if speech.usesRSA {
            return LyingProvider.text(
                try Self.rsaKey.get().signature(for: bytes, padding: .insecurePKCS1v1_5).rawRepresentation)
        }
        let key = speech.foreignKey ?? key.withLock { $0 }
        return LyingProvider.text(try key.signature(for: bytes).rawRepresentation)
    }

    private static func json(_ value: [String: Any]) throws -> String {
        text(try JSONSerialization.data(withJSONObject: value))
    }

    private static func text(_ bytes: some DataProtocol) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
