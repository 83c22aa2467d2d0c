/// A day of the Gregorian calendar, without time or zone.
package struct CalendarDate: Hashable, Sendable, Comparable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Gives nil for a day that the calendar does not have, or a year outside 1000…9999.
    package init?(year: Int, month: Int, day: Int) {
        guard (1000...9999).contains(year), (1...12).contains(month),
            (1...CalendarDate.daysIn(month: month, of: year)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func daysIn(month: Int, of year: Int) -> Int {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Days since 1970-01-01, negative before (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    package var dayNumber: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day that is `dayNumber` days after 1970-01-01; nil outside the years 1000…9999.
    package init?(dayNumber: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The day `days` later (earlier when negative); nil outside the years 1000…9999.
    package func adding(days: Int) -> CalendarDate? { CalendarDate(dayNumber: dayNumber + days) }
}

extension CalendarDate: CustomStringConvertible {
    /// The normal form, `YYYY-MM-DD`.
    package var description: String {
        "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

extension CalendarDate {
    /// Reads a date as American payers print it, month before day.
    ///
    /// Takes `03/14/2026`, `3-14-26`, `03.14.2026`, `2026-03-14`, `March 14, 2026`, `Mar. 14 2026`, `14 March 2026`,
    /// `14-MAR-26`, `03142026`, `20260314`. Two-digit years are read within 80 years back and 19 ahead of `pivotYear`.
    /// Gives nil for anything else: a date that is not certain is not invented.
    ///
    /// - Parameter isDayFirst: whether the paper has the day before the month, as most of the world prints it; a date that
    ///   is none in that order is read in the other.
    package init?(printed: String, pivotYear: Int = 2026, isDayFirst: Bool = false) {
        let tokens = CalendarDate.tokens(printed)
        let numbers = tokens.compactMap { Int($0) }
        switch (tokens.count, numbers.count) {
        case (1, 1) where tokens[0].count == 8:
            self.init(compact: tokens[0], isDayFirst: isDayFirst)
        case (3, 3):
            if tokens[0].count == 4 {
                self.init(year: numbers[0], month: numbers[1], day: numbers[2])
            } else {
                guard let year = CalendarDate.year(tokens[2], pivotYear: pivotYear), tokens[0].count <= 2,
                    tokens[1].count <= 2
                else { return nil }
                self.init(year: year, numbers[0], numbers[1], isDayFirst: isDayFirst)
            }
        case (3, 2):
            guard let name = tokens.firstIndex(where: { Int($0) == nil }), name < 2,
                let month = CalendarDate.month(named: tokens[name]),
                let year = CalendarDate.year(tokens[2], pivotYear: pivotYear), tokens[1 - name].count <= 2,
                let day = Int(tokens[1 - name])
            else { return nil }
            self.init(year: year, month: month, day: day)
        default:
            return nil
        }
    }

    /// The day of two numbers, the month first; with `isDayFirst` the day, unless that gives no day.
    private init?(year: Int, _ first: Int, _ second: Int, isDayFirst: Bool) {
        if isDayFirst, let date = CalendarDate(year: year, month: second, day: first) {
            self = date
        } else {
            self.init(year: year, month: first, day: second)
        }
    }

    private init?(compact digits: String, isDayFirst: Bool) {
        func number(_ from: Int, _ length: Int) -> Int { Int(digits.dropFirst(from).prefix(length)) ?? 0 }
        if (1900...2099).contains(number(0, 4)) {
            self.init(year: number(0, 4), month: number(4, 2), day: number(6, 2))
        } else {
            guard (1900...2099).contains(number(4, 4)) else { return nil }
            self.init(year: number(4, 4), number(0, 2), number(2, 2), isDayFirst: isDayFirst)
        }
    }

    /// Splits into runs of digits and runs of letters; ordinal endings (`14th`) fall away, other signs separate.
    private static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var digits: Bool?
        for character in text.uppercased() {
            let isDigit = character.isASCII && character.isNumber
            guard isDigit || character.isLetter else {
                digits = nil
                continue
            }
            if digits == isDigit, !tokens.isEmpty {
                tokens[tokens.count - 1].append(character)
            } else {
                tokens.append(String(character))
            }
            digits = isDigit
        }
        return tokens.filter { !["ST", "ND", "RD", "TH"].contains($0) }
    }

    private static func year(_ token: String, pivotYear: Int) -> Int? {
        guard let number = Int(token) else { return nil }
        switch token.count {
        case 4: return number
        case 2:
            let century = pivotYear / 100 * 100
            return century + number > pivotYear + 19 ? century - 100 + number : century + number
        default: return nil
        }
    }

    private static let months = [
        "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER",
        "DECEMBER",
    ]

    private static func month(named token: String) -> Int? {
        guard token.count >= 3,
            let index = months.firstIndex(where: { $0.hasPrefix(token) || token == "SEPT" && $0 == "SEPTEMBER" })
        else { return nil }
        return index + 1
    }
}

extension CalendarDate: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = CalendarDate(printed: text), date.description == text else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text) is not a date of the form YYYY-MM-DD")
        }
        self = date
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
