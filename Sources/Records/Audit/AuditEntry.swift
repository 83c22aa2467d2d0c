import Crypto
import Documents
package import Foundation

/// One entry of the audit chain: who did what to what, and when, tied to the entry before by its hash.
package struct AuditEntry: Sendable, Hashable {
    /// Its place in the chain, from 1, without gaps.
    package var sequence: Int
    package var time: Date
    /// A person's name, an API key's name, or the part of the program that acted by itself.
    package var actor: String
    /// What was done: `document.corrected`.
    package var action: String
    /// The identifier of what it was done to.
    package var subject: String
    package var detail: [String: String]
    package var correlationID: String
    /// The hash of the entry before; `genesisHash` for the first.
    package var previousHash: String
    /// SHA-256 of `canonicalJSON`, 64 lower-case hexadecimal digits.
    package var hash: String

    /// What the first entry has in place of a hash before it.
    package static let genesisHash = String(repeating: "0", count: 64)

    /// The entry without its hash, as canonical JSON (RFC 8785); the time is in milliseconds since 1970.
    package var canonicalJSON: String {
        let members: [String: CanonicalJSON] = [
            "action": .text(action), "actor": .text(actor), "correlation_id": .text(correlationID),
            "detail": .object(detail.mapValues { .text($0) }), "previous_hash": .text(previousHash),
            "sequence": .integer(Int64(sequence)), "subject": .text(subject),
            "time": .integer(time.millisecondsSince1970),
        ]
        return CanonicalJSON.object(members).text
    }

    /// The hash that the entry must have.
    package var expectedHash: String {
        SHA256.hash(data: Data(canonicalJSON.utf8)).hexadecimal
    }

    static func detailText(_ detail: [String: String]) -> String {
        CanonicalJSON.object(detail.mapValues { .text($0) }).text
    }
}

/// What looking at the whole chain showed.
package enum AuditVerdict: Sendable, Hashable {
    /// Every entry is as it was written, and none is missing; `head` is the latest one's hash.
    case intact(count: Int, head: String)
    /// The entry `sequence` is the first that is not as it was written; `why` is a sentence.
    case broken(sequence: Int, why: String)
}

extension AuditEntry: SQLRecord {
    static let columns: SQLStatement =
        "sequence, time, actor, action, subject, detail, correlation_id, previous_hash, hash"

    init(row: SQLRow) throws {
        self.init(
            sequence: try row["sequence"], time: try row["time"], actor: try row["actor"],
            action: try row["action"], subject: try row["subject"], detail: try row.json("detail"),
            correlationID: try row["correlation_id"], previousHash: try row["previous_hash"],
            hash: try row["hash"])
    }
}
