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
    /// The values that name senders: read nearly so, a value is taken for one of them.
    package var senders: [String]

    package init(isCapitals: Bool = false, lineCountMax: Int = 1, senders: [String] = []) {
        self.isCapitals = isCapitals
        self.lineCountMax = lineCountMax
        self.senders = senders
    }

    private enum CodingKeys: String, CodingKey {
        case isCapitals = "capitals"
        case lineCountMax = "lines"
        case senders
    }
}
