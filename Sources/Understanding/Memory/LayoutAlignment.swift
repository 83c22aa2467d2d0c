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

    init?(_ words: [FixedWord], on page: PageText) {
        let now = LayoutFingerprint.words(of: page) { _ in true }
        var places: [String: [Int]] = [:]
        for (index, word) in now.enumerated() { places[word.text, default: []].append(index) }
        let counts = Dictionary(words.map { ($0.text, 1) }, uniquingKeysWith: +)
        let matches = words.map { LayoutAlignment.matches($0.text, places, now) }
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

    /// The words on the page that a word of the layout may be.
    private static func matches(_ text: String, _ places: [String: [Int]], _ now: [FixedWord]) -> [Int] {
        if let equal = places[text] { return equal }
        guard text.utf8.count >= 5 else { return [] }
        return now.indices.filter { Surroundings.likeness(text, now[$0].text) > 0 }
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
        guard found.count >= 3 else { return nil }
        func distance(_ word: FixedWord) -> Double {
            let aside = max(0, word.x - was.right, was.left - word.x)
            return abs(word.y - was.y) + 0.3 * aside
        }
        let near = found.sorted { (distance($0.was), $0.was.text) < (distance($1.was), $1.was.text) }.prefix(5)
        let drop = LayoutAlignment.median(near.map { $0.y - scale * $0.was.y })
        return Surroundings.Place(
            left: scale * was.left + shift, right: scale * was.right + shift, y: scale * was.y + drop)
    }
}

/// The words of a page that may belong to its layout.
enum LayoutFingerprint {
    /// Words of letters alone, from the top down, with their places in widths of the page.
    static func words(of page: PageText, where isFixed: (Int) -> Bool) -> [FixedWord] {
        page.tokens.indices.compactMap { index -> FixedWord? in
            let token = page.tokens[index]
            guard token.letterCount > 1, token.digitCount == 0, token.plain.count > 1, isFixed(index) else {
                return nil
            }
            return FixedWord(
                text: String(decoding: token.plain, as: UTF8.self), x: rounded(token.box.midX / page.width),
                y: rounded(token.box.midY / page.width))
        }
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
