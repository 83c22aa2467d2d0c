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
            return folded.uppercased().wholeMatch(of: /[0-9A-V]\d{3}[0-9A-Z]/).map { String($0.output) }
        case .modifier: return folded.uppercased().wholeMatch(of: /[A-Z0-9]{2}/).map { String($0.output) }
        case .adjustmentReason: return NormalForm.adjustmentReason(folded)
        case .remarkCode: return folded.uppercased().wholeMatch(of: /(?:MA|M|N)\d{1,4}/).map { String($0.output) }
        case .number:
            let plain = folded.replacing(",", with: "")
            return plain.wholeMatch(of: /\d+(?:\.\d+)?/) == nil ? nil : plain
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
        guard plain.wholeMatch(of: /[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}/) != nil else { return nil }
        return plain.count == 3 ? plain : "\(plain.prefix(3)).\(plain.dropFirst(3))"
    }

    private static func adjustmentReason(_ text: String) -> String? {
        guard let match = text.uppercased().wholeMatch(of: /(?:(CO|OA|PI|PR|CR)[ \-]?)?([A-Z]?\d{1,3})/) else {
            return nil
        }
        return match.output.1.map { "\($0)-\(match.output.2)" } ?? String(match.output.2)
    }
}
