import Documents

/// What optical reading does to words, for pages that were drawn and not read: letters misread, words lost, split and
/// joined, and confidence that knows of some of it.
///
/// All of it is measured, on pages whose words are known as they were drawn and as they were read (`NoiseMeasure`); each page
/// is read as badly as one of those was.
package struct ReadingNoise: Sendable {
    /// How one of the measured pages was read.
    struct PageNoise: Sendable {
        /// The share of letters that were misread, of words that were lost, were read as two, and as one with the next.
        var misread, lost, split, joined: Double
        /// Confidences of the words that were read rightly: eleven of them, from the least to the greatest.
        var confidences: [Double]
        /// How far a word's edges were from where they were drawn, in heights of the word; a standard deviation.
        var jitter: Double
    }

    /// How one letter is misread.
    struct Confusion: Sendable {
        /// How many times as often as the mean letter.
        var likelihood: Double
        /// What is read for it, with how often; nothing where the letter is lost.
        var readings: [(String, Double)]
    }

    var pages: [PageNoise] = []
    var confusions: [Character: Confusion] = [:]
    /// Confidences of words that were misread, from the least to the greatest.
    var doubts: [Double] = []

    /// How many pages it was measured on.
    package var pageCount: Int { pages.count }
    /// The share of letters that are misread, on the mean page.
    package var misreadShare: Double { mean(\.misread) }
    /// The share of words that are not read at all, on the mean page.
    package var lostShare: Double { mean(\.lost) }

    private func mean(_ share: KeyPath<PageNoise, Double>) -> Double {
        pages.reduce(0) { $0 + $1[keyPath: share] } / Double(max(1, pages.count))
    }

    /// What is read most often for a letter where it is misread; nil for a letter that never was.
    package func likeliestMisreading(of letter: Character) -> String? {
        confusions[letter]?.readings.max { ($0.1, $1.0) < ($1.1, $0.0) }?.0
    }

    func read(_ page: PageReading, using generator: inout Dice) -> PageReading {
        guard !pages.isEmpty else { return page }
        let noise = generator.pick(pages)
        var page = page
        var words: [Word] = []
        for word in page.words {
            if generator.chance(noise.lost) { continue }
            let read = misread(word, noise, using: &generator)
            if let last = words.last, last.line == word.line, generator.chance(noise.joined) {
                words[words.count - 1] = ReadingNoise.joined(last, read)
            } else {
                words += generator.chance(noise.split) ? split(read, using: &generator) : [read]
            }
        }
        page.words = words
        page.page.source = .ocr
        return page
    }

    private func misread(_ word: Word, _ noise: PageNoise, using generator: inout Dice) -> Word {
        let printed = word.text
        var word = word
        var text = ""
        for character in printed {
            let confusion = confusions[character]
            if let confusion, generator.chance(min(0.5, noise.misread * confusion.likelihood)) {
                text += generator.pick(weighted: confusion.readings)
            } else {
                text.append(character)
            }
        }
        word.text = text.isEmpty ? printed : text
        let known = word.text == printed || doubts.isEmpty ? noise.confidences : doubts
        word.confidence = Confidence(known.isEmpty ? 0.9 : generator.pick(known))
        // Even, over a width that has the deviation measured.
        let shift = word.box.height * noise.jitter * 3.46
        word.box.left += shift * (generator.unit() - 0.5)
        word.box.right += shift * (generator.unit() - 0.5)
        word.box.top += shift * (generator.unit() - 0.5)
        word.box.bottom += shift * (generator.unit() - 0.5)
        return word
    }

    private static func joined(_ left: Word, _ right: Word) -> Word {
        var word = left
        word.text += right.text
        word.box = left.box.union(right.box)
        word.confidence = min(left.confidence, right.confidence)
        return word
    }

    private func split(_ word: Word, using generator: inout Dice) -> [Word] {
        let characters = Array(word.text)
        guard characters.count > 3 else { return [word] }
        let cut = 1 + generator.below(characters.count - 2)
        let middle = word.box.left + word.box.width * Double(cut) / Double(characters.count)
        var first = word
        var second = word
        first.text = String(characters[..<cut])
        first.box.right = middle - 1
        second.text = String(characters[cut...])
        second.box.left = middle + 1
        return [first, second]
    }
}
