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
    /// Where values of a wrong kind stand.
    private let leftOut: [[String]]

    /// Reads and decodes the file at `path`.
    package init(path: String, as type: Content.Type = Content.self) throws(SettingsError) {
        try self.init(text: try SettingsFile.text(path: path), path: path, as: type)
    }

    /// The text of the file at `path`.
    package static func text(path: String) throws(SettingsError) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw SettingsError(
                file: path, problem: "The file cannot be read as UTF-8 text: it is missing, locked or of another kind.")
        }
    }

    /// Decodes `text`; `path` is only what errors call it.
    package init(text: String, path: String, as type: Content.Type = Content.self) throws(SettingsError) {
        do {
            try self.init(content: YAMLDecoder().decode(Content.self, from: text), text: text, path: path)
        } catch {
            throw SettingsFile.explained(error, text: text, path: path).error
        }
        if let given = try? Yams.compose(yaml: text), let unknown = unknownKeys(in: given).first { throw unknown }
    }

    private init(content: Content, text: String, path: String, leftOut: [[String]] = []) {
        self.content = content
        self.text = text
        self.path = path
        self.leftOut = leftOut
    }

    /// Decodes as much of `text` as can be decoded, and says everything that is wrong with the rest.
    ///
    /// A value that is not of its key's kind is left out and reported; so that the others are read all the same, every
    /// key of `Content` should be one that may be absent. Gives no file where nothing of the text can be used.
    package static func gathering(
        text: String, path: String, as type: Content.Type = Content.self
    ) -> (file: SettingsFile?, problems: [SettingsError]) {
        var problems: [SettingsError] = []
        var leftOut: [[String]] = []
        do {
            guard var node = try Yams.compose(yaml: text) else {
                return (nil, [SettingsError(file: path, problem: "The file is empty.")])
            }
            while true {
                do {
                    let content = try YAMLDecoder().decode(Content.self, from: node)
                    let file = SettingsFile(content: content, text: text, path: path, leftOut: leftOut)
                    return (file, problems + file.unknownKeys(in: node))
                } catch {
                    let (place, error) = explained(error, text: text, path: path)
                    problems.append(error)
                    leftOut.append(place)
                    guard let rest = node.without(place[...]) else { return (nil, problems) }
                    node = rest
                }
            }
        } catch {
            return (nil, [explained(error, text: text, path: path).error])
        }
    }

    /// Whether what stands at the key path `keys` was of a wrong kind, which is reported already.
    package func isLeftOut(_ keys: [String]) -> Bool { leftOut.contains { keys.starts(with: $0) } }

    /// The error of a rule that `content` breaks at the key path `keys`, with the line of the nearest key that exists.
    package func error(at keys: [String], _ problem: String) -> SettingsError {
        SettingsError(file: path, line: SettingsFile.line(of: keys, text: text), problem: problem)
    }

    /// SHA-256-able bytes of the file as read: what a decision's record names is what was in force.
    package var bytes: Data { Data(text.utf8) }

    private func unknownKeys(in given: Node) -> [SettingsError] {
        guard let known = KnownKeys(content) else { return [] }
        return SettingsFile.unknownKeys(in: given, known: known, path: []).map { place, line in
            SettingsError(
                file: path, line: line,
                problem:
                    "The key '\(place.joined(separator: "."))' is not known here. Correct its spelling or remove it.")
        }
    }

    private static func unknownKeys(
        in given: Node, known: KnownKeys, path: [String]
    ) -> [(path: [String], line: Int?)] {
        switch (given, known) {
        case (.mapping(let givenMapping), .group(let knownGroup)):
            givenMapping.flatMap { key, value in
                let name = key.string ?? ""
                guard let match = knownGroup[name] else {
                    return value.null == nil ? [(path + [name], key.mark?.line)] : []
                }
                return unknownKeys(in: value, known: match, path: path + [name])
            }
        case (.sequence(let givenItems), .list(let knownItems)):
            zip(givenItems, knownItems).enumerated().flatMap { index, pair in
                unknownKeys(in: pair.0, known: pair.1, path: path + ["\(index)"])
            }
        default: []
        }
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

    /// What an error of decoding means to who wrote the file, and the place that it is about.
    private static func explained(
        _ error: any Error, text: String, path: String
    ) -> (place: [String], error: SettingsError) {
        switch error {
        case let error as YamlError:
            ([], explain(error, path: path))
        case DecodingError.dataCorrupted(let context) where context.underlyingError is YamlError:
            explained(context.underlyingError ?? error, text: text, path: path)
        case let error as DecodingError:
            explain(error, text: text, path: path)
        default:
            ([], SettingsError(file: path, problem: "\(error)"))
        }
    }

    private static func explain(_ error: YamlError, path: String) -> SettingsError {
        let line: Int? =
            switch error {
            case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
            default: nil
            }
        return SettingsError(file: path, line: line, problem: "This is not YAML: \(error)")
    }

    private static func explain(
        _ error: DecodingError, text: String, path: String
    ) -> (place: [String], error: SettingsError) {
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
        return (place, SettingsError(file: path, line: line(of: place, text: text), problem: problem))
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

extension Node {
    /// The same without what stands at `place`, and without the whole list where that is in a list, so that the places of
    /// all else stay; nil when nothing would be left.
    fileprivate func without(_ place: ArraySlice<String>) -> Node? {
        guard let key = place.first else { return nil }
        switch self {
        case .mapping(var mapping):
            guard let pair = mapping.first(where: { $0.key.string == key }) else { return nil }
            mapping[pair.key] = pair.value.without(place.dropFirst())
            return .mapping(mapping)
        case .sequence(var items):
            guard let index = Int(key), items.indices.contains(index),
                let rest = items[index].without(place.dropFirst())
            else { return nil }
            items[index] = rest
            return .sequence(items)
        default:
            return nil
        }
    }
}
