import Documents

/// What optical reading does to words, for pages that were drawn and not read: confused letters, lost, split and joined
/// words, boxes a little off, confidence that knows of some of it.
///
/// The confusions are those that Tesseract makes on worn office scans; how many is drawn anew for each page.
struct ReadingNoise {
    /// The share of letters confused on the worst pages.
    var confusionMax = 0.02

    private static let confusions: [Character: [Character]] = [
        "0": ["O", "o", "6"], "O": ["0", "Q"], "1": ["l", "I", "7"], "l": ["1", "I", "i"],
        "I": ["l", "1"],
        "5": ["S", "6"], "S": ["5", "s"], "8": ["B", "3", "6"], "B": ["8", "R"], "2": ["Z", "7"],
        "Z": ["2"],
        "6": ["8", "5", "b"], "3": ["8", "9"], "4": ["A", "1"], "7": ["1", "/"], "9": ["g", "4"],
        "c": ["e", "o"],
        "e": ["c", "o"], "a": ["o", "e"], "u": ["v", "n"], "n": ["u", "r"], "m": ["n"], "h": ["b"],
        "t": ["f", "l"],
        "f": ["t"], "i": ["l", "1"], "g": ["q", "9"], ".": [",", "-"], ",": ["."], "-": ["~", "."],
        "$": ["S", "5"],
        ":": [";", "."], "C": ["G", "("], "D": ["O", "0"], "E": ["F"], "P": ["F"], "N": ["M"],
        "M": ["N"], "/": ["7", "l"],
    ]

    func read(_ page: PageReading, using generator: inout Dice) -> PageReading {
        var page = page
        let wear = generator.unit()
        let rate = wear * wear * confusionMax
        var words: [Word] = []
        for word in page.words {
            if generator.chance(rate * 0.3) { continue }
            let printed = word.text
            var word = word
            word.text = garbled(printed, rate: rate, using: &generator)
            let doubt = word.text == printed ? 0.12 * wear : 0.5
            word.confidence = Confidence(0.97 - doubt * generator.unit())
            let shift = word.box.height * 0.06
            word.box.left += shift * (generator.unit() - 0.5)
            word.box.right += shift * (generator.unit() - 0.5)
            word.box.top += shift * (generator.unit() - 0.5)
            word.box.bottom += shift * (generator.unit() - 0.5)
            words += generator.chance(rate * 0.4) ? split(word, using: &generator) : [word]
        }
        page.words = words
        page.page.source = .ocr
        return page
    }

    private func garbled(_ text: String, rate: Double, using generator: inout Dice)
        -> String
    {
        var result = ""
        for character in text {
            guard generator.chance(rate) else {
                result.append(character)
                continue
            }
            if let others = Self.confusions[character] {
                result.append(others[generator.below(others.count)])
            } else if generator.chance(0.7) {
                result.append(character)
            }
        }
        return result.isEmpty ? text : result
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
