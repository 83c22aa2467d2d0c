import Foundation

/// What has been learned about where documents begin in a stream of pages.
package struct SplitModel: Codable, Hashable, Sendable {
    /// From the upper third of a page to whether it is a document's first.
    package var firstPages: LinearClassifier
    /// From the words of a page, the lower ones above all, to whether it is a document's last.
    package var lastPages: LinearClassifier
    /// From a page and the document before it to whether another begins there; facts as `BoundaryFacts` has them.
    package var boundaries: Calibration

    package init(firstPages: LinearClassifier, lastPages: LinearClassifier, boundaries: Calibration) {
        self.firstPages = firstPages
        self.lastPages = lastPages
        self.boundaries = boundaries
    }

    var isSound: Bool {
        [firstPages, lastPages].allSatisfy { $0.isSound && $0.names.count == 2 }
            && boundaries.weights.count == BoundaryFact.allCases.count
    }
}

/// Finds where documents begin in a stream of pages.
package struct Splitter: Sendable {
    let classifier: TypeClassifier
    let model: SplitModel

    package init(catalog: DocumentTypeCatalog, classifier: ClassifierModel, model: SplitModel) {
        self.classifier = TypeClassifier(catalog: catalog, model: classifier)
        self.model = model
    }

    /// How much it counts that the pages of one document agree about its type.
    private static let agreementWeight = 0.25
    /// A document of more pages is looked at in pieces of so many.
    private static let lengthMax = 60

    /// A document found in a stream.
    package struct Segment: Sendable {
        /// Its pages' places in the stream.
        package var places: [Int]
        /// The probability that it is these pages and no others.
        package var confidence: Double
        /// For each of its pages but the first, the probability that a document begins there all the same.
        package var inner: [Double]
        /// What its amounts say of its pages, where they were asked.
        package var sum: String?
        /// The probability that a document begins with its first page, and what speaks for it most; nil for the first one.
        package var start: Start?

        package init(places: [Int], confidence: Double, inner: [Double], start: Start? = nil) {
            self.places = places
            self.confidence = confidence
            self.inner = inner
            self.start = start
        }
    }

    /// That a document begins with a page.
    package struct Start: Sendable {
        package var probability: Double
        /// What speaks for it most, the strongest first.
        package var because: [String]

        package init(probability: Double, because: [String]) {
            self.probability = probability
            self.because = because
        }
    }

    /// The facts about each page of a stream that is not blank, but the first, given where the document before it begins.
    ///
    /// - Parameter starts: the places in `pages` where documents begin.
    package func facts(_ pages: [PageMarks], starts: Set<Int>) -> [(place: Int, facts: [Double])] {
        let stream = SplitStream(pages, classifier: classifier, model: model)
        return Splitter.pairs(stream, starts: starts).map { first, next in
            (stream.places[next], stream.facts(first: first, next: next))
        }
    }

    /// Each page but the first with the first page of the document before it; both count pages that are not blank.
    private static func pairs(_ stream: SplitStream, starts: Set<Int>) -> [(first: Int, next: Int)] {
        var first = 0
        return stream.places.indices.dropFirst().map { next in
            if starts.contains(stream.places[next - 1]) { first = next - 1 }
            return (first, next)
        }
    }

    /// For each page that is not blank, but the first, by its number: the probability that a document begins with it,
    /// given where the one before is said to begin.
    package func boundaries(_ pages: [PageMarks]) -> [Int: Double] {
        let starts = Set(split(pages).compactMap(\.places.first))
        let stream = SplitStream(pages, classifier: classifier, model: model)
        return Dictionary(
            uniqueKeysWithValues: Splitter.pairs(stream, starts: starts).map { first, next in
                (
                    pages[stream.places[next]].number,
                    stream.probability(first: first, next: next, by: model.boundaries)
                )
            })
    }

    /// The documents among the pages: blank pages are in none, every other page is in one.
    package func split(_ pages: [PageMarks]) -> [Segment] {
        let stream = SplitStream(pages, classifier: classifier, model: model)
        guard !stream.places.isEmpty else { return [] }
        let begins = stream.places.indices.map { beginnings(stream, first: $0) }
        let types = stream.places.map { place in stream.types[place].map { log(max(1e-3, $0)) } }
        return segments(begins: begins, types: types).map { segment($0, stream: stream, begins: begins) }
    }

    /// The probability for each page after `first` that a document begins with it, if the one before begins with `first`;
    /// as far as a document may reach that does.
    private func beginnings(_ stream: SplitStream, first: Int) -> [Double] {
        var row: [Double] = []
        var inside = 0.0
        for next in stream.places.indices.dropFirst(first + 1).prefix(Splitter.lengthMax) where inside > -14 {
            let probability = stream.probability(first: first, next: next, by: model.boundaries)
            row.append(probability)
            inside += Splitter.certain(1 - probability)
        }
        return row
    }

    private func segment(_ found: (range: Range<Int>, before: Int?), stream: SplitStream, begins: [[Double]]) -> Segment
    {
        let (range, before) = found
        let inner = range.dropFirst().map { begin(begins, range.lowerBound, $0) }
        var found = Segment(
            places: range.map { stream.places[$0] }, confidence: inner.reduce(1) { $0 * (1 - $1) }, inner: inner)
        if range.upperBound < begins.count {
            found.confidence *= begin(begins, range.lowerBound, range.upperBound)
        }
        if let before {
            let start = begin(begins, before, range.lowerBound)
            found.confidence *= start
            found.start = Start(
                probability: start, because: reasons(stream, first: before, next: range.lowerBound))
        }
        return found
    }

    private func begin(_ begins: [[Double]], _ first: Int, _ next: Int) -> Double {
        let row = begins[first]
        return next - first - 1 < row.count ? row[next - first - 1] : 1
    }

    private static func certain(_ probability: Double) -> Double { log(min(0.999, max(0.001, probability))) }

    /// What speaks most for a document's beginning with a page.
    private func reasons(_ stream: SplitStream, first: Int, next: Int) -> [String] {
        let facts = stream.facts(first: first, next: next)
        let weighed = BoundaryFact.allCases.map { ($0, model.boundaries.weights[$0.rawValue] * facts[$0.rawValue]) }
        let learned = weighed.filter { $0.1 > 0.5 }.sorted { ($1.1, $0.0.rawValue) < ($0.1, $1.0.rawValue) }
            .compactMap { stream.sentence($0.0, first: first, next: next) }
        return Array(([stream.copySentence(next: next)].compactMap(\.self) + learned).prefix(3))
    }

    /// The likeliest segmentation, by dynamic programming over where the last document begins; each with the beginning of
    /// the one before it.
    private func segments(begins: [[Double]], types: [[Double]]) -> [(range: Range<Int>, before: Int?)] {
        let count = begins.count
        // best[s]: the worth of all before s when a document begins at s; count is the end of the stream.
        var best = [0.0] + [Double](repeating: -.infinity, count: count)
        var cameFrom = [Int](repeating: 0, count: count + 1)
        for first in 0..<count where best[first] > -.infinity {
            var inside = 0.0
            var agreement = [Double](repeating: 0, count: types[0].count)
            for next in (first + 1)...min(count, first + 1 + begins[first].count) {
                for type in agreement.indices { agreement[type] += types[next - 1][type] }
                let begins = next == count ? nil : begin(begins, first, next)
                let worth =
                    best[first] + inside + (begins.map(Splitter.certain) ?? 0)
                    + Splitter.agreementWeight * (agreement.max() ?? 0)
                if worth > best[next] { (best[next], cameFrom[next]) = (worth, first) }
                inside += begins.map { Splitter.certain(1 - $0) } ?? 0
            }
        }
        var starts: [Int] = []
        var end = count
        while end > 0 {
            end = cameFrom[end]
            starts.append(end)
        }
        starts.reverse()
        return starts.indices.map { index in
            (
                starts[index]..<(index + 1 < starts.count ? starts[index + 1] : count),
                index > 0 ? starts[index - 1] : nil
            )
        }
    }
}
