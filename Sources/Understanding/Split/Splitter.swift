import Foundation

/// What has been learned about where documents begin in a stream of pages.
package struct SplitModel: Codable, Hashable, Sendable {
    /// From the upper third of a page to whether it is a document's first.
    package var firstPages: LinearClassifier
    /// From a pair of pages to whether a document begins between them; facts as `Splitter.facts` has them.
    package var boundaries: Calibration

    package init(firstPages: LinearClassifier, boundaries: Calibration) {
        self.firstPages = firstPages
        self.boundaries = boundaries
    }

    var isSound: Bool {
        firstPages.isSound && firstPages.names.count == 2
            && boundaries.weights.count == Splitter.factCount
    }
}

/// Finds where documents begin in a stream of pages.
package struct Splitter: Sendable {
    let classifier: TypeClassifier
    let model: SplitModel
    package static let factCount = 14

    package init(catalog: DocumentTypeCatalog, classifier: ClassifierModel, model: SplitModel) {
        self.classifier = TypeClassifier(catalog: catalog, model: classifier)
        self.model = model
    }

    /// How much it counts that the pages of one document agree about its type.
    private static let agreementWeight = 0.25

    /// The facts about two neighbouring pages, `separated` when a blank page stands between them.
    package func facts(_ previous: PageMarks, _ next: PageMarks, separated: Bool) -> [Double] {
        let before = classifier.probabilities([previous.features])
        let after = classifier.probabilities([next.features])
        let sameType = zip(before, after).reduce(0) { $0 + $1.0 * $1.1 }
        func likeness(_ left: Set<UInt64>, _ right: Set<UInt64>) -> Double {
            let smaller = min(left.count, right.count)
            return smaller == 0 ? 0 : Double(left.intersection(right).count) / Double(smaller)
        }
        let firstness = model.firstPages.logits(next.top)
        let shared = previous.identifiers.intersection(next.identifiers).count
        let number = next.pageNumber
        let follows =
            number.map { next in
                previous.pageNumber.map {
                    $0.number + 1 == next.number && ($0.count == nil || $0.count == next.count)
                }
                    ?? false
            } ?? false
        let closed = previous.pageNumber.map { $0.count == $0.number } ?? false
        return [
            1 - sameType, number?.number == 1 ? 1 : 0, (number?.number ?? 0) > 1 ? 1 : 0, follows ? 1 : 0,
            closed ? 1 : 0,
            likeness(previous.head, next.head), likeness(previous.words, next.words),
            Double(min(3, shared)),
            next.identifiers.isEmpty || previous.identifiers.isEmpty ? 1 : 0, shared == 0 ? 1 : 0,
            separated ? 1 : 0,
            max(-4, min(4, Double(firstness[1] - firstness[0]))),
            previous.isLandscape == next.isLandscape ? 0 : 1,
            previous.wordCount < 25 ? 1 : 0,
        ]
    }

    /// The pages of each document, by their places in `pages`; blank pages are in none, every other page in one.
    package func split(_ pages: [PageMarks]) -> [[Int]] {
        let places = pages.indices.filter { !pages[$0].isBlank }
        guard !places.isEmpty else { return [] }
        var starts = [0.0]
        for (previous, next) in zip(places, places.dropFirst()) {
            let facts = facts(pages[previous], pages[next], separated: next > previous + 1)
            starts.append(model.boundaries.probability(facts))
        }
        let types = places.map { place in
            classifier.probabilities([pages[place].features]).map { log(max(1e-3, $0)) }
        }
        return segments(starts: starts, types: types).map { $0.map { places[$0] } }
    }

    /// The likeliest segmentation, by dynamic programming over where the last document begins.
    private func segments(starts: [Double], types: [[Double]]) -> [Range<Int>] {
        func certain(_ probability: Double) -> Double { log(min(0.999, max(0.001, probability))) }
        let lengthMax = 60
        var best = [0.0]
        var cameFrom = [0]
        for end in 1...starts.count {
            var top = -Double.infinity
            var from = end - 1
            var inside = 0.0
            var agreement = [Double](repeating: 0, count: types[0].count)
            for start in stride(from: end - 1, through: max(0, end - lengthMax), by: -1) {
                for type in agreement.indices { agreement[type] += types[start][type] }
                let begins = start == 0 ? 0 : certain(starts[start])
                let score = best[start] + begins + inside + Self.agreementWeight * (agreement.max() ?? 0)
                if score > top {
                    top = score
                    from = start
                }
                inside += start == 0 ? 0 : certain(1 - starts[start])
            }
            best.append(top)
            cameFrom.append(from)
        }
        var segments: [Range<Int>] = []
        var end = starts.count
        while end > 0 {
            segments.append(cameFrom[end]..<end)
            end = cameFrom[end]
        }
        return segments.reversed()
    }
}
