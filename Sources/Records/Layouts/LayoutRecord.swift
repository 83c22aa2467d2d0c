package import Foundation

/// What confirmed documents of one layout taught, as the store keeps it.
package struct LayoutRecord: Sendable, Hashable {
    /// The memory's identifier.
    package var id: String
    /// The document type of its layout.
    package var type: String
    /// The memory, as JSON text.
    package var memory: String
    /// When the first document taught it.
    package var learnedAt: Date
    /// The number of the change to the layouts that made it what it is.
    package var change: Int
    /// Nil while it is remembered.
    package var forgotten: Forgetting?

    /// Who made a layout be forgotten, when and why.
    package struct Forgetting: Sendable, Hashable {
        package var at: Date
        package var by: String
        package var because: String

        package init(at: Date, by: String, because: String) {
            self.at = at
            self.by = by
            self.because = because
        }
    }

    package init(
        id: String, type: String, memory: String, learnedAt: Date, change: Int, forgotten: Forgetting? = nil
    ) {
        self.id = id
        self.type = type
        self.memory = memory
        self.learnedAt = learnedAt
        self.change = change
        self.forgotten = forgotten
    }
}

/// A document that taught a layout.
package struct LayoutLesson: Sendable, Hashable {
    package var documentID: String
    package var memoryID: String
    /// Who confirmed the document, and when.
    package var by: String
    package var at: Date
    /// The name of the file that the document came in.
    package var fileName: String
}

/// The layout that had a say in how a document was read.
package struct LayoutUse: Sendable, Hashable {
    package var memoryID: String
    /// How many of its values stand where the layout has them.
    package var valueCount: Int
    package var at: Date

    package init(memoryID: String, valueCount: Int, at: Date) {
        self.memoryID = memoryID
        self.valueCount = valueCount
        self.at = at
    }
}

extension LayoutRecord: SQLRecord {
    static let columns: SQLStatement =
        "id, type, memory, learned_at, change_number, forgotten_at, forgotten_by, forgotten_because"

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], type: try row["type"], memory: try row["memory"], learnedAt: try row["learned_at"],
            change: try row["change_number"])
        if let at: Date = try row["forgotten_at"] {
            forgotten = Forgetting(at: at, by: try row["forgotten_by"], because: try row["forgotten_because"])
        }
    }
}

extension LayoutLesson: SQLRecord {
    init(row: SQLRow) throws {
        self.init(
            documentID: try row["document_id"], memoryID: try row["memory_id"], by: try row["taught_by"],
            at: try row["taught_at"], fileName: try row["file_name"])
    }
}

extension LayoutUse: SQLRecord {
    init(row: SQLRow) throws {
        self.init(memoryID: try row["memory_id"], valueCount: try row["value_count"], at: try row["used_at"])
    }
}
