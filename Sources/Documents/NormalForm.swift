/// The kinds of value that a field can hold, each with its one normal form (`document-result.md`).
package enum NormalForm: String, Codable, Sendable, CaseIterable {
    /// A person or organisation as printed, white space folded.
    case name
    /// Free text as printed, white space folded.
    case text
    case date
    case money
    /// An identifier of a payer's making: member id, claim number; as printed without spaces inside.
    case identifier
    /// National Provider Identifier: ten digits whose check digit holds.
    case npi
    /// Federal tax identification number: nine digits.
    case taxIdentifier = "tax_identifier"
    /// Phone or fax: ten digits, a leading 1 dropped.
    case phone
    /// ICD-10-CM code, upper case with its dot.
    case diagnosisCode = "diagnosis_code"
    /// CPT or HCPCS code, upper case.
    case procedureCode = "procedure_code"
    /// A two-character procedure modifier.
    case modifier
    /// Claim Adjustment Reason Code, `CO-45` with its group when printed, else `45`.
    case adjustmentReason = "adjustment_reason"
    /// Remittance Advice Remark Code, `N130`.
    case remarkCode = "remark_code"
    /// A whole or decimal number without separators.
    case number
    /// One of the options that the field's definition lists.
    case choice
    /// A lone checkbox or a signature.
    case boolean

    /// The normal form of what is printed, or nil when it is not a value of this kind.
    package func normalize(_ printed: String) -> String? {
        let folded = NormalForm.foldWhiteSpace(printed)
        guard !folded.isEmpty else { return nil }
        switch self {
        case .name, .text, .choice: return folded
        case .date: return CalendarDate(printed: folded)?.description
        case .money: return Money(folded)?.description
        case .identifier:
            let joined = folded.filter { !$0.isWhitespace }
            return joined.contains(where: \.isNumber) ? joined : nil
        case .npi: return NormalForm.digits(folded, count: 10).flatMap { NormalForm.isNPI($0) ? $0 : nil }
        case .taxIdentifier: return NormalForm.digits(folded, count: 9)
        case .phone:
            guard let digits = NormalForm.digits(folded, count: nil) else { return nil }
            let local = digits.count == 11 && digits.hasPrefix("1") ? String(digits.dropFirst()) : digits
            return local.count == 10 ? local : nil
        case .diagnosisCode: return NormalForm.diagnosisCode(folded)
        case .procedureCode:
            let code = folded.uppercased()
            return NormalForm.hasForm(code, "*###*") && code.utf8.first.map { $0 <= UInt8(ascii: "V") } == true
                ? code : nil
        case .modifier: return NormalForm.hasForm(folded.uppercased(), "**") ? folded.uppercased() : nil
        case .adjustmentReason: return NormalForm.adjustmentReason(folded)
        case .remarkCode: return NormalForm.remarkCode(folded.uppercased())
        case .number:
            let plain = folded.replacing(",", with: "")
            let parts = plain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            let isNumber = parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(NormalForm.isDigit) }
            return isNumber ? plain : nil
        case .boolean: return ["true", "false"].contains(folded.lowercased()) ? folded.lowercased() : nil
        }
    }

    /// Leading and trailing white space dropped, each run inside made one space.
    package static func foldWhiteSpace(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whether ten digits are a National Provider Identifier: first digit 1 or 2, Luhn over `80840` and the ten.
    package static func isNPI(_ digits: String) -> Bool {
        let values = digits.utf8.map { Int($0) - 48 }
        guard values.count == 10, values.allSatisfy({ (0...9).contains($0) }), values[0] == 1 || values[0] == 2
        else { return false }
        let sum = values.reversed().enumerated().reduce(24) { sum, digit in
            let doubled = digit.offset % 2 == 1 ? digit.element * 2 : digit.element
            return sum + doubled / 10 + doubled % 10
        }
        return sum % 10 == 0
    }

    /// The digits of a number printed with the usual signs between them, or nil for other signs or another count.
    private static func digits(_ text: String, count: Int?) -> String? {
        guard text.allSatisfy({ $0.isASCII && ($0.isNumber || " -().+/".contains($0)) }) else { return nil }
        let digits = text.filter(\.isNumber)
        return digits.isEmpty || count.map({ $0 != digits.count }) == true ? nil : digits
    }

    private static func diagnosisCode(_ text: String) -> String? {
        let plain = text.uppercased().replacing(".", with: "")
        guard (3...7).contains(plain.utf8.count),
            hasForm(plain, "@#" + String(repeating: "*", count: plain.utf8.count - 2))
        else { return nil }
        return plain.count == 3 ? plain : "\(plain.prefix(3)).\(plain.dropFirst(3))"
    }

    private static func remarkCode(_ code: String) -> String? {
        for prefix in ["MA", "M", "N"] where code.hasPrefix(prefix) {
            let digits = code.utf8.dropFirst(prefix.utf8.count)
            if (1...4).contains(digits.count), digits.allSatisfy(isDigit) { return code }
        }
        return nil
    }

    private static func adjustmentReason(_ text: String) -> String? {
        var code = text.uppercased()
        var group = ""
        for name in ["CO", "OA", "PI", "PR", "CR"] where code.hasPrefix(name) {
            let rest = code.dropFirst(2)
            group = "\(name)-"
            code = String(rest.first == " " || rest.first == "-" ? rest.dropFirst() : rest)
            break
        }
        let isLettered = code.utf8.first.map { !isDigit($0) } ?? false
        let digits = code.utf8.dropFirst(isLettered ? 1 : 0)
        guard (1...3).contains(digits.count), digits.allSatisfy(isDigit),
            !isLettered || hasForm(String(code.prefix(1)), "@")
        else { return nil }
        return group + code
    }

    /// Whether a text is made of the signs that `mask` shows, byte for byte: `#` a digit, `@` a letter A…Z, `*`
    /// either.
    private static func hasForm(_ text: String, _ mask: String) -> Bool {
        guard text.utf8.count == mask.utf8.count else { return false }
        return zip(text.utf8, mask.utf8).allSatisfy { byte, sign in
            let isLetter = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            return switch sign {
            case UInt8(ascii: "#"): isDigit(byte)
            case UInt8(ascii: "@"): isLetter
            default: isDigit(byte) || isLetter
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
