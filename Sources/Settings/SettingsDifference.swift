import Yams

/// A value that two versions of a YAML file say differently.
package struct SettingsDifference: Hashable, Sendable {
    /// The keys from the outside in, joined by dots; an item of a list goes by its `name`, else by its place from 1.
    package let key: String
    /// As written; nil where the first version lacks the key.
    package let from: String?
    /// As written; nil where the second version lacks the key.
    package let to: String?

    /// Every value in which `first` and `second` differ, sorted by key; numbers are compared by what they are worth.
    package static func between(_ first: String, _ second: String) -> [SettingsDifference] {
        let (from, to) = (values(first), values(second))
        return Set(from.keys).union(to.keys).sorted().compactMap { key in
            isSame(from[key], to[key]) ? nil : SettingsDifference(key: key, from: from[key], to: to[key])
        }
    }

    private static func isSame(_ left: String?, _ right: String?) -> Bool {
        if left == right { return true }
        guard let left = left.flatMap(Double.init), let right = right.flatMap(Double.init) else { return false }
        return left == right
    }

    private static func values(_ text: String) -> [String: String] {
        guard let node = try? Yams.compose(yaml: text) else { return [:] }
        return Dictionary(leaves(of: node, at: []), uniquingKeysWith: { first, _ in first })
    }

    private static func leaves(of node: Node, at place: [String]) -> [(String, String)] {
        let key = place.joined(separator: ".")
        switch node {
        case .mapping(let mapping):
            return mapping.flatMap { leaves(of: $0.value, at: place + [$0.key.string ?? ""]) }
        case .sequence(let items) where items.allSatisfy { $0.scalar != nil }:
            return [(key, "[" + items.compactMap(\.scalar?.string).joined(separator: ", ") + "]")]
        case .sequence(let items):
            return items.enumerated().flatMap { index, item in
                leaves(of: item, at: place + [item.mapping?["name"]?.string ?? "\(index + 1)"])
            }
        case .scalar(let scalar):
            return [(key, scalar.string)]
        case .alias:
            return []
        }
    }
}

extension SettingsDifference: CustomStringConvertible {
    package var description: String {
        switch (from, to) {
        case (let from?, let to?): "\(key) \(to) instead of \(from)"
        case (nil, let to): "\(key) \(to ?? "")"
        case (let from, nil): "no \(key) (it was \(from ?? ""))"
        }
    }
}
