import Crypto
import Foundation
import Synchronization

/// A sign-in on its way through the provider.
struct OpenIDAttempt: Codable, Hashable, Sendable {
    /// How long a person may take at the provider.
    static let seconds = 600.0

    /// Comes back with the provider's answer: shows that this browser asked for it.
    let state: String
    /// Comes back inside the ID token: shows that the token is the answer.
    let nonce: String
    /// Goes with the code, of which the provider knows the hash (PKCE, RFC 7636).
    let verifier: String
    /// Where the person wanted to go.
    let next: String
    let endsAt: Date

    init(next: String, at now: Date) {
        (state, nonce, verifier) = (SecretText.token(), SecretText.token(), SecretText.token())
        self.next = next
        endsAt = now.addingTimeInterval(OpenIDAttempt.seconds)
    }

    var challenge: String { Data(SHA256.hash(data: Data(verifier.utf8))).base64URL }
}

/// Keeps attempts in the browsers that began them, sealed, and takes each back once.
///
/// Nothing is kept here for those who only begin: however many do, they fill no table. Key and memory live as long as the
/// process; a sign-in that was on its way when the service was started again is begun once more.
final class OpenIDAttempts: Sendable {
    private let key = SymmetricKey(size: .bits256)
    private let spent = Mutex<[String: Date]>([:])

    func seal(_ attempt: OpenIDAttempt) throws -> String {
        let sealed = try AES.GCM.seal(try JSONEncoder().encode(attempt), using: key)
        return (sealed.combined ?? Data()).base64URL
    }

    /// The attempt of the browser's cookie that `state` belongs to; throws `stale` when it ran out or came back before.
    func take(_ cookie: String?, state: String, at now: Date) throws(OpenIDError) -> OpenIDAttempt {
        guard let cookie, let attempt = open(cookie), SecretText.equal(attempt.state, state) else {
            throw OpenIDError(.stale, "The browser that came back is not one that was sent to the provider.")
        }
        guard attempt.endsAt > now else {
            throw OpenIDError(.stale, "The person took longer than \(Int(OpenIDAttempt.seconds)) seconds.")
        }
        let isFirst = spent.withLock { spent in
            spent = spent.filter { $0.value > now }
            return spent.updateValue(attempt.endsAt, forKey: attempt.state) == nil
        }
        guard isFirst else { throw OpenIDError(.stale, "The same answer of the provider came twice.") }
        return attempt
    }

    private func open(_ text: String) -> OpenIDAttempt? {
        guard let bytes = Data(base64URL: text), let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key)
        else { return nil }
        return try? JSONDecoder().decode(OpenIDAttempt.self, from: plain)
    }
}
