/// A document that waits for a reviewer, without what was read of it.
package struct OpenDocument: Sendable, Hashable {
    package let id: String
    /// Rises with every change of the document, its pages' words among them.
    package let version: Int
    package let type: String
    /// The remembered layout that it was read by; nil when its layout was not known.
    package let memoryID: String?
    package let correlationID: String
}

extension OpenDocument: SQLRecord {
    static let columns: SQLStatement = "d.id, d.version, d.type, d.correlation_id, u.memory_id"

    init(row: SQLRow) throws {
        self.init(
            id: try row["id"], version: try row["version"], type: try row["type"], memoryID: try row["memory_id"],
            correlationID: try row["correlation_id"])
    }
}
