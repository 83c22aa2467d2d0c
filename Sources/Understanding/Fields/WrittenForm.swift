/// Brings what is read of a field into the form in which the examples of its type have its values.
struct WrittenForm: Sendable {
    private let conventions: FieldConventions
    private let senders: [Known]
    private let words: [Known]
    private let pairs: [(first: Known, second: Known)]

    /// What examples have, as written and by its letters and digits.
    private struct Known: Sendable {
        var text: String
        var plain: [UInt8]
        var digits: [UInt8]

        init(_ text: some StringProtocol) {
            self.text = String(text)
            plain = Token.plain(text)
            digits = plain.filter { (0x30...0x39).contains($0) }
        }
    }

    /// A name of so few letters and digits must agree in all of them; of a longer one, one in so many may be misread,
    /// and one more.
    private static let exactLengthMax = 7
    private static let lettersPerError = 12
    /// Digits of a name that may be misread: two branches of one sender differ in more.
    private static let digitErrorMax = 2
    /// A word of so many letters is known by itself, and may have two errors when it has so many.
    static let wordLengthMin = 5
    private static let longWordLengthMin = 8
    /// A shorter one is known by its neighbour.
    static let pairLengthMin = 3
    /// Behind a word of so many letters a full stop marks no short form.
    static let fullLengthMin = 4

    init(_ conventions: FieldConventions) {
        self.conventions = conventions
        senders = conventions.senders.map { Known($0) }
        let parts = conventions.words.map { $0.split(separator: " ") }
        words = parts.filter { $0.count == 1 }.map { Known($0[0]) }
        pairs = parts.filter { $0.count == 2 }.map { (Known($0[0]), Known($0[1])) }
    }

    /// The value as examples would have it: in capitals where they are, no space before a comma or full stop, and words
    /// and senders that are known spelled as they are known where reading erred a little.
    func value(_ read: String) -> String {
        var value = conventions.isCapitals ? read.uppercased() : read
        if isKnown(value) { return value }
        for sign in [",", "."] { value = value.replacing(" \(sign)", with: sign) }
        value = sender(value) ?? mended(value.replacing(".,", with: ","))
        return sender(value) ?? value
    }

    private func isKnown(_ value: String) -> Bool { senders.contains { $0.text == value } }

    /// The known sender that a value is, all but a few letters.
    private func sender(_ value: String) -> String? {
        guard !senders.isEmpty, !isKnown(value) else { return nil }
        let known = Known(value)
        let limit = known.plain.count <= Self.exactLengthMax ? 0 : 1 + known.plain.count / Self.lettersPerError
        var best: (text: String, distance: Int)?
        for sender in senders {
            guard let distance = EditDistance.between(known.plain, sender.plain, limit: limit),
                distance < best?.distance ?? limit + 1,
                EditDistance.between(known.digits, sender.digits, limit: Self.digitErrorMax) != nil
            else { continue }
            best = (sender.text, distance)
        }
        return best?.text
    }

    // MARK: Words

    /// A word of a value, its signs apart.
    fileprivate struct Part {
        var before: Substring
        var core: String
        var after: String

        init(_ word: Substring) {
            before = word.prefix { !$0.isLetter && !$0.isNumber }
            let rest = word.dropFirst(before.count)
            let end = rest.lastIndex { $0.isLetter || $0.isNumber }.map { rest.index(after: $0) } ?? rest.startIndex
            core = String(rest[..<end])
            after = String(rest[end...])
        }
    }

    private func mended(_ value: String) -> String {
        var parts = value.split(separator: " ").map { Part($0) }
        guard !words.isEmpty || !pairs.isEmpty || conventions.hasCommas else { return value }
        for index in parts.indices {
            if index + 1 < parts.count, parts[index].after.isEmpty || parts[index].after == ".",
                let pair = pair(parts[index].core, parts[index + 1].core)
            {
                (parts[index].core, parts[index + 1].core) = (pair.first.text, pair.second.text)
            }
            if let word = word(parts[index].core) { parts[index].core = word }
            if conventions.hasCommas, index + 1 < parts.count, parts[index].after == ".", parts[index].isFull {
                parts[index].after = ","
            }
        }
        return parts.map { "\($0.before)\($0.core)\($0.after)" }.joined(separator: " ")
    }

    /// The known word that a word is, all but a letter; nil when it is one, or none alone.
    private func word(_ read: String) -> String? {
        let plain = Token.plain(read)
        guard plain.count >= Self.wordLengthMin, !words.contains(where: { $0.plain == plain }) else { return nil }
        let limit = plain.count >= Self.longWordLengthMin ? 2 : 1
        let near = words.filter {
            $0.plain.count >= Self.wordLengthMin && EditDistance.between(plain, $0.plain, limit: limit) != nil
        }
        return near.count == 1 ? near[0].text : nil
    }

    /// The known neighbours that two words are, all but a letter in each; nil when they are, or are none alone.
    private func pair(_ first: String, _ second: String) -> (first: Known, second: Known)? {
        let (one, two) = (Token.plain(first), Token.plain(second))
        guard one.count >= Self.pairLengthMin, two.count >= Self.pairLengthMin,
            !pairs.contains(where: { $0.first.plain == one && $0.second.plain == two })
        else { return nil }
        let near = pairs.filter {
            EditDistance.between(one, $0.first.plain, limit: 1) != nil
                && EditDistance.between(two, $0.second.plain, limit: 1) != nil
        }
        return near.count == 1 ? near[0] : nil
    }
}

extension WrittenForm.Part {
    /// Whether the word is no short form: it has a digit, or letters enough.
    fileprivate var isFull: Bool { core.count >= WrittenForm.fullLengthMin || core.contains(where: \.isNumber) }
}
