package import Foundation

extension Transaction {
    /// Adds a step; false when there is one of the same kind and subject already, done or not.
    @discardableResult
    package func enqueue(_ step: Step) throws -> Bool {
        try execute(
            """
            INSERT INTO steps (\(Step.columns))
            VALUES (\(step.id), \(step.kind), \(step.subject), \(StepStatus.ready), 0, \(step.availableAt), NULL, 0,
                NULL, \(step.correlationID))
            ON CONFLICT (kind, subject) DO NOTHING
            """) == 1
    }

    /// Adds a step, or makes the one of the same kind and subject ready anew, whatever became of it.
    ///
    /// A worker that holds it loses its lease, so that what it did on an older state is not kept; one that waits keeps its
    /// place among the others.
    package func enqueueAgain(_ step: Step) throws {
        guard try !enqueue(step) else { return }
        try execute(
            """
            UPDATE steps SET status = 'ready', attempts = 0, available_at = \(step.availableAt), lease_owner = NULL,
                last_error = NULL, correlation_id = \(step.correlationID)
            WHERE kind = \(step.kind) AND subject = \(step.subject) AND NOT (status = 'ready' AND attempts = 0)
            """)
    }

    /// Leases the next step of these kinds to `owner`: one that is ready, or one whose lease ran out.
    ///
    /// Gives nil when there is none. Two claimants never get the same step.
    package func claim(kinds: [StepKind], owner: String, now: Date, leaseSeconds: Double) throws -> Step? {
        let claimable: SQLStatement =
            "status IN ('ready', 'leased') AND available_at <= \(now) AND kind IN (\(list: kinds))"
        return try first(
            """
            UPDATE steps SET status = 'leased', lease_owner = \(owner), lease_number = lease_number + 1,
                attempts = attempts + 1, available_at = \(now.addingTimeInterval(leaseSeconds))
            WHERE id = (
                SELECT id FROM steps WHERE \(claimable) ORDER BY available_at, id LIMIT 1\(dialect.skipLocked))
                AND \(claimable)
            RETURNING \(Step.columns)
            """)
    }

    /// Lengthens the lease and gives the step with its new end; throws `leaseLost`.
    package func renew(_ step: Step, now: Date, leaseSeconds: Double) throws -> Step {
        let renewed: Step? = try first(
            """
            UPDATE steps SET available_at = \(now.addingTimeInterval(leaseSeconds)) WHERE \(Self.held(step))
            RETURNING \(Step.columns)
            """)
        guard let renewed else { throw Self.leaseLost(step) }
        return renewed
    }

    /// Marks a claimed step as done; throws `leaseLost` when it was claimed again since.
    package func complete(_ step: Step) throws {
        try end(step, "status = 'done', last_error = NULL")
    }

    /// Gives a claimed step back, to be claimed from `availableAt` on; throws `leaseLost`.
    package func retry(_ step: Step, availableAt: Date, error: String) throws {
        try end(step, "status = 'ready', available_at = \(availableAt), last_error = \(error)")
    }

    /// Gives a claimed step up; throws `leaseLost`.
    package func park(_ step: Step, error: String) throws {
        try end(step, "status = 'parked', last_error = \(error)")
    }

    package func step(_ id: String) throws -> Step? {
        try first("SELECT \(Step.columns) FROM steps WHERE id = \(id)")
    }

    /// The steps about a subject, in the order they were made.
    package func steps(subject: String) throws -> [Step] {
        try all("SELECT \(Step.columns) FROM steps WHERE subject = \(subject) ORDER BY id")
    }

    /// How many steps of each kind have each status.
    package func stepCounts() throws -> [StepKind: [StepStatus: Int]] {
        try rows("SELECT kind, status, COUNT(*) AS number FROM steps GROUP BY kind, status").reduce(into: [:]) {
            counts, row in
            let status: StepStatus = try row["status"]
            counts[try row["kind"], default: [:]][status] = try row["number"]
        }
    }

    private func end(_ step: Step, _ change: SQLStatement) throws {
        guard try execute("UPDATE steps SET \(change), lease_owner = NULL WHERE \(Self.held(step))") == 1 else {
            throw Self.leaseLost(step)
        }
    }

    /// The lease's number tells two leases of one owner apart.
    private static func held(_ step: Step) -> SQLStatement {
        """
        id = \(step.id) AND status = 'leased' AND lease_owner = \(step.leaseOwner)
            AND lease_number = \(step.leaseNumber)
        """
    }

    private static func leaseLost(_ step: Step) -> RecordsError {
        RecordsError(
            .leaseLost, "The step \(step.id) (\(step.kind.rawValue)) is not held any more: its lease ran out.")
    }
}
