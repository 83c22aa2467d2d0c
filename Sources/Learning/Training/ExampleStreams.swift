import Documents
import Understanding

/// Streams put together of examples, in the ways that documents follow each other in real batches.
struct ExampleStreams {
    let examples: [Example]
    /// What another scan of the same sheet would do to its words.
    let noise: ReadingNoise

    struct Stream {
        var pages: [PageReading] = []
        /// The places where documents begin.
        var starts: [Int] = []

        mutating func append(_ example: Example) {
            starts.append(pages.count)
            for var page in example.pages {
                page.page.number = pages.count + 1
                pages.append(page)
            }
        }

        mutating func appendBlank(like page: PageReading) {
            var blank = page
            (blank.words, blank.checkboxes) = ([], [])
            (blank.page.number, blank.page.blank) = (pages.count + 1, true)
            pages.append(blank)
        }
    }

    /// About as many streams as examples: each example begins one, and what follows is chosen for it.
    func streams(using dice: inout Dice) -> [Stream] {
        let byFamily = Dictionary(grouping: examples.indices) { examples[$0].family }
        let byType = Dictionary(grouping: examples.indices) { examples[$0].truth.type }
        return examples.indices.map { index in
            let example = examples[index]
            var stream = Stream()
            stream.append(example)
            if dice.chance(0.1), let page = example.pages.last { stream.appendBlank(like: page) }
            let kin = (byFamily[example.family] ?? []).filter { $0 != index }
            let peers = (byType[example.truth.type] ?? []).filter { $0 != index }
            if !kin.isEmpty, dice.chance(0.6) {
                for other in kin.prefix(3) { stream.append(examples[other]) }
            } else if dice.chance(example.truth.type == "authorization_form" ? 0.4 : 0.06) {
                // A form is often faxed and mailed too, so that its copies come together; other papers seldom.
                stream.append(reread(example, using: &dice))
            } else if !peers.isEmpty, dice.chance(0.5) {
                stream.append(examples[dice.pick(peers)])
            }
            if dice.chance(0.6) { stream.append(examples[dice.below(examples.count)]) }
            return stream
        }
    }

    /// The example as a second scan of the same sheets would have it.
    private func reread(_ example: Example, using dice: inout Dice) -> Example {
        var copy = example
        copy.pages = copy.pages.map { noise.read($0, using: &dice) }
        return copy
    }
}

/// What is thought of a boundary's facts before any example was seen.
enum BoundaryPrior {
    static let calibration = Calibration(bias: 0.3, weights: BoundaryFact.allCases.map(weight))

    private static func weight(_ fact: BoundaryFact) -> Double {
        switch fact {
        case .otherType: 4.5
        case .sameLayoutSameContent: 7
        case .numberedOne, .otherKnownType: 3
        case .numberedLater, .numberFollows: -3
        case .lastOfCount, .beyondCount, .sameLayoutOtherNumbers: 2
        case .separatorSheet: 4
        case .otherKeys: 1.5
        case .headLikeness: -0.5
        case .wordLikeness: -1.5
        case .sharedIdentifiers: -0.6
        case .lacksIdentifiers: 0.4
        case .sharesNone, .otherOrientation, .looksFirst, .afterLast: 0.6
        case .afterBlank: 0.8
        case .afterFewWords: 0.3
        case .sameLayout, .otherNumbers, .sameContent: 0.5
        case .sameNumbers, .sameKeys, .sameLayoutSameNumbers, .sharedWithFirst, .numberFits: -0.5
        case .afterFirstPage: 0
        }
    }
}
