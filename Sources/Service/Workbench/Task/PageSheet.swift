import Documents
import Records

/// A page of the document as the viewer shows it; where values stand on it is told by their inputs.
struct PageSheet: Sendable {
    let number: Int
    let width: Int
    let height: Int
    /// Degrees clockwise by which people want to see it turned.
    let turn: Int
    let image: String?
    let problem: String?
    /// Whether it is what is looked at first: its image is fetched before all else, the others once they come near.
    let isFirst: Bool

    /// The pages of a document, in its order.
    static func all(_ pages: [PageFace], documentID: String) -> [PageSheet] {
        pages.enumerated().map { PageSheet($0.element, documentID: documentID, isFirst: $0.offset == 0) }
    }

    private init(_ face: PageFace, documentID: String, isFirst: Bool) {
        let described = face.page
        number = described.number
        width = Int(described.width.rounded())
        height = Int(described.height.rounded())
        turn = face.handling.turn
        image = face.handling.image(inDocument: documentID)
        problem = face.problem
        self.isFirst = isFirst
    }
}
