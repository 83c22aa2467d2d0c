package import Foundation

/// Draws labelled mail: letters, remittances, forms and what else a mailroom gets, by grammars of layouts.
///
/// The same seed gives the same documents, and the same bytes with the same fonts installed.
package struct CorpusGenerator: Sendable {
    let seed: UInt64
    let words: WordLists
    let kinds: [DocumentKind]
    /// Whether every file holds one document.
    let hasSingles: Bool
    let measure = TypeMeasure()

    /// - Parameters:
    ///   - wordLists: the folder `Corpus/words`.
    ///   - outlines: a file of outlines that are drawn in place of the corpus's kinds, a document a file; their words
    ///     come from `wordLists`. An outline's name begins with its document type, `id_card/folded`.
    package init(seed: UInt64, wordLists: URL, outlines: URL? = nil) throws(LearningError) {
        self.seed = seed
        words = try WordLists(folder: wordLists)
        kinds =
            try outlines.map { url throws(LearningError) in
                DocumentKind.outlined(try WordLists.outlines(of: url))
            } ?? DocumentKind.all(words)
        hasSingles = outlines != nil
    }

    /// The document with this number, of a family of `split` when one is named.
    ///
    /// It takes about a millisecond: nothing is rendered.
    package func document(index: Int, split: CorpusSplit? = nil) throws(LearningError) -> LabelledDocument {
        var dice = Dice("document", "\(seed)", "\(index)", split?.rawValue ?? "")
        return try document(of: kind(for: split, dice: &dice), split: split, dice: &dice)
    }

    /// A kind of the day's mail, as often as it comes; of those that only one split draws, only for that one.
    func kind(for split: CorpusSplit?, dice: inout Dice) -> DocumentKind {
        let drawn = kinds.filter { $0.onlySplit == nil || $0.onlySplit == split }
        return dice.pick(weighted: drawn.map { ($0, $0.weight) })
    }

    /// A document of the family, its values chosen by `number`: papers that look alike and say different things.
    package func document(family: String, number: Int) throws(LearningError) -> LabelledDocument {
        guard let kind = kinds.first(where: { family.hasPrefix($0.name + "/") }) else {
            throw LearningError(.badDrawing, "No kind of document has a family named \(family).")
        }
        var dice = Dice("family document", "\(seed)", family, "\(number)")
        return try draw(kind, family: family, dice: &dice)
    }

    func document(of kind: DocumentKind, split: CorpusSplit?, dice: inout Dice) throws(LearningError)
        -> LabelledDocument
    {
        var family = CorpusGenerator.family(of: kind, &dice)
        while let split, CorpusSplit(family: family) != split { family = CorpusGenerator.family(of: kind, &dice) }
        return try draw(kind, family: family, dice: &dice)
    }

    /// One of the kind's 600 families; the first ones come more often, as some payers write more than others.
    private static func family(of kind: DocumentKind, _ dice: inout Dice) -> String {
        let place = dice.unit()
        return "\(kind.name)/\(Int(place * place * 600))"
    }

    private func draw(_ kind: DocumentKind, family: String, dice: inout Dice) throws(LearningError) -> LabelledDocument
    {
        var shape = Dice("shape", family)
        let landscape = shape.chance(kind.landscapeShare)
        let style = Style(family: family, labels: words.labels, typewriter: shape.chance(kind.typewriterShare))
        let composer = Composer(measure: measure, style: style, dice: Dice(seed: dice.next()), landscape: landscape)
        var source = Source(dice: Dice(seed: dice.next()), words: words, style: style)
        kind.draw(composer, &source)
        composer.addTraces(&source)
        return try LabelledDocument(
            family: family, kind: kind, pages: composer.pages,
            values: composer.truth.values.values.sorted { $0.tag.path < $1.tag.path })
    }
}
