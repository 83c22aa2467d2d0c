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

    /// Confidence from which more reading hardly changes the type: the upper parts of 72 worn scans all reached it, all with
    /// the right type.
    package static let sureMin: Confidence = 0.7
    /// The same for the subtype, which takes more words to tell: 64 reached both, all with the right subtype.
    static let subtypeSureMin: Confidence = 0.5
    /// Fewer words than this may be of anything, and look like paper of no known type.
    static let wordCountMin = 20
    /// Only so many pages are looked at: the first ones say what a document is.
    package static let pageCountMax = 5

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
