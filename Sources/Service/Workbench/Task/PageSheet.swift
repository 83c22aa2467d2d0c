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

    init(_ page: StoredPage, documentID: String) {
        let described = page.reading.page
        number = described.number
        width = Int(described.width.rounded())
        height = Int(described.height.rounded())
        turn = page.handling.turn
        image = page.imageMediaType == nil ? nil : "/documents/\(documentID)/pages/\(described.number)/image"
        problem = page.reading.problem
    }
}
