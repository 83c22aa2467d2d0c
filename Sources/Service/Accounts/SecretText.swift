import Crypto
import Documents
import Foundation

/// Random secrets as text, and what of them may be kept.
enum SecretText {
    /// 32 random bytes in base 64 for addresses: a session's or form's token, an API key's secret.
    static func token() -> String {
        randomBytes(32).base64URL
    }

    /// A password that a person can type: 20 letters and digits in groups, none that look alike, about 98 bits.
    static func password() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            String((0..<5).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
        }.joined(separator: "-")
    }

    static func randomBytes(_ count: Int) -> Data {
        var generator = SystemRandomNumberGenerator()
        return Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// SHA-256 in hexadecimal: what is kept of a secret that has randomness enough of its own.
    static func digest(_ secret: String) -> String { digest(Data(secret.utf8)) }

    static func digest(_ bytes: Data) -> String {
        SHA256.hash(data: bytes).hexadecimal
    }

    /// Compares in a time that depends on the lengths alone.
    static func equal(_ left: Data, _ right: Data) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func equal(_ left: String, _ right: String) -> Bool { equal(Data(left.utf8), Data(right.utf8)) }
}
