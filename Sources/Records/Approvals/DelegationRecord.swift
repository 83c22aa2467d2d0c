package import Foundation

/// That one person decides approvals on behalf of another for a time.
package struct DelegationRecord: Sendable, Hashable {
    package var id: String
    /// The names that the two sign in with.
    package var from: String
    package var to: String
    /// Nil for every kind.
    package var kinds: [String]?
    /// The greatest amount; nil for the delegator's own limit.
    package var limitCents: Int64?
    package var startsAt: Date
    /// The first moment at which it holds no longer.
    package var endsAt: Date
    package var madeAt: Date
    /// `user:ana`, who is away, or the machine that said so for them: `key:staff`.
    package var madeBy: String
    package var revokedAt: Date?

    package init(
        id: String, from: String, to: String, kinds: [String]?, limitCents: Int64?, startsAt: Date, endsAt: Date,
        madeAt: Date, madeBy: String, revokedAt: Date? = nil
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.kinds = kinds
        self.limitCents = limitCents
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.revokedAt = revokedAt
    }
}

extension DelegationRecord: SQLRecord {
    static let columns: SQLStatement =
        "id, from_person, to_person, kinds, limit_cents, starts_at, ends_at, made_at, made_by, revoked_at"

    init(row: SQLRow) throws {
        let kinds: String? = try row["kinds"]
        self.init(
            id: try row["id"], from: try row["from_person"], to: try row["to_person"],
            kinds: kinds.map { $0.split(separator: ",").map(String.init) }, limitCents: try row["limit_cents"],
            startsAt: try row["starts_at"], endsAt: try row["ends_at"], madeAt: try row["made_at"],
            madeBy: try row["made_by"], revokedAt: try row["revoked_at"])
    }
}

extension Transaction {
    package func addDelegation(_ delegation: DelegationRecord) throws {
        try execute(
            """
            INSERT INTO delegations (\(DelegationRecord.columns))
            VALUES (\(delegation.id), \(delegation.from), \(delegation.to), \(delegation.kinds?.joined(separator: ",")),
                \(delegation.limitCents), \(delegation.startsAt), \(delegation.endsAt), \(delegation.madeAt),
                \(delegation.madeBy), \(delegation.revokedAt))
            """)
    }

    /// Delegations that are not over at `now`, those to come too, the one that ends first first.
    package func delegations(endingAfter now: Date) throws -> [DelegationRecord] {
        try all(
            """
            SELECT \(DelegationRecord.columns) FROM delegations WHERE ends_at > \(now) AND revoked_at IS NULL
            ORDER BY ends_at, id
            """)
    }

    /// Delegations of a person that would still hold and were ended before their day.
    package func revokedDelegations(of person: String, endingAfter now: Date) throws -> [DelegationRecord] {
        try all(
            """
            SELECT \(DelegationRecord.columns) FROM delegations
            WHERE from_person = \(person) AND ends_at > \(now) AND revoked_at IS NOT NULL ORDER BY ends_at, id
            """)
    }

    /// Ends a delegation of the authority of `person`, or of anybody's; false when there is none that still holds.
    package func revokeDelegation(_ id: String, of person: String?, at now: Date) throws -> Bool {
        let own = person.map { "from_person = \($0)" as SQLStatement } ?? SQLStatement.all([])
        return try execute(
            """
            UPDATE delegations SET revoked_at = \(now)
            WHERE id = \(id) AND revoked_at IS NULL AND ends_at > \(now) AND \(own)
            """) == 1
    }
}
