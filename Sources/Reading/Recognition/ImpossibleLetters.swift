import Documents

extension [Word] {
    /// The words, with letters that no print has where they stand made those that they look like: `lnsurance` is
    /// `Insurance`, `20 Ib` is `20 lb`.
    func withoutImpossibleLetters() -> [Word] {
        indices.map { index in
            var word = self[index]
            if let text = word.text.withCapitalI ?? (follows(index) ? word.text.asPounds : nil) { word.text = text }
            return word
        }
    }

    /// Whether a word stands right behind a number.
    private func follows(_ index: Int) -> Bool {
        guard index > startIndex, self[index - 1].line == self[index].line,
            self[index - 1].text.last?.isNumber == true
        else { return false }
        return self[index].box.left - self[index - 1].box.right < self[index].box.height
    }
}

extension String {
    /// With an `I` for an `l` that a consonant follows, and in `lan`: no English word is written so, but for short forms of up
    /// to four letters and addresses.
    fileprivate var withCapitalI: String? {
        wholeMatch(of: /l([bcdfghkmnpqrstvwxz][a-z]{3,}|an|da|ra|vy)[,.;:]?/) == nil ? nil : "I" + dropFirst()
    }

    /// `lb` for what looks like it.
    fileprivate var asPounds: String? {
        wholeMatch(of: /[IiL|]bs?[,.;:]?/) == nil ? nil : "l" + dropFirst()
    }
}
