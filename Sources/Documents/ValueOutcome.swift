/// Whether one value, as the machine read it, was right in the eyes of the person who settled its document.
///
/// It holds nothing of the value itself.
package struct ValueOutcome: Hashable, Sendable {
    package var documentID: String
    /// The place in the document as it was read (`claims[0].paid_amount`).
    package var path: String
    package var type: String
    /// The field, without places (`claims.paid_amount`).
    package var field: String
    package var confidence: Confidence
    package var isRight: Bool
    /// Whether the document was reviewed by lot, and not because something was doubtful: only such outcomes say how
    /// often a value is wrong.
    package var isSampled: Bool
    /// The model that read the value.
    package var model: String

    package init(
        documentID: String, path: String, type: String, field: String, confidence: Confidence, isRight: Bool,
        isSampled: Bool, model: String
    ) {
        self.documentID = documentID
        self.path = path
        self.type = type
        self.field = field
        self.confidence = confidence
        self.isRight = isRight
        self.isSampled = isSampled
        self.model = model
    }
}
