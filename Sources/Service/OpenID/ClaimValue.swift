/// One value of a token or of what a provider says of a person: any JSON.
enum ClaimValue: Decodable, Hashable, Sendable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([ClaimValue])
    case parts([String: ClaimValue])
    case nothing

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .nothing
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([ClaimValue].self) {
            self = .list(list)
        } else {
            self = .parts(try container.decode([String: ClaimValue].self))
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }

    /// The texts of a list, or the one text.
    var texts: [String]? {
        switch self {
        case .text(let text): [text]
        case .list(let list): list.compactMap(\.text)
        default: nil
        }
    }
}

/// The claims of a token by their names.
typealias Claims = [String: ClaimValue]

extension Claims {
    /// The claim of this name; where there is none, what the name's points lead to: `realm_access.roles`.
    func claim(_ name: String) -> ClaimValue? {
        if let value = self[name] { return value == .nothing ? nil : value }
        guard let point = name.firstIndex(of: "."), case .parts(let parts)? = self[String(name[..<point])] else {
            return nil
        }
        return parts.claim(String(name[name.index(after: point)...]))
    }
}
