import Documents

/// A run of words read as a value of one kind.
struct ParsedShape {
    var value: String
    var text: String?
    var mended = false
    var shape = 0.5
    var rangePlace = 0
    /// The part of the run's width that the value covers.
    var share: ClosedRange<Double> = 0...1
}

/// Reads runs of words as values of one kind, forgiving what optical reading commonly confuses.
struct ShapeParser {
    let shape: CandidateShape
    /// Whether dates have the day before the month.
    var isDayFirst = false
    /// Whether amounts may have the letters of any currency, and not those of the dollar alone.
    var takesAnyCurrency = false

    /// Whether a value can begin with this word: a quick test before the parsing.
    func canStart(_ token: Token) -> Bool {
        let looksNumeric = token.digitCount > 0
        switch shape {
        case .date: return looksNumeric || ShapeParser.isMonth(token.plain)
        case .money:
            return looksNumeric || token.text == "$" || token.text.hasPrefix("$") || token.text == "-"
        case .npi: return token.plain.count >= 10 && token.digitCount >= 7
        case .phone: return looksNumeric || token.text.hasPrefix("(")
        case .taxIdentifier: return looksNumeric && token.letterCount <= 2
        case .identifier:
            return !token.plain.isEmpty && token.plain != [0x23]
                && (looksNumeric || token.letterCount <= 4)
        case .diagnosisCode, .procedureCode: return looksNumeric && (3...8).contains(token.plain.count)
        case .adjustmentReason, .remarkCode: return (1...7).contains(token.plain.count)
        case .number: return looksNumeric && token.letterCount <= 1
        case .name, .sentence: return true
        }
    }

    func parse(_ printed: String, tokens: ArraySlice<Token>) -> [ParsedShape] {
        let text = ShapeParser.bare(printed)
        guard !text.isEmpty, text.utf8.count < 48 else { return [] }
        switch shape {
        case .date: return dates(text)
        case .money: return money(printed)
        case .npi: return npi(text)
        case .identifier: return identifier(text)
        case .phone: return phone(printed)
        case .taxIdentifier: return taxIdentifier(text)
        case .diagnosisCode: return diagnosis(text)
        case .procedureCode: return procedure(text)
        case .adjustmentReason:
            return normal(.adjustmentReason, text, shape: text.contains(where: \.isLetter) ? 1 : 0.3)
        case .remarkCode: return normal(.remarkCode, text, shape: 1)
        case .number: return normal(.number, text, shape: 0.5)
        case .name, .sentence: return []
        }
    }

    /// Without the signs that prose puts around a value.
    private static func bare(_ text: String) -> String {
        var slice = text[...]
        while let last = slice.last, ",;:.!?)\"'*".contains(last) { slice.removeLast() }
        while let first = slice.first, ",;:(\"'*".contains(first) { slice.removeFirst() }
        return String(slice)
    }

    private static let months: Set<[UInt8]> = Set(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"].map {
            Array($0.utf8)
        })

    static func isMonth(_ plain: [UInt8]) -> Bool {
        plain.count >= 3 && months.contains(Array(plain.prefix(3)))
    }

    private func normal(_ kind: NormalForm, _ text: String, shape: Double) -> [ParsedShape] {
        kind.normalize(text).map { [ParsedShape(value: $0, text: text, shape: shape)] } ?? []
    }

    // MARK: Dates

    /// The years that mail can be about; what has another is a number.
    private static let years = 1900...2100

    private func dates(_ text: String) -> [ParsedShape] {
        if let date = date(text), isLikelyDate(text), Self.years.contains(date.year) {
            return [ParsedShape(value: date.description, text: text, shape: 1)]
        }
        if let range = dateRange(text) { return range }
        if !text.contains(where: {
            $0.isLetter && $0.isUppercase && $0 != "O" && $0 != "I" && $0 != "S" && $0 != "B"
        }),
            let mended = ConfusedSigns.digits(for: text), let date = date(mended),
            isLikelyDate(mended), Self.years.contains(date.year)
        {
            return [ParsedShape(value: date.description, text: text, mended: true, shape: 0.6)]
        }
        return []
    }

    private func date(_ text: String) -> CalendarDate? { CalendarDate(printed: text, isDayFirst: isDayFirst) }

    /// Bare digits count as a date only in eight places; signs between, as dates have them.
    private func isLikelyDate(_ text: String) -> Bool {
        if text.contains(where: { "/.-".contains($0) }) { return !text.contains("..") }
        return text.utf8.count == 8 && !text.contains(" ") || text.contains(where: \.isLetter)
    }

    /// `01/02/2026-01/05/2026`, `01/02/26 - 01/05/26`, `01/02/2026 through 01/05/2026` in one run.
    private func dateRange(_ text: String) -> [ParsedShape]? {
        let characters = Array(text)
        let cuts = characters.indices.filter { "-–—".contains(characters[$0]) }
        guard
            let middle = cuts.first(where: {
                2 * $0 >= characters.count - 3 && 2 * $0 <= characters.count + 3
            })
        else {
            return nil
        }
        let halves = [String(characters[..<middle]), String(characters[(middle + 1)...])]
        let dates = halves.map { date(NormalForm.foldWhiteSpace($0)) }
        guard let first = dates[0], let second = dates[1],
            halves.allSatisfy({ isLikelyDate($0.filter { $0 != " " }) })
        else { return nil }
        let share = Double(middle) / Double(characters.count)
        return [
            ParsedShape(
                value: first.description, text: NormalForm.foldWhiteSpace(halves[0]), shape: 1,
                rangePlace: 1,
                share: 0...share),
            ParsedShape(
                value: second.description, text: NormalForm.foldWhiteSpace(halves[1]), shape: 1,
                rangePlace: 2,
                share: min(1, share + 0.05)...1),
        ]
    }

    // MARK: Amounts

    private func money(_ printed: String) -> [ParsedShape] {
        var slice = printed[...]
        while let last = slice.last, ",;:.!?\"'*|".contains(last) { slice.removeLast() }
        while let first = slice.first, ",;:\"'*".contains(first) { slice.removeFirst() }
        if slice.last == ")", slice.first != "(" { slice.removeLast() }
        if slice.first == "(", slice.last != ")" { slice.removeFirst() }
        let text = withoutCurrency(String(slice).replacing(". ", with: ".").replacing(" .", with: "."))
        guard !text.isEmpty else { return [] }
        let hasCents = ShapeParser.endsInCents(text)
        let hasSign = text.contains("$") || text.uppercased().contains("USD")
        if let amount = Money(text) {
            let isPlain = !hasCents && !hasSign
            if isPlain, text.count > 7 || text.contains(" ") { return [] }
            return [
                ParsedShape(
                    value: amount.description, text: text, shape: hasCents ? 1 : hasSign ? 0.8 : 0.2)
            ]
        }
        let noughts = text.contains("C") ? ConfusedSigns.amount(for: text) : nil
        guard hasCents || hasSign || noughts.map(ShapeParser.endsInCents) == true else { return [] }
        for mended in [ConfusedSigns.digits(for: text), noughts, ShapeParser.withPoint(text)].compactMap({ $0 }) {
            if let amount = Money(mended) {
                return [ParsedShape(value: amount.description, text: text, mended: true, shape: 0.6)]
            }
        }
        return []
    }

    /// Without the letters of a currency right before the amount, as `RM8.60` and `CHF12.00` have them.
    private func withoutCurrency(_ text: String) -> String {
        guard takesAnyCurrency, Money(text) == nil, ShapeParser.endsInCents(text) else { return text }
        let letters = text.prefix { $0.isLetter }
        let rest = text.dropFirst(letters.count)
        let isAmount = rest.first.map { $0.isNumber || $0 == "-" } ?? false
        return isAmount && (1...3).contains(letters.count) ? String(rest) : text
    }

    /// A comma read for the decimal point, or a space after it: `125,00`, `1.250.00`.
    private static func withPoint(_ text: String) -> String? {
        let joined = text.filter { !$0.isWhitespace }
        let digits = joined.filter(\.isNumber)
        guard digits.count >= 3, endsInCents(joined), joined.allSatisfy({ $0.isNumber || "-($.,)".contains($0) }),
            joined.drop(while: { !$0.isNumber }).dropLast(joined.last == ")" ? 1 : 0).allSatisfy({
                $0 != "(" && $0 != "$"
            })
        else { return nil }
        let isNegative = joined.contains("-") || joined.contains("(")
        return "\(isNegative ? "-" : "")\(digits.dropLast(2)).\(digits.suffix(2))"
    }

    // MARK: Numbers of identity

    private func npi(_ text: String) -> [ParsedShape] {
        for (candidate, mended) in [(text, false), (ConfusedSigns.digits(for: text) ?? "", true)] {
            let digits = candidate
            guard digits.count == 10, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                continue
            }
            let holds = NormalForm.isNPI(digits)
            return [ParsedShape(value: digits, text: text, mended: mended, shape: holds ? 1 : 0.1)]
        }
        return []
    }

    private func identifier(_ printed: String) -> [ParsedShape] {
        // A point before it is dirt.
        let text = String(printed.trimmingPrefix { $0 == "." })
        let characters = text.filter { !$0.isWhitespace }
        guard characters.count >= 3, characters.contains(where: \.isNumber),
            characters.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-*/._".contains($0)) }),
            let value = NormalForm.identifier.normalize(text)
        else { return [] }
        let digits = value.count(where: \.isNumber)
        let isOther =
            CalendarDate(printed: text) != nil && text.contains("/") || value.utf8.dropLast(2).last == UInt8(ascii: ".")
        let isWord = digits * 4 < value.count
        return [
            ParsedShape(
                value: value, text: text, shape: isOther ? 0.1 : isWord ? 0.3 : min(1, Double(digits) / 6))
        ]
    }

    private func phone(_ printed: String) -> [ParsedShape] {
        var text = printed
        while let last = text.last, ",;:.".contains(last) { text.removeLast() }
        guard text.contains(where: { "-.() ".contains($0) }) || text.count == 10 else { return [] }
        if let value = NormalForm.phone.normalize(text) {
            return [ParsedShape(value: value, text: text, shape: 1)]
        }
        if !text.contains(where: { $0.isLetter && !"OoIlSBZ".contains($0) }),
            let mended = ConfusedSigns.digits(for: text),
            let value = NormalForm.phone.normalize(mended)
        {
            return [ParsedShape(value: value, text: text, mended: true, shape: 0.6)]
        }
        return []
    }

    private func taxIdentifier(_ text: String) -> [ParsedShape] {
        for (candidate, mended) in [(text, false), (ConfusedSigns.digits(for: text) ?? "", true)] {
            guard ["99-9999999", "99 9999999", "999999999", "999-99-9999"].contains(ShapeParser.digitForm(candidate)),
                let value = NormalForm.taxIdentifier.normalize(candidate)
            else { continue }
            let usual = ShapeParser.digitForm(candidate) == "99-9999999"
            return [ParsedShape(value: value, text: text, mended: mended, shape: usual ? 1 : 0.5)]
        }
        return []
    }

    /// The text with every digit a nine.
    private static func digitForm(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x30...0x39).contains($0) ? 0x39 : $0 }, as: UTF8.self)
    }

    /// Whether two digits after a point or comma end the number, up to three signs behind them.
    private static func endsInCents(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let last = bytes.lastIndex(where: { (0x30...0x39).contains($0) }), last >= 2, bytes.count - last <= 4
        else {
            return false
        }
        return (0x30...0x39).contains(bytes[last - 1]) && [0x2C, 0x2E].contains(bytes[last - 2])
    }

    // MARK: Codes

    private func diagnosis(_ text: String) -> [ParsedShape] {
        guard let first = text.first else { return [] }
        var parsed: [ParsedShape] = []
        if let value = NormalForm.diagnosisCode.normalize(text) {
            parsed.append(ParsedShape(value: value, text: text, shape: text.contains(".") ? 1 : 0.4))
        } else if first.isLetter, text.contains("."),
            let rest = ConfusedSigns.digits(for: String(text.dropFirst())),
            let value = NormalForm.diagnosisCode.normalize("\(first)\(rest)")
        {
            parsed.append(ParsedShape(value: value, text: text, mended: true, shape: 0.6))
        }
        return parsed
    }

    /// The code whose last letter no code ends with, `7214B`, `D331C`, with the digit that looks like it; nil for others.
    ///
    /// CPT codes of categories II and III and those of laboratories end in F, T, A, M or U; in HCPCS level II the letter
    /// stands first.
    private static func withLastDigit(_ code: String) -> String? {
        guard code.count == 5, let last = code.last, last.isLetter, !"FTAMU".contains(last),
            code.dropFirst().dropLast().allSatisfy(\.isNumber),
            let digit = last == "C" ? "0" : ConfusedSigns.digits(for: String(last))
        else { return nil }
        return NormalForm.procedureCode.normalize(code.dropLast() + digit)
    }

    private func procedure(_ text: String) -> [ParsedShape] {
        let code = String(text.prefix { $0 != "-" && $0 != "/" })
        if let mended = ShapeParser.withLastDigit(code) {
            return [ParsedShape(value: mended, text: code, mended: true, shape: 0.5)]
        }
        if let value = NormalForm.procedureCode.normalize(code) {
            let letters = code.contains(where: \.isLetter)
            return [ParsedShape(value: value, text: code, shape: letters ? 0.9 : 0.7)]
        }
        guard code.count == 5, let mended = ConfusedSigns.digits(for: code),
            let value = NormalForm.procedureCode.normalize(mended), code.count(where: \.isNumber) >= 3
        else { return [] }
        return [ParsedShape(value: value, text: code, mended: true, shape: 0.5)]
    }
}
