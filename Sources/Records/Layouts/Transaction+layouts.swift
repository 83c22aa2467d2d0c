package import Foundation

// MARK: What is remembered

extension Transaction {
    /// The number of the latest change to the layouts: another number means that something was learned or forgotten.
    package func layoutChange() throws -> Int {
        try rows("SELECT number FROM layout_changes WHERE id = 1").first?["number"] ?? 0
    }

    /// Takes the next number, for all that one transaction learns and forgets.
    ///
    /// `seen` is the change that the caller goes by; throws `versionConflict` when there was another since. Whoever
    /// changes the layouts at the same time waits for this transaction's end.
    package func beginLayoutChange(seen: Int? = nil) throws -> Int {
        let asSeen: SQLStatement = seen.map { " AND number = \($0)" } ?? ""
        let changed = try rows(
            "UPDATE layout_changes SET number = number + 1 WHERE id = 1\(asSeen) RETURNING number")
        guard let number: Int = try changed.first?["number"] else {
            throw RecordsError(.versionConflict, "The layouts have changed meanwhile: learn again.")
        }
        return number
    }

    /// Keeps what was learned of a layout; one that was forgotten is learned anew.
    package func keepLayout(_ record: LayoutRecord) throws {
        try execute(
            """
            INSERT INTO layout_memories (\(LayoutRecord.columns))
            VALUES (\(record.id), \(record.type), \(record.memory), \(record.learnedAt), \(record.change), NULL, NULL,
                NULL)
            ON CONFLICT (id) DO UPDATE SET type = excluded.type, memory = excluded.memory,
                change_number = excluded.change_number,
                learned_at = CASE WHEN layout_memories.forgotten_at IS NULL THEN layout_memories.learned_at
                    ELSE excluded.learned_at END,
                forgotten_at = NULL, forgotten_by = NULL, forgotten_because = NULL
            """)
    }

    /// Forgets a layout: it stays in the store, marked; throws `notFound` when it is not remembered.
    package func forgetLayout(_ id: String, _ forgetting: LayoutRecord.Forgetting, change: Int) throws {
        let changed = try execute(
            """
            UPDATE layout_memories SET forgotten_at = \(forgetting.at), forgotten_by = \(forgetting.by),
                forgotten_because = \(forgetting.because), change_number = \(change)
            WHERE id = \(id) AND forgotten_at IS NULL
            """)
        guard changed == 1 else { throw RecordsError(.notFound, "No layout \(id) is remembered.") }
    }

    package func layout(_ id: String) throws -> LayoutRecord? {
        try first("SELECT \(LayoutRecord.columns) FROM layout_memories WHERE id = \(id)")
    }

    /// The layouts that were learned or forgotten after a change.
    package func layouts(changedSince change: Int) throws -> [LayoutRecord] {
        try all("SELECT \(LayoutRecord.columns) FROM layout_memories WHERE change_number > \(change) ORDER BY id")
    }

    /// The layouts that are remembered, those that changed last first.
    package func layouts(limit: Int) throws -> [LayoutRecord] {
        try all(
            """
            SELECT \(LayoutRecord.columns) FROM layout_memories WHERE forgotten_at IS NULL
            ORDER BY change_number DESC, id LIMIT \(limit)
            """)
    }
}

// MARK: What taught it

extension Transaction {
    /// Puts down that a document taught a layout; false when it has taught already.
    @discardableResult
    package func teach(_ memoryID: String, by document: String, confirmedBy actor: String, at now: Date) throws -> Bool
    {
        try execute(
            """
            INSERT INTO layout_lessons (document_id, memory_id, taught_by, taught_at)
            VALUES (\(document), \(memoryID), \(actor), \(now)) ON CONFLICT (document_id) DO NOTHING
            """) == 1
    }

    /// Drops what a document taught: it may teach anew.
    package func dropLesson(of document: String) throws {
        try execute("DELETE FROM layout_lessons WHERE document_id = \(document)")
    }

    /// What a document taught; nil when it taught nothing.
    package func lesson(of document: String) throws -> LayoutLesson? {
        try first("\(Self.lessons) WHERE l.document_id = \(document)")
    }

    /// What taught a layout since it was learned first, or anew after it was forgotten; the latest first.
    package func lessons(of memoryID: String, until now: Date = .distantFuture, limit: Int) throws -> [LayoutLesson] {
        try all(
            """
            \(Self.lessons) JOIN layout_memories m ON m.id = l.memory_id
            WHERE l.memory_id = \(memoryID) AND l.taught_at >= m.learned_at AND l.taught_at <= \(now)
            ORDER BY l.taught_at DESC, l.document_id DESC LIMIT \(limit)
            """)
    }

    private static let lessons: SQLStatement =
        """
        SELECT l.document_id, l.memory_id, l.taught_by, l.taught_at, f.name AS file_name
        FROM layout_lessons l JOIN documents d ON d.id = l.document_id JOIN files f ON f.sha256 = d.sha256
        """
}

// MARK: What goes by it

extension Transaction {
    /// Keeps which layout had a say in how a document was read; nil means none.
    package func setLayoutUse(_ use: LayoutUse?, of document: String) throws {
        guard let use else {
            try execute("DELETE FROM layout_uses WHERE document_id = \(document)")
            return
        }
        try execute(
            """
            INSERT INTO layout_uses (document_id, memory_id, value_count, used_at)
            VALUES (\(document), \(use.memoryID), \(use.valueCount), \(use.at))
            ON CONFLICT (document_id) DO UPDATE SET memory_id = excluded.memory_id,
                value_count = excluded.value_count, used_at = excluded.used_at
            """)
    }

    /// The layout that had a say in how a document was read.
    package func layoutUse(of document: String) throws -> LayoutUse? {
        try first("SELECT memory_id, value_count, used_at FROM layout_uses WHERE document_id = \(document)")
    }

    /// How many documents were read by each of these layouts.
    package func layoutUseCounts(of memoryIDs: [String]) throws -> [String: Int] {
        try counts(
            """
            SELECT memory_id AS word, COUNT(*) AS number FROM layout_uses WHERE memory_id IN (\(list: memoryIDs))
            GROUP BY memory_id
            """)
    }
}
