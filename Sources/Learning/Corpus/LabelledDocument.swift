package import Documents

/// A drawn document with its truth: the words as they stand on its pages, the values as they were printed.
package struct LabelledDocument: Sendable {
    /// The layout's name; documents of one family look alike.
    package let family: String
    package let split: CorpusSplit
    /// The pages as a faultless reader would read them, numbered from 1, in pixels at 300 dpi.
    package let readings: [PageReading]
    /// The truth, its pages numbered from 1; disposition `accept`, every confidence 1.
    package let truth: Document
    /// The drawing itself, for rendering.
    let pages: [DrawnPage]
    let values: [PrintedValue]
    let kind: (type: String, subtype: String?)
}

extension LabelledDocument {
    /// Pixels a point at the corpus's 300 dpi.
    static let pixelsPerPoint = 300.0 / 72

    init(family: String, kind: DocumentKind, pages: [DrawnPage], values: [PrintedValue]) throws(LearningError) {
        self.family = family
        split = CorpusSplit(family: family)
        readings = pages.enumerated().map { index, page in
            page.reading(number: index + 1, pixelsPerPoint: LabelledDocument.pixelsPerPoint, source: .text)
        }
        self.pages = pages
        self.values = values
        self.kind = (kind.type, kind.subtype)
        truth = try LabelledDocument.truth(
            (kind.type, kind.subtype), values, firstPage: 1, pages: Array(1...pages.count))
    }

    /// The truth of the document where it begins on page `firstPage` of a file.
    func truth(firstPage: Int) throws(LearningError) -> Document {
        try LabelledDocument.truth(
            kind, values, firstPage: firstPage, pages: Array(firstPage..<(firstPage + pages.count)))
    }

    private static func truth(
        _ kind: (type: String, subtype: String?), _ values: [PrintedValue], firstPage: Int, pages: [Int]
    ) throws(LearningError) -> Document {
        let tree = try TruthTree(values, firstPage: firstPage, pixelsPerPoint: pixelsPerPoint)
        return Document(
            type: kind.type, subtype: kind.subtype, typeConfidence: 1.0, pages: pages, fields: tree.fields,
            claims: tree.claims, lineItems: tree.lineItems, disposition: .accept)
    }
}
