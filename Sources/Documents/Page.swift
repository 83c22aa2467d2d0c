/// Where the words of a page came from.
package enum PageSource: String, Codable, Sendable {
    /// The file's own text layer.
    case text
    /// Optical character recognition of the page image.
    case ocr
    /// Both: a text layer and recognised images beside it.
    case mixed
    /// Nothing: the page could not be read; `PageReading.problem` says why.
    case unreadable
}

/// One page of a file as the document result describes it.
///
/// Words, boxes and images of the page are in its upright, deskewed pixel frame.
package struct Page: Codable, Hashable, Sendable {
    /// The page's place in its file, from 1.
    package var number: Int
    package var source: PageSource
    /// Why it was chosen; nil for a page that could not be read, and in results of before reasons were given.
    package var sourceReason: SourceReason?
    /// Width in pixels.
    package var width: Double
    /// Height in pixels.
    package var height: Double
    /// Pixels per inch.
    package var dpi: Double
    /// Degrees clockwise by which the scan was turned to stand upright: 0, 90, 180 or 270.
    package var rotation: Int
    /// Degrees by which the scan leaned and was straightened.
    package var skew: Double
    /// Mean confidence of the words, absent when there are none.
    package var textConfidence: Confidence?
    /// Whether nothing is on the page.
    package var blank: Bool
    /// What the barcodes on it say; absent from JSON when there are none.
    package var barcodes: [Barcode]
    /// Where somebody signed; absent from JSON when nobody did.
    package var signatures: [Signature]

    package init(
        number: Int, source: PageSource, sourceReason: SourceReason? = nil, width: Double, height: Double, dpi: Double,
        rotation: Int = 0, skew: Double = 0, textConfidence: Confidence? = nil, blank: Bool = false,
        barcodes: [Barcode] = [], signatures: [Signature] = []
    ) {
        self.number = number
        self.source = source
        self.sourceReason = sourceReason
        self.width = width
        self.height = height
        self.dpi = dpi
        self.rotation = rotation
        self.skew = skew
        self.textConfidence = textConfidence
        self.blank = blank
        self.barcodes = barcodes
        self.signatures = signatures
    }

    private enum CodingKeys: String, CodingKey {
        case number, source
        case sourceReason = "source_reason"
        case width, height, dpi, rotation, skew
        case textConfidence = "text_confidence"
        case blank, barcodes, signatures
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            number: try container.decode(Int.self, forKey: .number),
            source: try container.decode(PageSource.self, forKey: .source),
            sourceReason: try container.decodeIfPresent(SourceReason.self, forKey: .sourceReason),
            width: try container.decode(Double.self, forKey: .width),
            height: try container.decode(Double.self, forKey: .height),
            dpi: try container.decode(Double.self, forKey: .dpi),
            rotation: try container.decode(Int.self, forKey: .rotation),
            skew: try container.decode(Double.self, forKey: .skew),
            textConfidence: try container.decodeIfPresent(Confidence.self, forKey: .textConfidence),
            blank: try container.decode(Bool.self, forKey: .blank),
            barcodes: try container.decodeIfPresent([Barcode].self, forKey: .barcodes) ?? [],
            signatures: try container.decodeIfPresent([Signature].self, forKey: .signatures) ?? [])
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(source, forKey: .source)
        try container.encodeIfPresent(sourceReason, forKey: .sourceReason)
        try container.encode(width, forKey: .width)
        try container.encode(height, forKey: .height)
        try container.encode(dpi, forKey: .dpi)
        try container.encode(rotation, forKey: .rotation)
        try container.encode(skew, forKey: .skew)
        try container.encodeIfPresent(textConfidence, forKey: .textConfidence)
        try container.encode(blank, forKey: .blank)
        if !barcodes.isEmpty { try container.encode(barcodes, forKey: .barcodes) }
        if !signatures.isEmpty { try container.encode(signatures, forKey: .signatures) }
    }
}

/// A word as printed, with the ink it came from.
package struct Word: Codable, Hashable, Sendable {
    package var text: String
    package var box: Box
    package var confidence: Confidence
    /// The index, from 0 in reading order, of the line of text that the word stands on.
    package var line: Int
    /// What else the ink may say, the likelier first; nil when no other reading was made or all agree.
    package var alternatives: [Alternative]?
    /// True when it was written by hand; nil otherwise.
    package var handwritten: Bool?

    /// Another reading of the same ink.
    package struct Alternative: Codable, Hashable, Sendable {
        package var text: String
        package var confidence: Confidence

        package init(text: String, confidence: Confidence) {
            self.text = text
            self.confidence = confidence
        }
    }

    package init(
        text: String, box: Box, confidence: Confidence, line: Int, alternatives: [Alternative]? = nil,
        handwritten: Bool? = nil
    ) {
        self.text = text
        self.box = box
        self.confidence = confidence
        self.line = line
        self.alternatives = alternatives
        self.handwritten = handwritten
    }
}

/// What reading one page yields: all that `Understanding` knows of it.
package struct PageReading: Codable, Hashable, Sendable {
    package var page: Page
    /// The words in reading order.
    package var words: [Word]
    package var checkboxes: [Checkbox]
    /// Why the page could not be read, as a sentence for a person; nil when it was read.
    package var problem: String?
    /// The look of the page as 64 bits in hexadecimal, nearly the same for another scan of the sheet; nil where nothing is
    /// on it, and in readings of before there were such.
    package var imageHash: String?

    package init(
        page: Page, words: [Word] = [], checkboxes: [Checkbox] = [], problem: String? = nil, imageHash: String? = nil
    ) {
        self.page = page
        self.words = words
        self.checkboxes = checkboxes
        self.problem = problem
        self.imageHash = imageHash
    }
}
