import Foundation

/// What is looked at when deciding whether a document begins on a page: facts about the page, the one before it, and the
/// first page of the document that the one before it is of.
package enum BoundaryFact: Int, CaseIterable, Sendable {
    case otherType, numberedOne, numberedLater, numberFollows, lastOfCount
    case headLikeness, wordLikeness, sharedIdentifiers, lacksIdentifiers, sharesNone
    case afterBlank, looksFirst, otherOrientation, afterFewWords
    case sameLayout, sameContent, otherNumbers, sameNumbers
    case sameLayoutOtherNumbers, sameLayoutSameNumbers, sameLayoutSameContent
    case beyondCount, numberFits, afterFirstPage, sharedWithFirst
    case otherKeys, sameKeys, separatorSheet, afterLast, otherKnownType
}

/// The pages of a stream with what the splitter asks of each.
struct SplitStream {
    let pages: [PageMarks]
    /// The places of pages that are not blank.
    let places: [Int]
    /// The probability of each type, page by page.
    let types: [[Double]]
    /// The place of `other` among the types: a later page may well look like paper of no known type.
    private let other: Int?
    /// How much more a page looks like a document's first than like a later one, in log-odds.
    private let firstness: [Double]
    /// How much more a page looks like a document's last than like an earlier one, in log-odds.
    private let lastness: [Double]
    private let copies: Copies

    init(_ pages: [PageMarks], classifier: TypeClassifier, model: SplitModel) {
        self.pages = pages
        places = pages.indices.filter { !pages[$0].isBlank }
        other = classifier.model.types.names.firstIndex(of: DocumentTypeCatalog.otherName)
        types = pages.map { $0.isBlank ? [] : classifier.probabilities([$0.features]) }
        func lead(_ model: LinearClassifier, _ features: SparseFeatures) -> Double {
            let logits = model.logits(features)
            return max(-4, min(4, Double(logits[1] - logits[0])))
        }
        firstness = pages.map { lead(model.firstPages, $0.top) }
        lastness = pages.map { lead(model.lastPages, $0.bottom) }
        copies = Copies(places.map { pages[$0] })
    }

    /// The probability that a document begins with a page, if the one before begins at `first`; both count pages that are
    /// not blank.
    func probability(first: Int, next: Int, by model: Calibration) -> Double {
        let learned = model.probability(facts(first: first, next: next))
        return copies.begins[next] != nil
            ? Calibration.logistic(log(learned / (1 - learned)) + Copies.evidence) : learned
    }

    /// The facts, in the order of `BoundaryFact`, about a page if the document before it begins at `first`; both count
    /// pages that are not blank.
    func facts(first: Int, next: Int) -> [Double] {
        let place = places[next - 1]
        let (start, before, page) = (pages[places[first]], pages[place], pages[places[next]])
        let offset = next - first
        let shared = before.identifiers.intersection(page.identifiers).count
        let likeness = page.layout.likeness(start.layout)
        let numbers = page.layout.numbers(at: start.layout)
        let (same, other) = (Double(min(6, numbers.same)) / 6, Double(min(6, numbers.other.count)) / 6)
        let keys = page.layout.keys(under: start.layout)
        let sameness = max(0, 2 * page.layout.sameness(start.layout) - 1)
        let number = page.pageNumber
        let sameType = zip(types[place], types[places[next]]).reduce(0) { $0 + $1.0 * $1.1 }
        let follows =
            number.flatMap { next in
                before.pageNumber.map { $0.number + 1 == next.number && ($0.count == nil || $0.count == next.count) }
            } ?? false
        func fact(_ isSo: Bool) -> Double { isSo ? 1 : 0 }
        let facts: [BoundaryFact: Double] = [
            .otherType: 1 - sameType,
            .otherKnownType: otherKnownType(place, places[next]),
            .numberedOne: fact(number?.number == 1), .numberedLater: fact((number?.number ?? 0) > 1),
            .numberFollows: fact(follows),
            .lastOfCount: fact(before.pageNumber.map { $0.count == $0.number } ?? false),
            .headLikeness: SplitStream.likeness(before.head, page.head),
            .wordLikeness: SplitStream.likeness(before.words, page.words),
            .sharedIdentifiers: Double(min(3, shared)),
            .lacksIdentifiers: fact(page.identifiers.isEmpty || before.identifiers.isEmpty),
            .sharesNone: fact(shared == 0), .afterBlank: fact(places[next] > place + 1),
            .looksFirst: firstness[places[next]], .afterLast: lastness[place],
            .otherOrientation: fact(before.isLandscape != page.isLandscape),
            .afterFewWords: fact(before.wordCount < 25),
            .sameLayout: likeness, .sameContent: sameness, .otherNumbers: other, .sameNumbers: same,
            .sameLayoutOtherNumbers: likeness * other, .sameLayoutSameNumbers: likeness * same,
            .sameLayoutSameContent: likeness * sameness,
            .beyondCount: fact(start.pageNumber?.count.map { offset >= $0 } ?? false),
            .numberFits: fact(number.map { $0.number == offset + 1 } ?? false), .afterFirstPage: fact(offset == 1),
            .otherKeys: Double(min(2, keys.other.count)) / 2, .sameKeys: Double(min(2, keys.same)) / 2,
            .separatorSheet: fact(page.isSeparator || before.isSeparator),
            .sharedWithFirst: Double(min(3, start.identifiers.intersection(page.identifiers).count)) / 3,
        ]
        return BoundaryFact.allCases.map { facts[$0] ?? 0 }
    }

    /// The probability that two pages are of two types of which neither is `other`.
    private func otherKnownType(_ left: Int, _ right: Int) -> Double {
        func known(_ place: Int) -> [Double] {
            types[place].enumerated().map { $0.offset == other ? 0 : $0.element }
        }
        let (left, right) = (known(left), known(right))
        return left.reduce(0, +) * right.reduce(0, +) - zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static func likeness(_ left: Set<UInt64>, _ right: Set<UInt64>) -> Double {
        let smaller = min(left.count, right.count)
        return smaller == 0 ? 0 : Double(left.intersection(right).count) / Double(smaller)
    }

    /// The fact as a person would say it; nil for what says nothing by itself.
    func sentence(_ fact: BoundaryFact, first: Int, next: Int) -> String? {
        switch fact {
        case .otherType: "it is of another type than the page before"
        case .numberedOne: "it is numbered page 1"
        case .lastOfCount: "the page before is numbered as its document's last"
        case .sharesNone: "it has none of the identifiers of the page before"
        case .afterBlank: "a blank page stands before it"
        case .afterLast: "the page before looks like the end of a document"
        case .looksFirst: "its upper part looks like the head of a document"
        case .otherOrientation: "it is turned the other way than the page before"
        case .afterFewWords: "a page with few words stands before it"
        case .sameLayout, .sameLayoutSameNumbers: "its layout is that of page \(pageNumber(first))"
        case .otherNumbers, .sameLayoutOtherNumbers: otherNumbers(first: first, next: next)
        case .separatorSheet: "it is a separator sheet, or follows one"
        case .otherKeys: otherKeys(first: first, next: next)
        case .sameContent, .sameLayoutSameContent: "it repeats page \(pageNumber(first))"
        case .beyondCount: "page \(pageNumber(first)) says that its document ends before"
        case .numberedLater, .numberFollows, .headLikeness, .wordLikeness, .sharedIdentifiers, .lacksIdentifiers,
            .sameNumbers, .sameKeys, .otherKnownType, .numberFits, .afterFirstPage, .sharedWithFirst:
            nil
        }
    }

    /// Where a copy, or what was copied, begins with the page or ends before it: which pages say so.
    func copySentence(next: Int) -> String? {
        guard let pair = copies.begins[next] else { return nil }
        let (copy, original) = (pages[places[pair.copy]].number, pages[places[pair.original]].number)
        return "page \(copy) is a copy of page \(original), and a copy is as long as its original"
    }

    private func otherKeys(first: Int, next: Int) -> String? {
        let other = pages[places[next]].layout.keys(under: pages[places[first]].layout).other
        return other.min { String(decoding: $0, as: UTF8.self) < String(decoding: $1, as: UTF8.self) }.map {
            "\(String(decoding: $0, as: UTF8.self)) has the label of another number on page \(pageNumber(first))"
        }
    }

    /// A page's number within the file.
    private func pageNumber(_ index: Int) -> Int { pages[places[index]].number }

    private func otherNumbers(first: Int, next: Int) -> String? {
        let other = pages[places[next]].layout.numbers(at: pages[places[first]].layout).other
        guard let number = other.max(by: { $0.plain.count < $1.plain.count }) else { return nil }
        let text = String(decoding: number.plain, as: UTF8.self)
        return "\(text) stands where page \(pageNumber(first)) has another number"
    }
}
