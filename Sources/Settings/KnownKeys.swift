import Foundation

/// The keys under which a value encodes what it holds, in their groups and lists.
///
/// By way of JSON: Foundation writes and reads it ten times as fast as Yams writes YAML.
enum KnownKeys: Decodable {
    case group([String: KnownKeys])
    case list([KnownKeys])
    case value

    /// Nil when `content` does not encode.
    init?(_ content: some Encodable) {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let bytes = try? encoder.encode(content),
            let keys = try? JSONDecoder().decode(KnownKeys.self, from: bytes)
        else { return nil }
        self = keys
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let group = try? container.decode([String: KnownKeys].self) {
            self = .group(group)
        } else if let list = try? container.decode([KnownKeys].self) {
            self = .list(list)
        } else {
            self = .value
        }
    }
}
