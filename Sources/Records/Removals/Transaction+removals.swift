extension Transaction {
    /// Keeps that a person took a value away.
    package func keepRemoval(_ removed: RemovedValue) throws {
        try execute(
            """
            INSERT INTO removed_values (\(RemovedValue.columns))
            VALUES (\(removed.id), \(removed.sha256), \(removed.documentID), \(removed.definition), \(removed.page),
                \(try removed.box.map(jsonText)), \(removed.value), \(removed.removedBy), \(removed.removedAt))
            """)
    }

    /// The values that people took away from the pages of a file, in the order in which they did.
    package func removals(ofFile sha256: String) throws -> [RemovedValue] {
        try all("SELECT \(RemovedValue.columns) FROM removed_values WHERE sha256 = \(sha256) ORDER BY id")
    }

    /// Notes where the ink of a value that was taken away is, now that its page stands otherwise.
    package func moveRemoval(_ removed: RemovedValue) throws {
        try execute(
            """
            UPDATE removed_values SET box = \(try removed.box.map(jsonText)) WHERE id = \(removed.id)
            """)
    }

    /// Forgets that a value was taken away: it is there again.
    package func dropRemoval(_ id: String) throws {
        try execute("DELETE FROM removed_values WHERE id = \(id)")
    }
}
