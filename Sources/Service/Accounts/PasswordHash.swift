import Crypto
import CryptoExtras
import Foundation

/// A password as it is kept: scrypt (RFC 7914) with its own salt and the cost that it was made with.
///
/// Written `scrypt$N$r$p$salt$hash`, salt and hash in base 64.
struct PasswordHash {
    /// scrypt's N, r and p; about `128 · N · r` bytes of memory and `p` times the work.
    struct Cost: Hashable {
        var rounds: Int
        var blockSize: Int
        var parallelism: Int

        /// 32 MiB and three passes: one of the equal choices of the OWASP Password Storage Cheat Sheet.
        static let standard = Cost(rounds: 32_768, blockSize: 8, parallelism: 3)
    }

    static let saltByteCount = 16
    static let hashByteCount = 32

    let cost: Cost
    let salt: Data
    let hash: Data

    init(password: String, salt: Data, cost: Cost) throws {
        self.cost = cost
        self.salt = salt
        hash = try PasswordHash.derive(password, salt: salt, cost: cost)
    }

    /// Reads what `text` writes; nil for anything else.
    init?(text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: String(parts[4])),
            let hash = Data(base64Encoded: String(parts[5])), hash.count == PasswordHash.hashByteCount
        else { return nil }
        cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        self.salt = salt
        self.hash = hash
    }

    var text: String {
        "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)$\(salt.base64EncodedString())$"
            + hash.base64EncodedString()
    }

    /// Whether `password` is the one; takes the same time whether it is or not.
    func matches(_ password: String) throws -> Bool {
        SecretText.equal(try PasswordHash.derive(password, salt: salt, cost: cost), hash)
    }

    private static func derive(_ password: String, salt: Data, cost: Cost) throws -> Data {
        // The same password typed on another keyboard may come as other code points: NFC makes them one.
        let bytes = Data(password.precomposedStringWithCanonicalMapping.utf8)
        let key = try KDF.Scrypt.deriveKey(
            from: bytes, salt: salt, outputByteCount: hashByteCount, rounds: cost.rounds, blockSize: cost.blockSize,
            parallelism: cost.parallelism, maxMemory: 2 * 128 * cost.rounds * cost.blockSize)
        return key.withUnsafeBytes { Data($0) }
    }
}
