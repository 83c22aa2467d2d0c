extension Migration {
    /// Notes, questions between reviewers, tasks that people sent to another queue, recalls and what they hold.
    static func firstTogether(_ dialect: SQLDialect) -> [String] { talk + recalls }

    private static let talk = [
        """
        CREATE TABLE document_notes (
            id TEXT NOT NULL PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), written_by TEXT NOT NULL,
            written_at BIGINT NOT NULL, body TEXT NOT NULL)
        """,
        "CREATE INDEX document_notes_document ON document_notes (document_id, id)",
        """
        CREATE TABLE task_questions (
            id TEXT NOT NULL PRIMARY KEY, task_id TEXT NOT NULL REFERENCES review_tasks (id), field_path TEXT,
            question TEXT NOT NULL, asked_by TEXT NOT NULL, asked_of TEXT NOT NULL, asked_at BIGINT NOT NULL,
            answer TEXT, answered_at BIGINT, kept_for TEXT, kept_until BIGINT NOT NULL, ending TEXT, ended_at BIGINT,
            CHECK ((answer IS NULL) = (answered_at IS NULL)), CHECK ((ending IS NULL) = (ended_at IS NULL)),
            CHECK ((ending IS NULL) = (kept_for IS NOT NULL)))
        """,
        "CREATE UNIQUE INDEX task_questions_one_at_a_time ON task_questions (task_id) WHERE kept_for IS NOT NULL",
        "CREATE INDEX task_questions_kept_for ON task_questions (kept_for) WHERE kept_for IS NOT NULL",
        "CREATE INDEX task_questions_asked_by ON task_questions (asked_by) WHERE kept_for IS NOT NULL",
        "CREATE INDEX task_questions_task ON task_questions (task_id, id)",
        """
        CREATE TABLE task_sendings (
            task_id TEXT NOT NULL PRIMARY KEY REFERENCES review_tasks (id), queue TEXT NOT NULL, sent_by TEXT NOT NULL,
            sent_at BIGINT NOT NULL)
        """,
    ]

    private static let recalls = [
        """
        CREATE TABLE recalls (
            id TEXT NOT NULL PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id),
            document_version BIGINT NOT NULL, field_path TEXT NOT NULL, wrong_value TEXT NOT NULL, right_value TEXT,
            reason TEXT NOT NULL, made_by TEXT NOT NULL, made_at BIGINT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('searching', 'listed')), causes TEXT NOT NULL,
            correlation_id TEXT NOT NULL, UNIQUE (document_id, document_version, field_path))
        """,
        """
        CREATE TABLE recalled_documents (
            recall_id TEXT NOT NULL REFERENCES recalls (id), document_id TEXT NOT NULL REFERENCES documents (id),
            place BIGINT NOT NULL, causes TEXT NOT NULL, amount_cents BIGINT, released_at BIGINT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('listed', 'ordered', 'done', 'refused')),
            action TEXT CHECK (action IN ('hold', 'release', 'review')), ordered_by TEXT, detail TEXT, done_at BIGINT,
            PRIMARY KEY (recall_id, document_id), CHECK ((status = 'listed') = (action IS NULL)))
        """,
        "CREATE INDEX recalled_documents_place ON recalled_documents (recall_id, place, document_id)",
        """
        CREATE INDEX recalled_documents_ordered ON recalled_documents (recall_id, document_id) WHERE status = 'ordered'
        """,
        """
        CREATE TABLE document_holds (
            document_id TEXT NOT NULL PRIMARY KEY REFERENCES documents (id),
            recall_id TEXT NOT NULL REFERENCES recalls (id), held_by TEXT NOT NULL, held_at BIGINT NOT NULL)
        """,
    ]
}
