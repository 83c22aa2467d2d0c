/// A barcode on a page: an account label, a separator sheet's mark.
package struct Barcode: Codable, Hashable, Sendable {
    /// The symbologies that are read.
    package enum Format: String, Codable, Sendable {
        case code39 = "code_39"
        case code128 = "code_128"
        case qrCode = "qr_code"
        case pdf417 = "pdf_417"
        case dataMatrix = "data_matrix"
        /// Kodak's separator: four wide and narrow bars that say 1, 2, 3, 4, 6 or T.
        case patchCode = "patch_code"
    }

    package var format: Format
    /// What it says, its check digits verified.
    package var value: String
    package var box: Box

    package init(format: Format, value: String, box: Box) {
        self.format = format
        self.value = value
        self.box = box
    }
}

/// Where somebody signed by hand.
package struct Signature: Codable, Hashable, Sendable {
    package var box: Box
    package var confidence: Confidence

    package init(box: Box, confidence: Confidence) {
        self.box = box
        self.confidence = confidence
    }
}

/// A square to tick, found on the page image or among a PDF's form fields.
package struct Checkbox: Codable, Hashable, Sendable {
    /// What was done to a square.
    package enum State: String, CaseIterable, Codable, Sendable {
        case empty, crossed, ticked, filled
        /// A ring was drawn about it; a person who does so chooses it.
        case circled
    }

    package var box: Box
    package var state: State
    /// The probability that the state is right.
    package var confidence: Confidence

    /// Whether it was chosen, by whatever mark.
    package var checked: Bool { state != .empty }

    package init(box: Box, state: State, confidence: Confidence) {
        self.box = box
        self.state = state
        self.confidence = confidence
    }

    /// A square of which only this is known; a chosen one counts as ticked.
    package init(box: Box, checked: Bool, confidence: Confidence) {
        self.init(box: box, state: checked ? .ticked : .empty, confidence: confidence)
    }

    private enum CodingKeys: String, CodingKey {
        case box, checked, state, confidence
    }

    /// Takes readings too that were kept before there were states.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let checked = try container.decode(Bool.self, forKey: .checked)
        self.init(
            box: try container.decode(Box.self, forKey: .box),
            state: try container.decodeIfPresent(State.self, forKey: .state) ?? (checked ? .ticked : .empty),
            confidence: try container.decode(Confidence.self, forKey: .confidence))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(box, forKey: .box)
        try container.encode(checked, forKey: .checked)
        try container.encode(state, forKey: .state)
        try container.encode(confidence, forKey: .confidence)
    }
}
