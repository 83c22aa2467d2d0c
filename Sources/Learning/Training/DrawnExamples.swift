package import Foundation

/// Examples drawn by the corpus generator, their words as drawn.
package struct DrawnExamples {
    private let generator: CorpusGenerator

    package init(seed: UInt64, wordLists: URL) throws {
        generator = try CorpusGenerator(seed: seed, wordLists: wordLists)
    }

    /// The first `count` documents of a split; two splits share no layout.
    package func examples(_ split: CorpusSplit, count: Int) throws -> [Example] {
        try (0..<count).map { index in
            let document = try generator.document(index: index, split: split)
            return Example(pages: document.readings, truth: document.truth, family: document.family)
        }
    }
}
