package import Foundation

/// How far the reading of a page in another direction has come.
package enum PageTurnStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// A reader is to read it, or does.
    case ordered
    /// Its words are those of the new direction.
    case read
    /// It could not be read so; its words are those of before.
    case failed
}

/// A page that a person had read again in another direction: the latest time for each page.
package struct PageTurn: Sendable, Hashable {
    package var sha256: String
    /// From 1 within the file.
    package var number: Int
    /// The document that the page is in.
    package var documentID: String
    /// Degrees clockwise by which the original has to be turned to stand upright: 0, 90, 180 or 270.
    package var rotation: Int
    package var orderedBy: String
    package var orderedAt: Date
    package var status = PageTurnStatus.ordered
    /// Why it could not be read, as a sentence for a person.
    package var detail: String?
    /// The version of the document that its new words made or, where it could not be read so, left as it was.
    package var documentVersion: Int?

    package init(
        sha256: String, number: Int, documentID: String, rotation: Int, orderedBy: String, orderedAt: Date
    ) {
        self.sha256 = sha256
        self.number = number
        self.documentID = documentID
        self.rotation = rotation
        self.orderedBy = orderedBy
        self.orderedAt = orderedAt
    }

    /// The condition that no page of a task's document is being read again.
    static let none: SQLStatement =
        """
        NOT EXISTS (
            SELECT 1 FROM page_turns WHERE page_turns.document_id = review_tasks.document_id
                AND page_turns.status = 'ordered')
        """
}

extension PageTurn: SQLRecord {
    static let columns: SQLStatement =
        "sha256, number, document_id, rotation, ordered_by, ordered_at, status, detail, document_version"

    init(row: SQLRow) throws {
        self.init(
            sha256: try row["sha256"], number: try row["number"], documentID: try row["document_id"],
            rotation: try row["rotation"], orderedBy: try row["ordered_by"], orderedAt: try row["ordered_at"])
        status = try row["status"]
        detail = try row["detail"]
        documentVersion = try row["document_version"]
    }
}
