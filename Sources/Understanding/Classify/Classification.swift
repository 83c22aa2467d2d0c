package import Documents

/// What type of document pages are, with probabilities.
package struct Classification: Codable, Hashable, Sendable {
    package var type: String
    package var subtype: String?
    package var confidence: Confidence
    package var subtypeConfidence: Confidence?
    /// The other types, the likeliest first.
    package var alternatives: [Alternative]
    /// What speaks for the type.
    package var reasons: [Reason] = []

    package struct Alternative: Codable, Hashable, Sendable {
        package var type: String
        package var confidence: Confidence
    }

    private enum CodingKeys: String, CodingKey {
        case type, subtype, confidence
        case subtypeConfidence = "subtype_confidence"
        case alternatives, reasons
    }
}
