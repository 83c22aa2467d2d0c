package import Foundation
import Yams

/// A YAML file decoded as a whole: what it does not know it refuses, naming file, line and key.
///
/// The type decoded must encode what it decoded under the same keys; that is how an unknown key is told from a known
/// one, without a list of keys beside the type.
package struct SettingsFile<Content: Codable & Sendable>: Sendable {
    package let content: Content
    private let text: String
    private let path: String

    /// Reads and decodes the file at `path`.
    package init(path: String, as type: Content.Type = Content.self) throws(SettingsError) {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw SettingsError(
                file: path, problem: "The file cannot be read as UTF-8 text: it is missing, locked or of another kind.")
        }
        try self.init(text: text, path: path, as: type)
    }

    /// Decodes `text`; `path` is only what errors call it.
    package init(text: String, path: String, as type: Content.Type = Content.self) throws(SettingsError) {
        self.text = text
        self.path = path
        do {
            content = try YAMLDecoder().decode(Content.self, from: text)
        } catch let error as DecodingError {
            if case .dataCorrupted(let context) = error, let broken = context.underlyingError as? YamlError {
                throw SettingsFile.explain(broken, path: path)
            }
            throw SettingsFile.explain(error, text: text, path: path)
        } catch let error as YamlError {
            throw SettingsFile.explain(error, path: path)
        } catch {
            throw SettingsError(file: path, problem: "\(error)")
        }
        let given = try? Yams.compose(yaml: text)
        if let given, let known = KnownKeys(content),
            let unknown = SettingsFile.unknownKey(in: given, known: known, path: [])
        {
            throw SettingsError(
                file: path, line: unknown.line,
                problem:
                    "The key '\(unknown.path.joined(separator: "."))' is not known here. Correct its spelling or remove it."
            )
        }
    }

    /// The error of a rule that `content` breaks at the key path `keys`, with the line of the nearest key that exists.
    package func error(at keys: [String], _ problem: String) -> SettingsError {
        SettingsError(file: path, line: SettingsFile.line(of: keys, text: text), problem: problem)
    }

    /// SHA-256-able bytes of the file as read: what a decision's record names is what was in force.
    package var bytes: Data { Data(text.utf8) }

    private static func unknownKey(
        in given: Node, known: KnownKeys, path: [String]
    ) -> (path: [String], line: Int?)? {
        switch (given, known) {
        case (.mapping(let givenMapping), .group(let knownGroup)):
            for (key, value) in givenMapping {
                let name = key.string ?? ""
                guard let match = knownGroup[name] else {
                    if value.null != nil { continue }
                    return (path + [name], key.mark?.line)
                }
                if let unknown = unknownKey(in: value, known: match, path: path + [name]) { return unknown }
            }
        case (.sequence(let givenItems), .list(let knownItems)):
            for (index, pair) in zip(givenItems, knownItems).enumerated() {
                if let unknown = unknownKey(in: pair.0, known: pair.1, path: path + ["\(index)"]) { return unknown }
            }
        default: break
        }
        return nil
    }

    private static func line(of keys: [String], text: String) -> Int? {
        guard var node = try? Yams.compose(yaml: text) else { return nil }
        var line = node.mark?.line
        for key in keys {
            if case .mapping(let mapping) = node, let pair = mapping.first(where: { $0.key.string == key }) {
                line = pair.key.mark?.line ?? line
                node = pair.value
            } else if case .sequence(let items) = node, let index = Int(key), items.indices.contains(index) {
                node = items[index]
                line = node.mark?.line ?? line
            } else {
                break
            }
        }
        return line
    }

    private static func explain(_ error: YamlError, path: String) -> SettingsError {
        let line: Int? =
            switch error {
            case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
            default: nil
            }
        return SettingsError(file: path, line: line, problem: "This is not YAML: \(error)")
    }

    private static func explain(_ error: DecodingError, text: String, path: String) -> SettingsError {
        func keys(_ context: DecodingError.Context) -> [String] {
            context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
        }
        let place: [String]
        let problem: String
        switch error {
        case .keyNotFound(let key, let context):
            place = keys(context)
            problem = "The key '\((place + [key.stringValue]).joined(separator: "."))' is missing. Add it."
        case .typeMismatch(let type, let context):
            place = keys(context)
            problem = "'\(place.joined(separator: "."))' should be \(SettingsFile.words(for: type))."
        case .valueNotFound(let type, let context):
            place = keys(context)
            problem = "'\(place.joined(separator: "."))' is empty; it should be \(SettingsFile.words(for: type))."
        case .dataCorrupted(let context):
            place = keys(context)
            let name = place.isEmpty ? "The file" : "'\(place.joined(separator: "."))'"
            problem =
                "\(name) cannot be understood: \(context.underlyingError.map { "\($0)" } ?? context.debugDescription)"
        @unknown default:
            place = []
            problem = "\(error)"
        }
        return SettingsError(file: path, line: line(of: place, text: text), problem: problem)
    }

    private static func words(for type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        default: "a \(String(describing: type).contains("Array") ? "list" : "group of keys")"
        }
    }
}
