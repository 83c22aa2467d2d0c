extension Transaction {
    /// Opens a round of keys for a document in the place of any former one.
    package func openKeyRound(_ round: KeyRound) throws {
        try closeKeyRound(of: round.documentID)
        try execute(
            """
            INSERT INTO key_rounds (\(KeyRound.columns))
            VALUES (\(round.documentID), \(round.documentVersion), \(round.basis), \(try jsonText(round.places)),
                \(round.openedAt), \(String?.none), \(String?.none), \(String?.none), \(String?.none))
            """)
    }

    /// The round of keys of a document, as it is at `version`, of one of these bases; nil when none counts.
    package func keyRound(of documentID: String, version: Int, bases: [String]) throws -> KeyRound? {
        try first(
            """
            SELECT \(KeyRound.columns) FROM key_rounds
            WHERE document_id = \(documentID) AND document_version = \(version) AND basis IN (\(list: bases))
            """)
    }

    /// Adds the next key to the round; throws `versionConflict` when another came first.
    package func addKey(_ key: KeyRound.Key, to round: KeyRound) throws {
        let ofRound: SQLStatement =
            "document_id = \(round.documentID) AND document_version = \(round.documentVersion) AND second_by IS NULL"
        let values = try jsonText(key.values)
        let changed =
            if let first = round.first {
                try execute(
                    """
                    UPDATE key_rounds SET second_by = \(key.person), second_values = \(values)
                    WHERE \(ofRound) AND first_by = \(first.person)
                    """)
            } else {
                try execute(
                    """
                    UPDATE key_rounds SET first_by = \(key.person), first_values = \(values)
                    WHERE \(ofRound) AND first_by IS NULL
                    """)
            }
        guard changed == 1 else {
            throw RecordsError(
                .versionConflict,
                "The keys of the document \(round.documentID) have changed: look at them again.")
        }
    }

    /// Ends a document's round of keys, if there is one: what was keyed, or half typed, is forgotten here.
    package func closeKeyRound(of documentID: String) throws {
        try execute("DELETE FROM key_drafts WHERE document_id = \(documentID)")
        try execute("DELETE FROM key_rounds WHERE document_id = \(documentID)")
    }
}
