import Documents

extension Transaction {
    /// Has a page wait to be read again, in the place of what was ordered for it before.
    ///
    /// Throws `duplicate` when another page of its document waits.
    package func orderTurn(_ turn: PageTurn) throws {
        try execute(
            """
            INSERT INTO page_turns (\(PageTurn.columns))
            VALUES (\(turn.sha256), \(turn.number), \(turn.documentID), \(turn.rotation), \(turn.orderedBy),
                \(turn.orderedAt), \(turn.status), \(turn.detail), \(turn.documentVersion))
            ON CONFLICT (sha256, number) DO UPDATE SET document_id = excluded.document_id,
                rotation = excluded.rotation, ordered_by = excluded.ordered_by, ordered_at = excluded.ordered_at,
                status = excluded.status, detail = excluded.detail, document_version = excluded.document_version
            """)
    }

    /// The page of a document that waits to be read again; nil when none does.
    package func orderedTurn(ofDocument documentID: String) throws -> PageTurn? {
        try first(
            """
            SELECT \(PageTurn.columns) FROM page_turns
            WHERE document_id = \(documentID) AND status = \(PageTurnStatus.ordered)
            """)
    }

    /// The page of a document that was ordered last to be read again, whatever became of it.
    package func latestTurn(ofDocument documentID: String) throws -> PageTurn? {
        try first(
            """
            SELECT \(PageTurn.columns) FROM page_turns WHERE document_id = \(documentID)
            ORDER BY ordered_at DESC, number LIMIT 1
            """)
    }

    /// Notes that a page was read; `documentVersion` is what became of its document.
    package func finishTurn(_ turn: PageTurn, documentVersion: Int) throws {
        try execute(
            """
            UPDATE page_turns SET status = \(PageTurnStatus.read), document_version = \(documentVersion)
            WHERE sha256 = \(turn.sha256) AND number = \(turn.number) AND status = \(PageTurnStatus.ordered)
            """)
    }

    /// Notes why the page of a document that waits to be read again is not: its words stay those of before.
    package func failTurn(ofDocument documentID: String, because sentence: String) throws {
        try execute(
            """
            UPDATE page_turns SET status = \(PageTurnStatus.failed), detail = \(sentence),
                document_version = (SELECT version FROM documents WHERE documents.id = page_turns.document_id)
            WHERE document_id = \(documentID) AND status = \(PageTurnStatus.ordered)
            """)
    }

    /// Forgets that a page of a document waits to be read again.
    package func dropTurn(ofDocument documentID: String) throws {
        try execute(
            """
            DELETE FROM page_turns WHERE document_id = \(documentID) AND status = \(PageTurnStatus.ordered)
            """)
    }

    /// Keeps what was read on a page in one direction, for who turns it back.
    package func keepReading(_ page: StoredPage, of sha256: String) throws {
        let described = page.reading.page
        try execute(
            """
            INSERT INTO page_readings (
                sha256, number, rotation, reading, image_media_type, image_scale, read_turn)
            VALUES (\(sha256), \(described.number), \(described.rotation), \(try jsonText(page.reading)),
                \(page.imageMediaType), \(page.imageScale), \(page.handling.readTurn))
            ON CONFLICT (sha256, number, rotation) DO UPDATE SET reading = excluded.reading,
                image_media_type = excluded.image_media_type, image_scale = excluded.image_scale,
                read_turn = excluded.read_turn
            """)
    }

    /// What was read on a page, from 1, in one direction before; nil when it never was.
    package func keptReading(of sha256: String, number: Int, rotation: Int) throws -> StoredPage? {
        let row = try rows(
            """
            SELECT reading, image_media_type, image_scale, read_turn FROM page_readings
            WHERE sha256 = \(sha256) AND number = \(number) AND rotation = \(rotation)
            """
        ).first
        return try row.map { row in
            var page = StoredPage(
                reading: try row.json("reading"), imageMediaType: try row["image_media_type"],
                imageScale: try row["image_scale"])
            page.handling.readTurn = try row["read_turn"]
            return page
        }
    }
}
