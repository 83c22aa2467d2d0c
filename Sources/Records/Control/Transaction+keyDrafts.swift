package import Foundation

extension Transaction {
    /// Keeps what a person has typed so far of a document's keys, in place of what they had typed before; it is no key yet,
    /// and nobody else is shown it.
    package func keepKeyDraft(
        _ answers: [String: String], of documentID: String, version: Int, by person: String, at now: Date
    ) throws {
        try execute(
            """
            INSERT INTO key_drafts (document_id, person, document_version, answers, kept_at)
            VALUES (\(documentID), \(person), \(version), \(try jsonText(answers)), \(now))
            ON CONFLICT (document_id, person) DO UPDATE SET document_version = excluded.document_version,
                answers = excluded.answers, kept_at = excluded.kept_at
            """)
    }

    /// What the person had typed of the keys of a document as it is at `version`; empty for nothing.
    package func keyDraft(of documentID: String, version: Int, by person: String) throws -> [String: String] {
        let row = try rows(
            """
            SELECT answers FROM key_drafts
            WHERE document_id = \(documentID) AND person = \(person) AND document_version = \(version)
            """
        ).first
        return try row.map { try $0.json("answers") } ?? [:]
    }

    /// Forgets what the person had typed of a document's keys.
    package func dropKeyDraft(of documentID: String, by person: String) throws {
        try execute("DELETE FROM key_drafts WHERE document_id = \(documentID) AND person = \(person)")
    }
}
