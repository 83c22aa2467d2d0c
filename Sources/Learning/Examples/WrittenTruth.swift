import Documents
package import Foundation

/// What is true of a file, as a person or another tool writes it: a document result that leaves out what reading adds.
///
/// Only `documents` with a `type` each are asked for. A field may be its bare value, `"member_id": "W123"`; `null` and
/// `""` are a value that is not on the page. Versions, hashes, confidences and checks are not looked at.
package struct WrittenTruth: Sendable {
    let result: Result

    /// Decodes the truth; what cannot be decoded is named in a sentence, with its place.
    package init(_ json: Data) throws(LearningError) {
        do {
            result = try JSONDecoder().decode(Result.self, from: json)
        } catch {
            throw LearningError(.badExample, WrittenTruth.sentence(error))
        }
    }

    struct Result: Decodable, Sendable {
        var pages: [SheetSize]?
        var documents: [Paper]
    }

    /// The frame that boxes on a page are given in.
    struct SheetSize: Decodable, Sendable {
        var number: Int?
        var width: Double?
        var height: Double?
    }

    struct Paper: Decodable, Sendable {
        var type: String
        var subtype: String?
        var pages: [Int]?
        var fields: [String: WrittenLeaf]?
        var claims: [WrittenClaim]?
        var lineItems: [[String: WrittenLeaf]]?
        var accountMatch: AccountMatch?

        private enum CodingKeys: String, CodingKey {
            case type, subtype, pages, fields, claims
            case lineItems = "line_items"
            case accountMatch = "account_match"
        }
    }

    private static func sentence(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "It cannot be decoded: \(error)." }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(place(context)) has no '\(key.stringValue)'. Add it."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(place(context)) is of another kind than the document result has there. Correct it."
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            return "It is no JSON. Write a document result: {\"documents\": [{\"type\": …, \"fields\": {…}}]}."
        case .dataCorrupted(let context):
            return "\(place(context)) \(context.debugDescription)"
        @unknown default:
            return "It cannot be decoded: \(error)."
        }
    }

    /// `documents[0].fields.member_id`.
    private static func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += (path.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return path.isEmpty ? "It" : path
    }
}

/// A claim as a person writes it: its own fields, its lines under `service_lines`, its account under `account_match`.
struct WrittenClaim: Decodable, Sendable {
    var fields: [String: WrittenLeaf]
    var serviceLines: [[String: WrittenLeaf]]
    var accountMatch: AccountMatch?

    private static let lines = "service_lines"
    private static let account = "account_match"

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let known = try container.decode([String: Either].self)
        fields = known.compactMapValues(\.leaf)
        serviceLines = known[Self.lines]?.rows ?? []
        accountMatch = known[Self.account]?.account
    }

    /// A value, the rows of service lines, or the account: the key says which.
    private struct Either: Decodable {
        var leaf: WrittenLeaf?
        var rows: [[String: WrittenLeaf]]?
        var account: AccountMatch?

        init(from decoder: any Decoder) throws {
            switch decoder.codingPath.last?.stringValue {
            case WrittenClaim.lines:
                rows = try decoder.singleValueContainer().decode([[String: WrittenLeaf]].self)
            case WrittenClaim.account:
                account = try decoder.singleValueContainer().decode(AccountMatch?.self)
            default:
                leaf = try WrittenLeaf(from: decoder)
            }
        }
    }
}

/// What a person wrote under a field's name.
enum WrittenLeaf: Decodable, Sendable {
    case one(WrittenField)
    case many([WrittenField])
    case groups([[String: WrittenField]])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .one(WrittenField())
        } else if let field = try? container.decode(WrittenField.self) {
            self = .one(field)
        } else if let fields = try? container.decode([WrittenField].self) {
            self = .many(fields)
        } else if let groups = try? container.decode([[String: WrittenField]].self) {
            self = .groups(groups)
        } else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "is no value, no object with a 'value', and no list of these. Correct it.")
        }
    }
}

/// One value as a person wrote it, with its place where that is known.
struct WrittenField: Decodable, Sendable {
    /// Nil for `null` and for an empty text: the value is not on the page.
    var value: String?
    var text: String?
    var page: Int?
    var box: Box?
    var derivedFrom: [String]?

    init() {}

    private enum CodingKeys: String, CodingKey {
        case value, text, page, box
        case derivedFrom = "derived_from"
    }

    init(from decoder: any Decoder) throws {
        if let value = try? Scalar(from: decoder) {
            self.value = value.text
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        value = try container.decode(Scalar.self, forKey: .value).text
        text = try container.decodeIfPresent(String.self, forKey: .text)
        page = try container.decodeIfPresent(Int.self, forKey: .page)
        box = try container.decodeIfPresent(Box.self, forKey: .box)
        derivedFrom = try container.decodeIfPresent([String].self, forKey: .derivedFrom)
    }

    /// A text, a number or a truth value, as text; null and white space alone as nil.
    private struct Scalar: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() { return }
            if let flag = try? container.decode(Bool.self) {
                text = flag ? "true" : "false"
            } else if let number = try? container.decode(Decimal.self) {
                text = "\(number)"
            } else {
                let written = NormalForm.foldWhiteSpace(try container.decode(String.self))
                text = written.isEmpty ? nil : written
            }
        }
    }
}
