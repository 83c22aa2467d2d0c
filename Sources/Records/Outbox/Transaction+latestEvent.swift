extension Transaction {
    /// The latest event of a type about a subject; nil when there is none.
    package func latestEventID(of type: String, about subject: String) throws -> String? {
        try rows(
            """
            SELECT id FROM events WHERE subject = \(subject) AND type = \(type) ORDER BY id DESC LIMIT 1
            """
        ).first.map { row -> String in try row["id"] }
    }
}
