import Documents

extension Vocabulary.FieldRule {
    /// The value that `typed` stands for in the field's normal form; nil when it is none of the field's kind.
    func value(typed: String) -> FieldValue? {
        guard let normal = kind.normalize(typed) else { return nil }
        switch kind {
        case .boolean:
            return .boolean(normal == "true")
        case .choice:
            return options.first { $0.lowercased() == normal.lowercased() }.map { .text($0) }
        default:
            return .text(normal)
        }
    }

    /// What the field takes, as the rest of the sentence "… is not".
    var expected: String {
        switch kind {
        case .name: "a name"
        case .text: "text"
        case .date: "a date of the calendar such as 03/14/2026 or 2026-03-14"
        case .money: "an amount of dollars such as 1,234.50 or -45.00"
        case .identifier: "an identifier, which has at least one digit"
        case .npi: "a National Provider Identifier: ten digits, of which the last checks the others"
        case .taxIdentifier: "a tax identifier of nine digits such as 12-3456789"
        case .phone: "a phone or fax number of ten digits such as (555) 010-0199"
        case .diagnosisCode: "an ICD-10-CM code such as M54.50"
        case .procedureCode: "a CPT or HCPCS code of five characters such as 99213 or J1885"
        case .modifier: "a modifier of two characters such as 25 or LT"
        case .adjustmentReason: "a claim adjustment reason such as CO-45 or 197"
        case .remarkCode: "a remittance remark code such as N130 or MA01"
        case .number: "a number such as 3 or 2.5"
        case .choice: "one of \(options.joined(separator: ", "))"
        case .boolean: "true or false"
        }
    }
}
