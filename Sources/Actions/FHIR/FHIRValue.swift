package import Documents
package import Foundation

/// An element of FHIR's JSON (R4, 2.6.2): what has no value is left out, for FHIR knows neither null nor empty.
package indirect enum FHIRValue: Hashable, Sendable {
    case text(String)
    case number(Decimal)
    case amount(Money)
    case flag(Bool)
    case list([FHIRValue])
    case object([String: FHIRValue])

    /// An element of the children that have a value; nil when none has.
    static func element(_ children: [String: FHIRValue?]) -> FHIRValue? {
        let present = children.compactMapValues { $0 }
        return present.isEmpty ? nil : .object(present)
    }

    /// A list of the elements that have a value; nil when none has.
    static func elements(_ values: [FHIRValue?]) -> FHIRValue? {
        let present = values.compactMap { $0 }
        return present.isEmpty ? nil : .list(present)
    }

    /// Text without the control characters that a FHIR string may not have; nil for blank text.
    static func string(_ text: String?) -> FHIRValue? {
        guard let text else { return nil }
        let kept = text.unicodeScalars.filter {
            $0.value >= 0x20 && $0.value != 0x7F || "\t\r\n".unicodeScalars.contains($0)
        }
        let cleaned = String(String.UnicodeScalarView(kept))
        return cleaned.allSatisfy(\.isWhitespace) ? nil : .text(cleaned)
    }

    /// Stands for an element that the resource must have and the paper does not say
    /// (`http://hl7.org/fhir/StructureDefinition/data-absent-reason`).
    static let absent = FHIRValue.object([
        "extension": .list([
            .object([
                "url": .text("http://hl7.org/fhir/StructureDefinition/data-absent-reason"),
                "valueCode": .text("unknown"),
            ])
        ])
    ])

    /// The JSON, the same bytes for the same value: members in the order of their names, amounts with two places.
    package var json: Data {
        var text = ""
        write(to: &text)
        return Data(text.utf8)
    }

    private func write(to text: inout String) {
        switch self {
        case .text(let value): FHIRValue.write(value, to: &text)
        case .number(let number): text += "\(number)"
        case .amount(let amount): text += "\(amount)"
        case .flag(let flag): text += flag ? "true" : "false"
        case .list(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let children):
            text += "{"
            for (index, child) in children.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { text += "," }
                FHIRValue.write(child.key, to: &text)
                text += ":"
                child.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
