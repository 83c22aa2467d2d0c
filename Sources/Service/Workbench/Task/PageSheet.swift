import Documents
import Records

/// A page as the viewer shows it: its image and, over it, the boxes of the values.
struct PageSheet: Sendable {
    struct Mark: Sendable {
        /// The id of the input that holds the value.
        let inputID: String
        let level: String
        let title: String
        let left: Int
        let top: Int
        let width: Int
        let height: Int
    }

    let number: Int
    let width: Int
    let height: Int
    /// Degrees clockwise by which people want to see it turned.
    let turn: Int
    let image: String?
    let problem: String?
    let marks: [Mark]

    /// Pixels by which a mark is larger than its box on each side, so that it does not touch the ink.
    private static let marginPixels = 6.0

    init(_ page: StoredPage, documentID: String, inputs: [FieldInput], fields: [LocatedBox]) {
        let described = page.reading.page
        number = described.number
        width = Int(described.width.rounded())
        height = Int(described.height.rounded())
        turn = page.handling.turn
        image = page.imageMediaType == nil ? nil : "/documents/\(documentID)/pages/\(described.number)/image"
        problem = page.reading.problem
        let byPath = Dictionary(inputs.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        marks = fields.filter { $0.page == described.number }.compactMap { located in
            byPath[located.path].map { PageSheet.mark(located.box, $0) }
        }
    }

    private static func mark(_ box: Box, _ input: FieldInput) -> Mark {
        Mark(
            inputID: input.id, level: input.level, title: "\(input.fullLabel): \(input.value)",
            left: Int(box.left - marginPixels), top: Int(box.top - marginPixels),
            width: Int(box.width + 2 * marginPixels), height: Int(box.height + 2 * marginPixels))
    }
}

/// Where on the pages a value stands.
struct LocatedBox: Sendable {
    let path: String
    let page: Int
    let box: Box
}
