import Documents

/// How far what is printed and what the books say are the same.
enum Agreement: Equatable, Sendable {
    case same
    /// The same but for signs that reading confuses, as `O` and `0`.
    case confused
    /// One sign more, less or other, or two changed places.
    case near
    /// As far as it goes: a surname alone, a day within the stay, one of several words.
    case partial
    /// The surname is the same and the given name is another: somebody of the family.
    case family
    case different

    /// Of two values of one fact.
    static func between(_ printed: String, _ book: String, of fact: AccountFact, stay: AccountClaim? = nil)
        -> Agreement?
    {
        switch fact {
        case .accountNumber, .payerClaimNumber, .memberID: numbers(printed, book)
        case .patientName: NameAgreement(book: PersonName(book), printed: PersonName(printed)).agreement
        case .birthDate: births(printed, book)
        case .serviceStart, .serviceEnd: serviceDays(printed, book, stay: stay)
        case .chargeAmount: amounts(printed, book)
        case .payerName: payers(printed, book)
        }
    }

    /// Whether the printed value may be the books' value misread.
    var mayBeMisread: Bool { self == .confused || self == .near }

    private static func numbers(_ printed: String, _ book: String) -> Agreement? {
        let (left, right) = (AccountKeys.signs(printed), AccountKeys.signs(book))
        guard !left.isEmpty, !right.isEmpty else { return nil }
        if left == right { return .same }
        if confusionsEqual(left, right) { return .confused }
        return min(left.count, right.count) > AccountKeys.signCountMin && isOneEdit(left, right) ? .near : .different
    }

    private static func days(_ printed: String, _ book: String) -> Agreement {
        if printed == book { return .same }
        return isOneEdit(Array(printed.utf8), Array(book.utf8)) && printed.utf8.count == book.utf8.count
            ? .near : .different
    }

    /// Of a year in two digits nobody can tell the century: whether days of birth are a hundred years apart says nothing.
    private static func births(_ printed: String, _ book: String) -> Agreement {
        guard let left = CalendarDate(printed: printed), let right = CalendarDate(printed: book),
            left.month == right.month, left.day == right.day, abs(left.year - right.year) == 100
        else { return days(printed, book) }
        return .same
    }

    private static func serviceDays(_ printed: String, _ book: String, stay: AccountClaim?) -> Agreement {
        let level = days(printed, book)
        guard level != .same, let start = stay?.serviceStart, let end = stay?.serviceEnd,
            let day = CalendarDate(printed: printed), start < end, (start...end).contains(day)
        else { return level }
        return .partial
    }

    private static func amounts(_ printed: String, _ book: String) -> Agreement {
        if printed == book { return .same }
        return isOneEdit(Array(printed.utf8), Array(book.utf8)) ? .near : .different
    }

    /// Words that many payers have in their names.
    private static let commonWords: Set<String> = [
        "OF", "THE", "AND", "HEALTH", "HEALTHCARE", "CARE", "INSURANCE", "COMPANY", "CO", "INC", "LLC", "PLAN", "PLANS",
        "GROUP", "BENEFIT", "BENEFITS", "MEDICAL", "LIFE", "MUTUAL", "NATIONAL", "AMERICAN",
    ]

    /// Nil when either name has only words that many have.
    private static func payers(_ printed: String, _ book: String) -> Agreement? {
        let (left, right) = (payerWords(printed), payerWords(book))
        guard !left.isEmpty, !right.isEmpty else { return nil }
        if left == right { return .same }
        return left.isDisjoint(with: right) ? .different : .partial
    }

    private static func payerWords(_ name: String) -> Set<String> {
        Set(name.split { !$0.isLetter && !$0.isNumber }.map { PersonName.fold($0) }).subtracting(commonWords)
            .filter { $0.unicodeScalars.count > 1 }
    }

    /// Whether two numbers are the same with letters made the digits they look like, leading noughts aside.
    static func confusionsEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        func folded(_ signs: [UInt8]) -> [UInt8] {
            Array(signs.map { AccountKeys.digit(lookingLike: $0) }.drop { $0 == UInt8(ascii: "0") })
        }
        let folded = (folded(left), folded(right))
        return !folded.0.isEmpty && folded.0 == folded.1
    }

    /// Whether one sign more, less or other, or two neighbours that changed places, makes one of the other.
    static func isOneEdit(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        if EditDistance.between(left, right, limit: 1) != nil { return true }
        guard left.count == right.count else { return false }
        let places = left.indices.filter { left[$0] != right[$0] }
        return places.count == 2 && places[1] == places[0] + 1 && left[places[0]] == right[places[1]]
            && left[places[1]] == right[places[0]]
    }
}
