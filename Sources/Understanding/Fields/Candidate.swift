import Documents

/// A run of words that could be a value of some kind by its shape alone.
struct Candidate: Sendable {
    /// The place of its page among the document's pages.
    var page: Int
    /// Its words on that page.
    var tokens: Range<Int>
    /// In the normal form of its kind.
    var value: String
    var text: String
    var box: Box
    /// The least confidence of its words in reading.
    var readingConfidence: Double
    /// Whether its normal form needed a letter read as the digit it looks like, or the reverse.
    var mended = false
    /// What speaks for it being of its kind, 0…1: cents and a currency sign, a check digit that holds, a date in full.
    var shape = 0.5
    /// 1 the first, 2 the second date of a range, 0 no range.
    var rangePlace = 0
    /// Days after the letter's date, for a date that is given as a term ("within 60 days of this letter").
    var termDays: Int?
    /// Over how many lines it runs, where that was looked for.
    var lineCount = 1
}

extension Candidate {
    /// Whether it shares words with another.
    func isSameInk(as other: Candidate) -> Bool { page == other.page && tokens.overlaps(other.tokens) }

    /// Whether it says the same: letters have a name in capitals in one place and in small letters in another.
    func saysTheSame(as other: Candidate) -> Bool { value.isSameButForCase(as: other.value) }

    /// Whether it is printed before another.
    func isBefore(_ other: Candidate) -> Bool {
        (page, tokens.lowerBound) < (other.page, other.tokens.lowerBound)
    }
}

/// What a candidate is looked for as: kinds whose values look alike share their candidates.
enum CandidateShape: Int, Sendable, CaseIterable {
    case date, money, identifier, npi, taxIdentifier, phone, diagnosisCode, procedureCode,
        adjustmentReason, remarkCode
    case number, name, sentence

    /// The shape of values of `kind`; nil for those that are not found by shape (choices, signatures).
    init?(_ kind: NormalForm) {
        switch kind {
        case .date: self = .date
        case .money: self = .money
        case .identifier: self = .identifier
        case .npi: self = .npi
        case .taxIdentifier: self = .taxIdentifier
        case .phone: self = .phone
        case .diagnosisCode: self = .diagnosisCode
        case .procedureCode: self = .procedureCode
        case .adjustmentReason: self = .adjustmentReason
        case .remarkCode: self = .remarkCode
        case .number: self = .number
        case .name: self = .name
        case .text: self = .sentence
        case .modifier, .choice, .boolean: return nil
        }
    }
}

extension String {
    /// Whether the two differ in capitals and small letters at most.
    package func isSameButForCase(as other: String) -> Bool {
        self == other || utf8.count == other.utf8.count && uppercased() == other.uppercased()
    }
}
