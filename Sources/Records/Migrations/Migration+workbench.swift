extension Migration {
    /// Pages that are read again in another direction, values that people took away, and keys half typed.
    static func workbench(_ dialect: SQLDialect) -> [String] {
        [
            "ALTER TABLE pages ADD COLUMN read_turn BIGINT CHECK (read_turn IN (0, 90, 180, 270))",
            """
            CREATE TABLE page_readings (
                sha256 TEXT NOT NULL, number BIGINT NOT NULL, rotation BIGINT NOT NULL, reading TEXT NOT NULL,
                image_media_type TEXT, image_scale DOUBLE PRECISION NOT NULL, read_turn BIGINT,
                PRIMARY KEY (sha256, number, rotation),
                FOREIGN KEY (sha256, number) REFERENCES pages (sha256, number))
            """,
            """
            CREATE TABLE page_turns (
                sha256 TEXT NOT NULL, number BIGINT NOT NULL, document_id TEXT NOT NULL REFERENCES documents (id),
                rotation BIGINT NOT NULL CHECK (rotation IN (0, 90, 180, 270)), ordered_by TEXT NOT NULL,
                ordered_at BIGINT NOT NULL, status TEXT NOT NULL CHECK (status IN ('ordered', 'read', 'failed')),
                detail TEXT, document_version BIGINT, PRIMARY KEY (sha256, number),
                FOREIGN KEY (sha256, number) REFERENCES pages (sha256, number),
                CHECK ((status = 'failed') = (detail IS NOT NULL)))
            """,
            "CREATE UNIQUE INDEX page_turns_one_at_a_time ON page_turns (document_id) WHERE status = 'ordered'",
            "CREATE INDEX page_turns_document ON page_turns (document_id, ordered_at)",
            """
            CREATE TABLE removed_values (
                id TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES files (sha256),
                document_id TEXT NOT NULL REFERENCES documents (id), definition TEXT NOT NULL, page BIGINT, box TEXT,
                value TEXT NOT NULL, removed_by TEXT NOT NULL, removed_at BIGINT NOT NULL)
            """,
            "CREATE INDEX removed_values_file ON removed_values (sha256, id)",
            """
            CREATE TABLE key_drafts (
                document_id TEXT NOT NULL REFERENCES documents (id), person TEXT NOT NULL,
                document_version BIGINT NOT NULL, answers TEXT NOT NULL, kept_at BIGINT NOT NULL,
                PRIMARY KEY (document_id, person))
            """,
        ]
    }
}
