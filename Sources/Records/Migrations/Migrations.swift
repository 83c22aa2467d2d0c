extension Migration {
    /// Every step, in order.
    ///
    /// A new step goes to the end; a released one is never changed.
    static let all: [Migration] = [
        Migration(number: 1, name: "files and their way in", statements: firstFiles),
        Migration(number: 2, name: "documents and their review", statements: firstDocuments),
        Migration(number: 3, name: "steps, events and deliveries", statements: firstWork),
        Migration(number: 4, name: "audit chain", statements: firstAudit),
        Migration(number: 5, name: "people and machines", statements: firstAccess),
        Migration(number: 6, name: "accounts of the hospital's books", statements: firstAccounts),
        Migration(number: 7, name: "outcomes of reviewed values", statements: firstOutcomes),
        Migration(number: 8, name: "layouts that confirmed documents taught", statements: firstLayouts),
        Migration(number: 9, name: "pages that people arrange", statements: arrangedPages),
        Migration(
            number: 10, name: "clocks of review tasks, what was read of settled documents", statements: firstClocks),
        Migration(number: 11, name: "double-blind keys and known-answer checks", statements: firstControl),
        Migration(number: 12, name: "notes, questions, sendings and recalls", statements: firstTogether),
        Migration(number: 13, name: "policies of two people, sessions and failed sign-ins", statements: house),
        Migration(number: 14, name: "identities, grants and facilities", statements: identitiesAndGrants),
        Migration(number: 15, name: "approvals, their decisions and delegations", statements: approvals),
        Migration(number: 16, name: "deliveries in order, compensated and dismissed", statements: orderedDeliveries),
        Migration(number: 17, name: "remittances and the files that tell them", statements: remittances),
        Migration(number: 18, name: "journals of the ledger", statements: postings),
        Migration(number: 19, name: "denials, work and authorization numbers", statements: firstDenials),
        Migration(number: 20, name: "anomalies, contracts and adjustments", statements: anomalies),
        Migration(number: 21, name: "pages read again, values taken away, keys half typed", statements: workbench),
        Migration(
            number: 22, name: "events by document, authorization numbers by letter", statements: eventDocuments),
        Migration(number: 23, name: "approval matrices of two people, makers of delegations", statements: governed),
        Migration(number: 24, name: "how anomalies end, where contracts come from", statements: anomalyEnds),
        Migration(number: 25, name: "payments that come on several papers", statements: papers),
    ]

    private static func firstFiles(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE arrivals (
                id TEXT NOT NULL PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL, path TEXT, size BIGINT,
                first_seen_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL,
                verdict TEXT NOT NULL
                    CHECK (verdict IN ('waiting', 'taken', 'duplicate', 'quarantined', 'vanished')),
                detail TEXT, sha256 TEXT, correlation_id TEXT NOT NULL)
            """,
            "CREATE UNIQUE INDEX arrivals_waiting ON arrivals (source, path) WHERE verdict = 'waiting'",
            "CREATE INDEX arrivals_verdict ON arrivals (verdict, id)",
            "CREATE INDEX arrivals_sha256 ON arrivals (sha256)",
            """
            CREATE TABLE files (
                sha256 TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, size BIGINT NOT NULL,
                page_count BIGINT,
                status TEXT NOT NULL CHECK (status IN ('taken', 'read', 'understood', 'quarantined')),
                detail TEXT, correlation_id TEXT NOT NULL, taken_at BIGINT NOT NULL)
            """,
            "CREATE INDEX files_status ON files (status)",
            """
            CREATE TABLE pages (
                sha256 TEXT NOT NULL REFERENCES files (sha256), number BIGINT NOT NULL, reading TEXT NOT NULL,
                image_media_type TEXT, image_scale DOUBLE PRECISION NOT NULL, PRIMARY KEY (sha256, number))
            """,
        ]
    }

    private static func firstDocuments(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE documents (
                id TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES files (sha256), ordinal BIGINT NOT NULL,
                type TEXT NOT NULL, subtype TEXT,
                status TEXT NOT NULL CHECK (status IN ('accepted', 'in_review', 'rejected')),
                version BIGINT NOT NULL, document TEXT NOT NULL, versions TEXT NOT NULL,
                created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, correlation_id TEXT NOT NULL,
                UNIQUE (sha256, ordinal))
            """,
            "CREATE INDEX documents_status ON documents (status, id)",
            "CREATE INDEX documents_type ON documents (type, id)",
            """
            CREATE TABLE review_tasks (
                id TEXT NOT NULL PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id), queue TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('open', 'leased', 'done')), version BIGINT NOT NULL,
                lease_owner TEXT, lease_until BIGINT, created_at BIGINT NOT NULL, done_at BIGINT,
                priority BIGINT NOT NULL, reasons TEXT NOT NULL,
                CHECK ((status = 'leased') = (lease_owner IS NOT NULL)),
                CHECK ((status = 'leased') = (lease_until IS NOT NULL)))
            """,
            "CREATE UNIQUE INDEX review_tasks_one_at_a_time ON review_tasks (document_id) WHERE status <> 'done'",
            "CREATE INDEX review_tasks_next ON review_tasks (queue, priority, id) WHERE status <> 'done'",
        ]
    }

    private static func firstWork(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE steps (
                id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL,
                status TEXT NOT NULL CHECK (status IN ('ready', 'leased', 'done', 'parked')),
                attempts BIGINT NOT NULL, available_at BIGINT NOT NULL, lease_owner TEXT, lease_number BIGINT NOT NULL,
                last_error TEXT, correlation_id TEXT NOT NULL, UNIQUE (kind, subject),
                CHECK ((status = 'leased') = (lease_owner IS NOT NULL)))
            """,
            "CREATE INDEX steps_next ON steps (available_at, id) WHERE status IN ('ready', 'leased')",
            """
            CREATE TABLE events (
                id TEXT NOT NULL PRIMARY KEY, type TEXT NOT NULL, subject TEXT NOT NULL, time BIGINT NOT NULL,
                correlation_id TEXT NOT NULL, data TEXT NOT NULL)
            """,
            "CREATE INDEX events_subject ON events (subject, id)",
            """
            CREATE TABLE deliveries (
                id TEXT NOT NULL PRIMARY KEY, event_id TEXT NOT NULL REFERENCES events (id), action TEXT NOT NULL,
                idempotency_key TEXT NOT NULL UNIQUE,
                status TEXT NOT NULL CHECK (status IN ('pending', 'leased', 'delivered', 'parked')),
                attempts BIGINT NOT NULL, available_at BIGINT NOT NULL, lease_owner TEXT, lease_number BIGINT NOT NULL,
                last_status BIGINT, last_error TEXT, receipt TEXT, payload \(dialect.bytes.sql) NOT NULL,
                delivered_at BIGINT, CHECK ((status = 'leased') = (lease_owner IS NOT NULL)))
            """,
            "CREATE INDEX deliveries_next ON deliveries (available_at, id) WHERE status IN ('pending', 'leased')",
            "CREATE INDEX deliveries_event ON deliveries (event_id)",
        ]
    }

    private static func firstAudit(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE audit_entries (
                sequence BIGINT NOT NULL PRIMARY KEY, time BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
                subject TEXT NOT NULL, detail TEXT NOT NULL, correlation_id TEXT NOT NULL,
                previous_hash TEXT NOT NULL, hash TEXT NOT NULL)
            """,
            "CREATE INDEX audit_entries_subject ON audit_entries (subject, sequence)",
            "CREATE INDEX audit_entries_correlation ON audit_entries (correlation_id, sequence)",
            """
            CREATE TABLE audit_head (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1), entry_count BIGINT NOT NULL, hash TEXT NOT NULL)
            """,
            "INSERT INTO audit_head (id, entry_count, hash) VALUES (1, 0, '\(AuditEntry.genesisHash)')",
        ] + dialect.refuseChanges("audit_entries", "Entries of the audit chain are never changed.")
    }

    private static func firstAccess(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE users (
                id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, password_hash TEXT NOT NULL,
                created_at BIGINT NOT NULL, disabled BIGINT NOT NULL)
            """,
            """
            CREATE TABLE api_keys (
                id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, secret_hash TEXT NOT NULL UNIQUE,
                created_at BIGINT NOT NULL, revoked_at BIGINT)
            """,
            """
            CREATE TABLE sessions (
                token_hash TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), csrf_token TEXT NOT NULL,
                created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE idempotent_responses (
                idempotency_key TEXT NOT NULL PRIMARY KEY, fingerprint TEXT NOT NULL, status BIGINT NOT NULL, location TEXT,
                body \(dialect.bytes.sql), created_at BIGINT NOT NULL)
            """,
        ]
    }

    private static func firstAccounts(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE accounts (
                account_number TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, imported_at BIGINT NOT NULL,
                closed_at BIGINT)
            """,
            """
            CREATE TABLE account_keys (
                match_key TEXT NOT NULL, account_number TEXT NOT NULL REFERENCES accounts (account_number),
                PRIMARY KEY (match_key, account_number))
            """,
            "CREATE INDEX account_keys_account ON account_keys (account_number)",
        ]
    }

    private static func firstOutcomes(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE decided_documents (
                document_id TEXT NOT NULL PRIMARY KEY REFERENCES documents (id), document TEXT NOT NULL)
            """,
            """
            CREATE TABLE value_outcomes (
                document_id TEXT NOT NULL REFERENCES documents (id), path TEXT NOT NULL, type TEXT NOT NULL,
                field TEXT NOT NULL, confidence BIGINT NOT NULL CHECK (confidence BETWEEN 0 AND 10000),
                is_right BIGINT NOT NULL, is_sampled BIGINT NOT NULL, model TEXT NOT NULL, settled_at BIGINT NOT NULL,
                PRIMARY KEY (document_id, path))
            """,
            "CREATE INDEX value_outcomes_model ON value_outcomes (model, is_sampled)",
        ]
    }

    private static func firstLayouts(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE layout_memories (
                id TEXT NOT NULL PRIMARY KEY, type TEXT NOT NULL, memory TEXT NOT NULL, learned_at BIGINT NOT NULL,
                change_number BIGINT NOT NULL, forgotten_at BIGINT, forgotten_by TEXT, forgotten_because TEXT,
                CHECK ((forgotten_at IS NULL) = (forgotten_by IS NULL)),
                CHECK ((forgotten_at IS NULL) = (forgotten_because IS NULL)))
            """,
            "CREATE INDEX layout_memories_change ON layout_memories (change_number)",
            "CREATE TABLE layout_changes (id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1), number BIGINT NOT NULL)",
            "INSERT INTO layout_changes (id, number) VALUES (1, 0)",
            """
            CREATE TABLE layout_lessons (
                document_id TEXT NOT NULL PRIMARY KEY REFERENCES documents (id),
                memory_id TEXT NOT NULL REFERENCES layout_memories (id), taught_by TEXT NOT NULL,
                taught_at BIGINT NOT NULL)
            """,
            "CREATE INDEX layout_lessons_memory ON layout_lessons (memory_id, taught_at)",
            """
            CREATE TABLE layout_uses (
                document_id TEXT NOT NULL PRIMARY KEY REFERENCES documents (id),
                memory_id TEXT NOT NULL REFERENCES layout_memories (id), value_count BIGINT NOT NULL,
                used_at BIGINT NOT NULL)
            """,
            "CREATE INDEX layout_uses_memory ON layout_uses (memory_id)",
        ]
    }

    /// A column's CHECK cannot be changed, so `status` is made anew; the same words run on both engines.
    private static func arrangedPages(_ dialect: SQLDialect) -> [String] {
        [
            "DROP INDEX documents_status",
            "ALTER TABLE documents RENAME COLUMN status TO former_status",
            """
            ALTER TABLE documents ADD COLUMN status TEXT NOT NULL DEFAULT 'in_review'
                CHECK (status IN ('accepted', 'in_review', 'rejected', 'merged'))
            """,
            "UPDATE documents SET status = former_status",
            "ALTER TABLE documents DROP COLUMN former_status",
            """
            ALTER TABLE documents ADD COLUMN merged_into TEXT REFERENCES documents (id)
                CHECK ((status = 'merged') = (merged_into IS NOT NULL))
            """,
            "CREATE INDEX documents_status ON documents (status, id)",
            "CREATE INDEX documents_merged_into ON documents (merged_into) WHERE merged_into IS NOT NULL",
            "ALTER TABLE pages ADD COLUMN set_aside_by TEXT",
            "ALTER TABLE pages ADD COLUMN turn BIGINT NOT NULL DEFAULT 0 CHECK (turn IN (0, 90, 180, 270))",
        ]
    }

    private static func firstClocks(_ dialect: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE task_clocks (
                task_id TEXT NOT NULL PRIMARY KEY REFERENCES review_tasks (id), terms TEXT NOT NULL, basis TEXT NOT NULL,
                due_at BIGINT, breached_at BIGINT,
                escalated_at BIGINT)
            """,
            "ALTER TABLE decided_documents ADD COLUMN settled_at BIGINT",
        ]
    }
}
