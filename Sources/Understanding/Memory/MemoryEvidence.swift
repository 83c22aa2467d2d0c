import Foundation

/// What it says about a candidate that it stands where a memory has its field, in log-odds.
///
/// Fitted on files of calibration families, really read (office and poor wear): how often the right candidate of a
/// second document stood so, and how often a wrong one did.
enum MemoryEvidence {
    /// How near a candidate is to the place where the layout has its field.
    enum Nearness: Int {
        /// Its place is not known, or may be anywhere on the page.
        case unknown
        case there
        case elsewhere
    }

    /// By nearness, then by likeness of the words around: none to go by, less than a quarter, a half, three quarters, more.
    private static let places: [[Double]] = [
        [-1.2, -3.2, -0.8, 0.7, 7.0],
        [6.0, 4.1, 4.2, 4.4, 7.0],
        [-1.1, -2.9, -2.4, -2.4, 1.8],
    ]

    static func places(_ nearness: Nearness, words: Double?) -> Double {
        let step = words.map { 1 + min(3, Int($0 * 4)) } ?? 0
        return places[nearness.rawValue][step]
    }

    /// A memory makes a candidate no likelier than good labels do: it knows the place, not how well the ink was read.
    static let scoreMax = 3.0

    /// A candidate's score, in log-odds, with what a memory says of it.
    static func score(_ score: Double, with known: Double) -> Double { min(score + known, max(score, scoreMax)) }

    /// More than this is said of nothing but the place itself.
    static let surePlace = 2.5

    /// By so much the sender's name, read nearly as confirmed, is likelier than what is read there.
    static let senderLead = 2.0

    /// No confirmed document of the layout had a value for the field.
    static func absence(count: Int) -> Double { -log(1 + 12 * Double(count)) }

    /// A column stands where a remembered one stood, under the same head, and so holds the same, or something else.
    static let equalColumn = 4.0
    static let otherColumn = -3.0

    /// What evidence is worth that with a probability of `reliability` is sound and else says nothing.
    static func weighed(_ logOdds: Double, by reliability: Double) -> Double {
        log(reliability * exp(logOdds) + 1 - reliability)
    }
}
