/// The normalised value of a field.
package enum FieldValue: Hashable, Sendable {
    /// Text in the normal form of the field's kind (`NormalForm`).
    case text(String)
    /// A lone checkbox or a signature: there or not.
    case boolean(Bool)
}

extension FieldValue: CustomStringConvertible {
    package var description: String {
        switch self {
        case .text(let text): text
        case .boolean(let flag): flag ? "true" : "false"
        }
    }
}

extension FieldValue: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .boolean(flag)
        } else if let number = try? container.decode(Int.self) {
            self = .text(String(number))
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .boolean(let flag): try container.encode(flag)
        }
    }
}

/// One value found in a document, with the ink it came from.
package struct Field: Hashable, Sendable {
    package var value: FieldValue
    /// The words as printed.
    package var text: String?
    package var confidence: Confidence
    /// The page, from 1 within the file, that the ink is on.
    package var page: Int?
    package var box: Box?
    /// Names of the fields that a derived value (a due date "within 60 days of this letter") was worked out from.
    package var derivedFrom: [String]?
    /// Whether a digit was restored by arithmetic.
    package var repaired: Bool?
    /// Other readings, the likeliest first.
    package var alternatives: [FieldValue]?
    /// What speaks for the value, where that was asked for; of one that a sum changed always which sum failed as printed.
    package var evidence: [ValueEvidence]?

    package init(
        value: FieldValue, text: String? = nil, confidence: Confidence, page: Int? = nil, box: Box? = nil,
        derivedFrom: [String]? = nil, repaired: Bool? = nil, alternatives: [FieldValue]? = nil,
        evidence: [ValueEvidence]? = nil
    ) {
        self.value = value
        self.text = text
        self.confidence = confidence
        self.page = page
        self.box = box
        self.derivedFrom = derivedFrom
        self.repaired = repaired
        self.alternatives = alternatives
        self.evidence = evidence
    }
}

extension Field: Codable {
    private enum CodingKeys: String, CodingKey {
        case value, text, confidence, page, box
        case derivedFrom = "derived_from"
        case repaired, alternatives, evidence
    }
}

/// A row of named leaves: a service line, an invoice line, an adjustment.
package typealias Row = [String: Leaf]

/// What stands under a field's name: one field, several, or several groups (adjustments).
package indirect enum Leaf: Hashable, Sendable {
    case one(Field)
    case many([Field])
    case groups([[String: Field]])

    /// Every field of the leaf, in order; the fields of a group in the order of their names.
    package var fields: [Field] {
        switch self {
        case .one(let field): [field]
        case .many(let fields): fields
        case .groups(let groups): groups.flatMap { group in group.sorted { $0.key < $1.key }.map(\.value) }
        }
    }
}

extension Leaf: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let field = try? container.decode(Field.self) {
            self = .one(field)
        } else if let fields = try? container.decode([Field].self) {
            self = .many(fields)
        } else {
            self = .groups(try container.decode([[String: Field]].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .one(let field): try container.encode(field)
        case .many(let fields): try container.encode(fields)
        case .groups(let groups): try container.encode(groups)
        }
    }
}
