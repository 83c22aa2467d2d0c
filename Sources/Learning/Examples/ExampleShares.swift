import Documents

/// Examples from outside in two parts: to learn from, and to fit confidence on.
///
/// Of every four files of a type one is kept to fit confidence on, chosen by its bytes; the documents of one file stay
/// together. Of fewer than four files all are learned from.
package struct ExampleShares: Sendable {
    package let learning: [Example]
    package let calibration: [Example]

    package var isEmpty: Bool { learning.isEmpty && calibration.isEmpty }

    package init(_ examples: [Example]) {
        let files = Dictionary(grouping: examples, by: \.family)
        let byType = Dictionary(grouping: files.values, by: { $0.first?.truth.type ?? "" })
        var held: Set<String> = []
        for files in byType.values {
            let families = files.compactMap(\.first?.family).sorted { Dice.hash($0) < Dice.hash($1) }
            held.formUnion(families.prefix(families.count / 4))
        }
        learning = examples.filter { !held.contains($0.family) }
        calibration = examples.filter { held.contains($0.family) }
    }

    /// What is learned from, each document as often as makes its type heard beside thousands of drawn documents, ten
    /// times at most: first as it was read, then with the errors that another scan of it could bring.
    package func repeated(seed: UInt64, noise: ReadingNoise) -> [Example] {
        copies(target: 400, most: 10, dice: Dice("copies of examples", "\(seed)")) { page, copy, dice in
            copy > 0 ? noise.read(page, using: &dice) : page
        }
    }

    /// The same documents with a third of their lines lost, to learn types from: a few layouts share words that others of
    /// the type lack, and a type must be known by any part of what tells it.
    package func fragments(seed: UInt64, noise: ReadingNoise) -> [Example] {
        copies(target: 400, most: 30, dice: Dice("fragments of examples", "\(seed)")) { page, _, dice in
            var page = noise.read(page, using: &dice)
            let lost = Set(Set(page.words.map(\.line)).sorted().filter { _ in dice.chance(0.35) })
            page.words.removeAll { lost.contains($0.line) }
            return page
        }
    }

    /// Each document so often that its type comes to `target` copies, but no more than `most` times; `changed` makes a
    /// copy's pages, told the copy's number from 0.
    private func copies(
        target: Int, most: Int, dice: Dice, changed: (PageReading, Int, inout Dice) -> PageReading
    ) -> [Example] {
        var dice = dice
        let counts = Dictionary(grouping: learning, by: \.truth.type).mapValues(\.count)
        return learning.flatMap { example in
            (0..<min(most, max(1, target / (counts[example.truth.type] ?? 1)))).map { copy in
                var example = example
                example.pages = example.pages.map { changed($0, copy, &dice) }
                return example
            }
        }
    }
}
