import Documents

extension [Word] {
    /// The words, with letters that no print has where they stand made those that they look like: `lnsurance` is
    /// `Insurance`, `20 Ib` is `20 lb`.
    func withoutImpossibleLetters() -> [Word] {
        indices.map { index in
            var word = self[index]
            let before = index > startIndex && self[index - 1].line == word.line ? self[index - 1].text : ""
            if let text = word.text.withCapitalI ?? word.text.asPounds(after: before) { word.text = text }
            return word
        }
    }
}

extension String {
    /// With an `I` for an `l` that a consonant follows: no English word begins so.
    fileprivate var withCapitalI: String? {
        prefixMatch(of: /l[bcdfghkmnpqrstvwxz][a-z]{2,}/) == nil ? nil : "I" + dropFirst()
    }

    /// `lb` for what looks like it behind a number.
    fileprivate func asPounds(after number: String) -> String? {
        guard number.last?.isNumber == true, let sign = prefixMatch(of: /[IiL1|]bs?(?=\W|$)/) else { return nil }
        return "l" + sign.output.dropFirst() + self[sign.range.upperBound...]
    }
}
