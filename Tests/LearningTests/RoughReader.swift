import Documents
import Foundation
import Learning

/// A reader for tests that misreads drawn pages at known rates: every fortieth word is lost, every twentieth `e` is a `c`,
/// every tenth `0` an `O`, and nothing else.
struct RoughReader {
    private var word = 0
    private var letters: [Character: Int] = [:]

    static let lostEvery = 40
    static let misreadings: [Character: (every: Int, read: Character)] = ["e": (20, "c"), "0": (10, "O")]

    mutating func read(_ page: PageReading) -> PageReading {
        var page = page
        page.page.source = .ocr
        page.words = page.words.compactMap { printed in
            word += 1
            guard word % Self.lostEvery != 0 else { return nil }
            var read = printed
            read.text = String(printed.text.map { misread($0) })
            read.confidence = read.text == printed.text ? 0.95 : 0.6
            return read
        }
        return page
    }

    private mutating func misread(_ letter: Character) -> Character {
        guard let (every, read) = Self.misreadings[letter] else { return letter }
        letters[letter, default: 0] += 1
        return letters[letter, default: 0] % every == 0 ? read : letter
    }

    /// What it does to words, as it is measured on drawn documents.
    static let noise = Result {
        var reader = RoughReader()
        var measure = NoiseMeasure()
        for example in try DrawnExamples(seed: 43, wordLists: CorpusFolders.words).examples(.training, count: 80) {
            for page in example.pages { measure.add(drawn: page, read: reader.read(page)) }
        }
        return measure.noise
    }
}
