import Documents

/// The words around a value that belong to the layout, and its place on the first page.
struct Surroundings: Codable, Hashable, Sendable {
    /// The words before it on its line, the nearest first.
    var left: [String] = []
    /// The words of the nearest run above it.
    var above: [String] = []
    /// The words behind it on its line, the nearest first.
    var right: [String] = []
    /// Where it stood on the first page, in widths of the page; nil on others.
    var place: Place?

    /// Where a value begins and ends, and the middle of its height.
    struct Place: Codable, Hashable, Sendable {
        var left: Double
        var right: Double
        var y: Double
    }

    /// - Parameter isFixed: whether the word at an index may belong to the layout.
    init(of tokens: Range<Int>, on page: PageText, isFirst: Bool, isFixed: (Int) -> Bool) {
        let row = page.rows[page.tokens[tokens.lowerBound].row]
        let box = page.box(tokens)
        func word(_ index: Int) -> String? {
            let token = page.tokens[index]
            guard token.letterCount > 0, token.digitCount == 0, !token.plain.isEmpty, isFixed(index) else { return nil }
            return String(decoding: token.plain, as: UTF8.self)
        }
        func run(_ indexes: some Sequence<Int>, countMax: Int) -> [String] {
            var words: [String] = []
            for index in indexes {
                let gap = max(
                    box.left - page.tokens[index].box.right, page.tokens[index].box.left - box.right)
                guard words.count < countMax, gap < 18 * page.lineHeight else { break }
                if page.tokens[index].plain.isEmpty { continue }
                guard let word = word(index) else { break }
                words.append(word)
            }
            return words
        }
        left = run((row.lowerBound..<tokens.lowerBound).reversed(), countMax: 3)
        right = run(tokens.upperBound..<max(tokens.upperBound, row.upperBound), countMax: 2)
        above = Surroundings.above(box, row: page.tokens[tokens.lowerBound].row, page: page).compactMap(word)
        if isFirst {
            place = Place(
                left: box.left / page.width, right: box.right / page.width, y: box.midY / page.width)
        }
    }

    /// The words of the nearest run above that shares some of the width.
    private static func above(_ box: Box, row: Int, page: PageText) -> [Int] {
        for above in stride(from: row - 1, through: max(0, row - 3), by: -1) {
            for index in page.rows[above] {
                let segment = page.tokens[index].segment
                let own = page.segmentBoxes[segment]
                guard own.horizontalOverlap(box) > 0 || abs(own.left - box.left) < page.lineHeight,
                    box.top - own.bottom < 3 * page.lineHeight
                else { continue }
                return Array(page.segments[segment].prefix(5))
            }
        }
        return []
    }

    /// How far the words around a value are these, in 0…1; nil when there are none to go by.
    func likeness(to other: Surroundings) -> Double? {
        var sum = 0.0
        var weights = 0.0
        func add(_ own: [String], _ now: [String], _ weight: Double, _ shares: [Double]) {
            for (index, word) in own.enumerated() {
                let share = weight * shares[min(index, shares.count - 1)]
                weights += share
                let near = now.indices.filter { index == 0 && shares.count > 1 ? $0 == 0 : abs($0 - index) <= 1 }
                sum += share * (near.map { Surroundings.likeness(word, now[$0]) }.max() ?? 0)
            }
        }
        add(left, other.left, 1, [1, 0.6, 0.4])
        if !above.isEmpty { add(above, other.above, 0.8 / Double(above.count), [1]) }
        add(right, other.right, 0.3, [1, 0.5])
        return weights > 0 ? sum / weights : nil
    }

    /// Whether it is the same place among the same words.
    func isSame(as other: Surroundings) -> Bool {
        guard left == other.left, above == other.above, right == other.right else { return false }
        guard let place, let second = other.place else { return place == nil && other.place == nil }
        return abs(place.left - second.left) < 0.01 && abs(place.y - second.y) < 0.01
    }

    static func likeness(_ left: String, _ right: String) -> Double {
        left == right ? 1 : EditDistance.likeness(Array(left.utf8), Array(right.utf8))
    }
}

extension Surroundings: CustomStringConvertible {
    /// Where a value stands, for a person: `after 'CHECK DATE'`.
    var description: String {
        var parts: [String] = []
        if !left.isEmpty { parts.append("after '\(left.reversed().joined(separator: " "))'") }
        if !above.isEmpty { parts.append("under '\(above.joined(separator: " "))'") }
        if !right.isEmpty { parts.append("before '\(right.joined(separator: " "))'") }
        if parts.isEmpty, let place {
            parts.append("\(Int(place.left * 100)) % of the width in, \(Int(place.y * 100)) % of the width down")
        }
        return parts.isEmpty ? "anywhere" : parts.joined(separator: ", ")
    }
}
