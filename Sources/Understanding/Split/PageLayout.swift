import Documents

/// Where the words and numbers of a page stand: two papers of one form have the same words at the same places, and
/// other numbers where the values are.
struct PageLayout: Sendable {
    /// A number in the upper half of a page; places are shares of the page's width and height.
    struct Number: Sendable {
        var plain: [UInt8]
        var left: Double
        var middle: Double
    }

    /// Words with their places on two grids, of which the second lies half a field aside: a word near the edge of a field
    /// on one is in the middle of a field on the other.
    private let grids: [Set<UInt64>]
    let numbers: [Number]
    /// Every word as it is read, digits too.
    private let everything: Set<UInt64>
    /// The numbers that stand after words in the upper half, by those words: `Check Number: 30045811`.
    private let keys: [UInt64: [UInt8]]

    private static let columns = 10.0
    private static let rows = 28.0
    /// How far apart two numbers at one place may stand, in shares of the page: a sheet is fed a little aside.
    private static let reach = (x: 0.02, y: 0.012)

    init(_ page: PageText) {
        var grids = [Set<UInt64>(), Set<UInt64>()]
        var numbers: [Number] = []
        var everything: Set<UInt64> = []
        for token in page.tokens where token.plain.count > 2 {
            var hash = StableHash(seed: 5)
            hash.combine(token.plain)
            everything.insert(hash.value)
            let (x, y) = (token.box.left / page.width, token.box.midY / page.height)
            if token.letterCount > token.digitCount {
                for grid in grids.indices {
                    let aside = 0.5 * Double(grid)
                    let column = UInt64(max(0, min(PageLayout.columns, x * PageLayout.columns + aside)))
                    let row = UInt64(max(0, min(PageLayout.rows, y * PageLayout.rows + aside)))
                    grids[grid].insert(StableHash.of(hash.value, column << 8 | row))
                }
            } else if y < 0.5, token.digitCount > 2 {
                numbers.append(Number(plain: token.plain, left: x, middle: y))
            }
        }
        self.grids = grids
        self.numbers = numbers
        self.everything = everything
        keys = PageLayout.keys(page)
    }

    private static func keys(_ page: PageText) -> [UInt64: [UInt8]] {
        var keys: [UInt64: [UInt8]] = [:]
        for row in page.rows {
            var label: [UInt64] = []
            for token in page.tokens[row] where token.box.midY < page.height / 2 {
                if token.digitCount > 3, token.digitCount >= token.letterCount, !label.isEmpty {
                    let words = label.suffix(2).reduce(UInt64(7)) { StableHash.of($0, $1) }
                    if keys[words] == nil { keys[words] = token.plain }
                    label = []
                } else if token.letterCount > token.digitCount, token.letterCount > 1 {
                    label.append(StableHash.of(7, PageFeatures.hashes(of: token).first ?? 0))
                }
            }
        }
        return keys
    }

    /// Of the numbers that both pages give under the same words, how many are the same and which of this one's differ.
    func keys(under labels: PageLayout) -> (same: Int, other: [[UInt8]]) {
        let common = keys.filter { labels.keys[$0.key] != nil }
        let other = common.filter { !isReadAlike($0.value, labels.keys[$0.key] ?? []) }
        return (common.count - other.count, other.map(\.value))
    }

    /// The share of words that stand where they stand on the other page, 0…1.
    func likeness(_ other: PageLayout) -> Double {
        zip(grids, other.grids).map { own, other in
            let smaller = min(own.count, other.count)
            return smaller < 5 ? 0 : Double(own.intersection(other).count) / Double(smaller)
        }.max() ?? 0
    }

    /// The share of words, numbers too, that both pages have, 0…1: near 1 for two copies of one page.
    func sameness(_ other: PageLayout) -> Double {
        let larger = max(everything.count, other.everything.count)
        return larger == 0 ? 0 : Double(everything.intersection(other.everything).count) / Double(larger)
    }

    /// Of the numbers that stand at one place on both pages, how many are the same and which differ.
    func numbers(at places: PageLayout) -> (same: Int, other: [Number]) {
        var same = 0
        var differing: [Number] = []
        for number in numbers {
            let near = places.numbers.filter {
                abs($0.left - number.left) < PageLayout.reach.x && abs($0.middle - number.middle) < PageLayout.reach.y
            }
            if near.contains(where: { isReadAlike($0.plain, number.plain) }) {
                same += 1
            } else if !near.isEmpty {
                differing.append(number)
            }
        }
        return (same, differing)
    }

    /// Whether two readings may be of one number: one sign in seven may be misread.
    private func isReadAlike(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).count { $0 != $1 } <= left.count / 7
    }
}
