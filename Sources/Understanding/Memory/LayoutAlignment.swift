import Documents
import Foundation

/// A page laid over a remembered layout: how far it is that layout, and where its places are now.
///
/// The words that stand once on both give the scale and the shift by the medians of Theil and Sen, which half of them may
/// be wrong about; what flows down a page when there is more or less of it is followed by the words next to a place.
struct LayoutAlignment {
    /// The share of the layout's words that stand where they should, in 0…1.
    let likeness: Double
    /// From widths of the remembered page to widths of this one.
    let scale: Double
    let shift: Double
    /// The layout's words found: where they were and where they are.
    private let found: [(was: FixedWord, x: Double, y: Double)]
    /// By its place among the layout's words, whether each was found where it should be.
    let isFound: [Bool]

    /// A word may stand so far beside its place, in widths of the page.
    private static let slack = 0.025
    /// With fewer words in common a page is not the layout.
    static let commonWordsMin = 6

    init?(_ words: [FixedWord], on page: LayoutFingerprint) {
        let now = page.words
        guard words.count(where: { page.places[$0.text] != nil }) >= Self.commonWordsMin else { return nil }
        let counts = Dictionary(words.map { ($0.text, 1) }, uniquingKeysWith: +)
        let matches = words.map { page.places(of: $0.text) }
        let pairs = zip(words, matches).compactMap { word, matches -> (FixedWord, FixedWord)? in
            counts[word.text] == 1 && matches.count == 1 ? (word, now[matches[0]]) : nil
        }
        guard pairs.count >= Self.commonWordsMin else { return nil }
        let (scale, shift) = LayoutAlignment.line(pairs.map { ($0.x, $1.x) })
        self.scale = scale
        self.shift = shift
        var found: [(was: FixedWord, x: Double, y: Double)] = []
        var weight = 0.0
        var sum = 0.0
        // Page furniture moves up and down together; the middle of the common words' shifts tells which of several equal
        // words is meant.
        let drop = LayoutAlignment.median(pairs.map { $1.y - scale * $0.y })
        isFound = zip(words, matches).map { word, matches in
            let share = Double(word.seenCount) / Double(word.seenCount + word.missedCount)
            weight += share
            let near = matches.filter { abs(now[$0].x - scale * word.x - shift) < Self.slack }
                .min { abs(now[$0].y - scale * word.y - drop) < abs(now[$1].y - scale * word.y - drop) }
            guard let near else { return false }
            sum += share
            found.append((word, now[near].x, now[near].y))
            return true
        }
        self.found = found
        likeness = weight > 0 ? sum / weight : 0
    }

    /// Slope and intercept by the median of the slopes of all pairs that are apart.
    private static func line(_ points: [(Double, Double)]) -> (scale: Double, shift: Double) {
        let points = points.prefix(60)
        var slopes: [Double] = []
        for (index, first) in points.enumerated() {
            for second in points.dropFirst(index + 1) where abs(first.0 - second.0) > 0.15 {
                slopes.append((second.1 - first.1) / (second.0 - first.0))
            }
        }
        let slope = slopes.count >= 3 ? median(slopes) : 1
        let scale = (0.7...1.4).contains(slope) ? slope : 1
        return (scale, median(points.map { $0.1 - scale * $0.0 }))
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }

    /// Where a place of the layout is on this page, by the words found that stood next to it; nil without such.
    func place(_ was: Surroundings.Place) -> Surroundings.Place? {
        guard let drop = drop(near: { LayoutAlignment.distance(was, $0.was.x, $0.was.y) }) else { return nil }
        return Surroundings.Place(
            left: scale * was.left + shift, right: scale * was.right + shift, y: scale * was.y + drop)
    }

    /// Where a place of this page is on the layout's: the reverse of `place`.
    func origin(_ now: Surroundings.Place) -> Surroundings.Place? {
        guard let drop = drop(near: { LayoutAlignment.distance(now, $0.x, $0.y) }) else { return nil }
        return Surroundings.Place(left: origin(now.left), right: origin(now.right), y: (now.y - drop) / scale)
    }

    /// Where a width in on this page is on the layout's.
    func origin(_ x: Double) -> Double { (x - shift) / scale }

    /// By how much the words next to a place stand lower than on the layout's page.
    private func drop(near distance: ((was: FixedWord, x: Double, y: Double)) -> Double) -> Double? {
        guard found.count >= 3 else { return nil }
        let near = found.map { ($0, distance($0)) }.sorted { ($0.1, $0.0.was.text) < ($1.1, $1.0.was.text) }.prefix(5)
        return LayoutAlignment.median(near.map { $0.0.y - scale * $0.0.was.y })
    }

    private static func distance(_ place: Surroundings.Place, _ x: Double, _ y: Double) -> Double {
        abs(y - place.y) + 0.3 * max(0, x - place.right, place.left - x)
    }
}
