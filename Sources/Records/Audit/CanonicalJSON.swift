/// JSON with one text for one value, so that its hash means something (RFC 8785, JSON Canonicalization Scheme).
enum CanonicalJSON {
    case integer(Int64)
    case text(String)
    case object([String: CanonicalJSON])

    var text: String {
        switch self {
        case .integer(let number): return String(number)
        case .text(let text): return Self.quoted(text)
        case .object(let members):
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            return "{" + sorted.map { "\(Self.quoted($0.key)):\($0.value.text)" }.joined(separator: ",") + "}"
        }
    }

    /// RFC 8785, 3.2.2.2: the short escapes where JSON has them, `\u00xx` for other controls, all else as it is.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{8}": quoted += "\\b"
            case "\t": quoted += "\\t"
            case "\n": quoted += "\\n"
            case "\u{C}": quoted += "\\f"
            case "\r": quoted += "\\r"
            case ..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
