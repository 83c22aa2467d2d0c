/// How the values of a type are printed on its paper and written down, as the examples of it show.
///
/// Types that the corpus draws have none: their paper is printed as American payers print.
package struct TypeConventions: Codable, Hashable, Sendable {
    /// Whether dates have the day before the month.
    package var isDayFirst: Bool
    /// Of fields whose values are names or texts, by the field's name.
    package var fields: [String: FieldConventions]

    package init(isDayFirst: Bool = false, fields: [String: FieldConventions] = [:]) {
        self.isDayFirst = isDayFirst
        self.fields = fields
    }

    private enum CodingKeys: String, CodingKey {
        case isDayFirst = "day_first"
        case fields
    }
}

/// How the values of one field are printed and written down.
package struct FieldConventions: Codable, Hashable, Sendable {
    /// Whether values are written in capitals, however they are printed.
    package var isCapitals: Bool
    /// Over how many lines a value runs at most.
    package var lineCountMax: Int
    /// Whether parts of a value end with a comma, so that a full stop behind a word is one that was misread.
    package var hasCommas: Bool
    /// The values that name senders: read nearly so, a value is taken for one of them.
    package var senders: [String]
    /// Words that names of several senders share, and pairs of neighbours, parted by a space: read nearly so, a word is
    /// taken for one of them.
    package var words: [String]

    package init(
        isCapitals: Bool = false, lineCountMax: Int = 1, hasCommas: Bool = false, senders: [String] = [],
        words: [String] = []
    ) {
        self.isCapitals = isCapitals
        self.lineCountMax = lineCountMax
        self.hasCommas = hasCommas
        self.senders = senders
        self.words = words
    }

    private enum CodingKeys: String, CodingKey {
        case isCapitals = "capitals"
        case lineCountMax = "lines"
        case hasCommas = "commas"
        case senders, words
    }
}
