package import Documents

/// Pairs rows read with rows of truth: most equal values first.
package enum RowMatch {
    /// Each row read with its row of truth, or nil when there is none for it.
    package static func pairs(_ truth: [Row], _ read: [Row]) -> [(truth: Row?, read: Row)] {
        var free = Set(truth.indices)
        var matches = [Int?](repeating: nil, count: read.count)
        var offers: [(read: Int, truth: Int, equal: Int)] = []
        for (index, row) in read.enumerated() {
            for (number, known) in truth.enumerated() {
                let equal = equalCount(known, row)
                if equal > 0 { offers.append((index, number, equal)) }
            }
        }
        offers.sort {
            ($1.equal, abs($0.read - $0.truth), $0.read) < ($0.equal, abs($1.read - $1.truth), $1.read)
        }
        for offer in offers where matches[offer.read] == nil && free.contains(offer.truth) {
            matches[offer.read] = offer.truth
            free.remove(offer.truth)
        }
        return read.enumerated().map { (matches[$0].map { truth[$0] }, $1) }
    }

    /// The rows of truth that no row read was paired with.
    static func unread(_ truth: [Row], _ pairs: [(truth: Row?, read: Row)]) -> [Row] {
        var open = truth
        for pair in pairs {
            if let index = pair.truth.flatMap({ open.firstIndex(of: $0) }) { open.remove(at: index) }
        }
        return open
    }

    /// How many values under the same names are the same.
    static func equalCount(_ left: Row, _ right: Row) -> Int {
        left.count { name, leaf in right[name].map { values($0) == values(leaf) } ?? false }
    }

    /// The values of a leaf without where and how surely they were read; groups with their parts' names.
    static func values(_ leaf: Leaf) -> [String] {
        switch leaf {
        case .one(let field): [field.value.description]
        case .many(let fields): fields.map(\.value.description).sorted()
        case .groups(let groups):
            groups.map { group in
                group.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.value)" }.joined(
                    separator: ";")
            }.sorted()
        }
    }
}

extension RowMatch {
    /// Whether two rows have the same names with the same values.
    static func isEqual(_ left: Row, _ right: Row) -> Bool {
        left.count == right.count && equalCount(left, right) == left.count
    }
}
