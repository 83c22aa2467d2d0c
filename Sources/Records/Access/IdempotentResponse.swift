package import Foundation

/// The answer that a request with an idempotency key got, to be given again when the same request comes again.
package struct IdempotentResponse: Sendable, Hashable {
    /// The caller's key, made unique among callers.
    package var key: String
    /// Tells the same request from another one that uses the same key.
    package var fingerprint: String
    /// HTTP status.
    package var status: Int
    package var location: String?
    package var body: Data?
    package var createdAt: Date

    package init(
        key: String, fingerprint: String, status: Int, location: String? = nil, body: Data? = nil, createdAt: Date
    ) {
        self.key = key
        self.fingerprint = fingerprint
        self.status = status
        self.location = location
        self.body = body
        self.createdAt = createdAt
    }
}

extension IdempotentResponse: SQLRecord {
    static let columns: SQLStatement = "idempotency_key, fingerprint, status, location, body, created_at"

    init(row: SQLRow) throws {
        self.init(
            key: try row["idempotency_key"], fingerprint: try row["fingerprint"], status: try row["status"],
            location: try row["location"], body: try row["body"], createdAt: try row["created_at"])
    }
}

extension Transaction {
    package func idempotentResponse(_ key: String) throws -> IdempotentResponse? {
        try first(
            "SELECT \(IdempotentResponse.columns) FROM idempotent_responses WHERE idempotency_key = \(key)")
    }

    /// Keeps an answer; false when one was kept for the same key already, which stays.
    @discardableResult
    package func saveIdempotentResponse(_ response: IdempotentResponse) throws -> Bool {
        try execute(
            """
            INSERT INTO idempotent_responses (\(IdempotentResponse.columns))
            VALUES (\(response.key), \(response.fingerprint), \(response.status), \(response.location),
                \(response.body), \(response.createdAt))
            ON CONFLICT (idempotency_key) DO NOTHING
            """) == 1
    }

    /// Forgets the answers given before `time`.
    package func deleteIdempotentResponses(before time: Date) throws {
        try execute("DELETE FROM idempotent_responses WHERE created_at < \(time)")
    }
}
