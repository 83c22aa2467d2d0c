import Documents

/// How one family prints dates, amounts, names and numbers.
struct PrintFormats: Sendable {
    private let dateShape: Int
    private let longDateShape: Int
    private let dollarSign: Bool
    private let negativeShape: Int
    private let nameShape: Int
    private let phoneShape: Int
    private let taxShape: Int
    private let reasonShape: Int

    init(dice: inout Dice) {
        dateShape = dice.pick(weighted: [
            (0, 0.5), (1, 0.14), (2, 0.1), (3, 0.06), (4, 0.05), (5, 0.05), (6, 0.05), (7, 0.05),
        ])
        longDateShape = dice.pick(weighted: [(0, 0.6), (1, 0.18), (2, 0.08), (3, 0.08), (4, 0.06)])
        dollarSign = dice.chance(0.5)
        negativeShape = dice.pick(weighted: [(0, 0.5), (1, 0.25), (2, 0.25)])
        nameShape = dice.pick(weighted: [(0, 0.34), (1, 0.2), (2, 0.2), (3, 0.13), (4, 0.13)])
        phoneShape = dice.below(5)
        taxShape = dice.below(3)
        reasonShape = dice.pick(weighted: [(0, 0.6), (1, 0.2), (2, 0.2)])
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A date as it stands in tables and boxes.
    func date(_ date: CalendarDate) -> String {
        let (month, day, year) = (PrintFormats.two(date.month), PrintFormats.two(date.day), date.year)
        let shortMonth = PrintFormats.months[date.month - 1].prefix(3)
        return switch dateShape {
        case 0: "\(month)/\(day)/\(year)"
        case 1: "\(month)/\(day)/\(PrintFormats.two(year % 100))"
        case 2: "\(date.month)/\(date.day)/\(year)"
        case 3: "\(month)-\(day)-\(year)"
        case 4: "\(year)-\(month)-\(day)"
        case 5: "\(shortMonth) \(date.day), \(year)"
        case 6: "\(month)\(day)\(year)"
        default: "\(day)-\(shortMonth.uppercased())-\(year)"
        }
    }

    /// A date with all of its year: a day of birth in two digits would be another century's.
    func fullDate(_ date: CalendarDate) -> String {
        dateShape == 1
            ? "\(PrintFormats.two(date.month))/\(PrintFormats.two(date.day))/\(date.year)" : self.date(date)
    }

    /// A date as it stands in prose and at the head of a letter.
    func longDate(_ date: CalendarDate) -> String {
        let month = PrintFormats.months[date.month - 1]
        return switch longDateShape {
        case 0: "\(month) \(date.day), \(date.year)"
        case 1: self.date(date)
        case 2: "\(month.uppercased()) \(date.day), \(date.year)"
        case 3: "\(month.prefix(3)). \(date.day), \(date.year)".replacing("May.", with: "May")
        default: "\(date.day) \(month) \(date.year)"
        }
    }

    func money(_ amount: Money, bare: Bool = false) -> String {
        let cents = amount.cents.magnitude
        var dollars = String(cents / 100)
        if !bare || cents >= 1_000_000, cents >= 100_000 {
            dollars.insert(",", at: dollars.index(dollars.endIndex, offsetBy: -3))
            if cents >= 100_000_000 { dollars.insert(",", at: dollars.index(dollars.endIndex, offsetBy: -7)) }
        }
        let figure = (dollarSign && !bare ? "$" : "") + dollars + "." + PrintFormats.two(Int(cents % 100))
        guard amount.cents < 0 else { return figure }
        return switch negativeShape {
        case 0: "-\(figure)"
        case 1: "(\(figure))"
        default: "\(figure)-"
        }
    }

    func name(_ person: Person) -> String {
        let middle = person.middle.map { " \($0)" } ?? ""
        return switch nameShape {
        case 0: "\(person.first)\(middle) \(person.last)"
        case 1: "\(person.last), \(person.first)\(middle)"
        case 2: "\(person.last), \(person.first)\(middle)".uppercased()
        case 3: "\(person.first)\(middle) \(person.last)".uppercased()
        default: "\(person.first)\(person.middle.map { " \($0)." } ?? "") \(person.last)"
        }
    }

    func phone(_ digits: String) -> String {
        let (area, office, line) = (digits.prefix(3), digits.dropFirst(3).prefix(3), digits.suffix(4))
        return switch phoneShape {
        case 0: "(\(area)) \(office)-\(line)"
        case 1: "\(area)-\(office)-\(line)"
        case 2: "1-\(area)-\(office)-\(line)"
        case 3: "\(area).\(office).\(line)"
        default: "(\(area))\(office)-\(line)"
        }
    }

    func taxIdentifier(_ digits: String) -> String {
        taxShape == 2 ? digits : "\(digits.prefix(2))-\(digits.dropFirst(2))"
    }

    /// A CARC with its group.
    func reason(_ group: String, _ code: String) -> String {
        switch reasonShape {
        case 0: "\(group)-\(code)"
        case 1: "\(group)\(code)"
        default: "\(group) \(code)"
        }
    }
}
