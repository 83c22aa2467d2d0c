package import Foundation

/// What became of a file that appeared.
package enum ArrivalVerdict: String, Sendable, CaseIterable, SQLConvertible {
    /// Seen, not yet judged: its writer may still be at work.
    case waiting
    /// Taken into custody as a new file.
    case taken
    /// The same bytes are in custody already.
    case duplicate
    /// Not taken, because it cannot be read; the detail says why.
    case quarantined
    /// Gone before it was judged.
    case vanished
}

/// One line of the receipt ledger: a file that appeared somewhere, and what became of it.
package struct Arrival: Sendable, Hashable {
    package var id: String
    /// Where it came from: `folder:NAME` or `http:KEYNAME`.
    package var source: String
    package var name: String
    /// Its path while it waits in a folder; nil for what came over HTTP.
    package var path: String?
    /// Bytes when last seen.
    package var size: Int64?
    package var firstSeenAt: Date
    package var lastSeenAt: Date
    package var verdict: ArrivalVerdict
    /// The verdict as a sentence for a person.
    package var detail: String?
    package var sha256: String?
    /// Goes with the file from here to the last call that it causes.
    package var correlationID: String
    /// The facility that it came to; nil when nobody said.
    package var facility: String?

    package init(
        id: String, source: String, name: String, path: String? = nil, size: Int64? = nil, firstSeenAt: Date,
        lastSeenAt: Date? = nil, verdict: ArrivalVerdict = .waiting, detail: String? = nil, sha256: String? = nil,
        correlationID: String, facility: String? = nil
    ) {
        self.id = id
        self.source = source
        self.name = name
        self.path = path
        self.size = size
        self.firstSeenAt = firstSeenAt
        self.lastSeenAt = lastSeenAt ?? firstSeenAt
        self.verdict = verdict
        self.detail = detail
        self.sha256 = sha256
        self.correlationID = correlationID
        self.facility = facility
    }
}

extension Arrival: SQLRecord {
    static let columns: SQLStatement =
        "id, source, name, path, size, first_seen_at, last_seen_at, verdict, detail, sha256, correlation_id, facility"

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], source: try row["source"], name: try row["name"], path: try row["path"],
            size: try row["size"], firstSeenAt: try row["first_seen_at"], lastSeenAt: try row["last_seen_at"],
            verdict: try row["verdict"], detail: try row["detail"], sha256: try row["sha256"],
            correlationID: try row["correlation_id"], facility: try row["facility"])
    }
}
