import Documents

/// Examples from outside in two parts: to learn from, and to fit confidence on.
///
/// Of every four files of a type one is kept to fit confidence on, chosen by its bytes; the documents of one file stay
/// together. Of fewer than four files all are learned from.
package struct ExampleShares: Sendable {
    package let learning: [Example]
    package let calibration: [Example]

    package var isEmpty: Bool { learning.isEmpty && calibration.isEmpty }

    /// A type is taught by so many documents at least, copies among them; the corpus draws a few hundred of most types.
    static let copyTarget = 150
    /// But each document is taken so often at most: more copies teach its accidents.
    static let copiesMax = 10

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

    /// What is learned from, each document as often as makes its type heard beside thousands of drawn documents: first as
    /// it was read, then with the errors that another scan of it could bring.
    package func repeated(seed: UInt64) -> [Example] {
        let counts = Dictionary(grouping: learning, by: \.truth.type).mapValues(\.count)
        var dice = Dice("copies of examples", "\(seed)")
        let noise = ReadingNoise()
        return learning.flatMap { example in
            let copies = min(Self.copiesMax, max(1, Self.copyTarget / (counts[example.truth.type] ?? 1)))
            return (0..<copies).map { copy in
                guard copy > 0 else { return example }
                var copied = example
                copied.pages = example.pages.map { noise.read($0, using: &dice) }
                return copied
            }
        }
    }
}
