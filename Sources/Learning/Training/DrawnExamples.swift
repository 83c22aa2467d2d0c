package import Foundation

/// Examples drawn by the corpus generator, their words as drawn.
package struct DrawnExamples {
    private let generator: CorpusGenerator

    /// - Parameter outlines: a file of outlines to draw in place of the corpus's kinds.
    package init(seed: UInt64, wordLists: URL, outlines: URL? = nil) throws {
        generator = try CorpusGenerator(seed: seed, wordLists: wordLists, outlines: outlines)
    }

    /// The first `count` documents of a split; two splits share no layout.
    package func examples(_ split: CorpusSplit, count: Int) throws -> [Example] {
        try (0..<count).map { index in
            let document = try generator.document(index: index, split: split)
            return Example(pages: document.readings, truth: document.truth, family: document.family)
        }
    }
}
