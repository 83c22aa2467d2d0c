/// What an event of a recall says of the value that was found wrong.
package struct RecallNotice: Codable, Hashable, Sendable {
    /// The recall's identifier in this Mailroom.
    package var id: String
    /// The document with the value that was found wrong: this one, or another that the same cause released.
    package var documentID: String
    /// The value's place in that document.
    package var field: String
    package var wrongValue: String
    /// Nil where nobody knows it.
    package var rightValue: String?

    package init(id: String, documentID: String, field: String, wrongValue: String, rightValue: String?) {
        self.id = id
        self.documentID = documentID
        self.field = field
        self.wrongValue = wrongValue
        self.rightValue = rightValue
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case documentID = "document_id"
        case field
        case wrongValue = "wrong_value"
        case rightValue = "right_value"
    }
}
