import Documents

/// Every label of a document type, ready to be found on a page in whatever spelling reading left it.
struct LabelLexicon: Sendable {
    /// One thing that labels announce: a field, a field of a claim, a column of lines.
    struct Target: Sendable {
        var scope: DocumentScope
        var definition: FieldDefinition
        var shape: CandidateShape?
        /// The same for fields of the same name, whatever their type: what is learned of one serves the other.
        var key: UInt64
        /// The form in which its values are given, where examples taught one.
        var form: WrittenForm?
        /// Over how many lines a value runs at most, where examples taught that.
        var lineCountMax = 1
    }

    struct Phrase: Sendable {
        var words: [Int]
        var target: Int
        var letterCount: Int
    }

    let typeName: String
    /// What examples taught of the type's paper.
    let conventions: TypeConventions?
    let targets: [Target]
    let words: [[UInt8]]
    let phrases: [Phrase]
    /// The phrases that begin with each word.
    let phrasesByFirstWord: [[Int]]
    private let wordIndexes: [[UInt8]: Int]
    private let wordsByLength: [[Int]]
    private let wordLetters: [UInt64]

    init(_ type: DocumentType) {
        var targets: [Target] = []
        func add(_ definitions: [FieldDefinition], _ scope: DocumentScope) {
            for definition in definitions {
                targets.append(
                    Target(
                        scope: scope, definition: definition,
                        shape: definition.parts.isEmpty ? CandidateShape(definition.kind) : nil,
                        key: StableHash.of(definition.name, seed: 11)))
            }
        }
        add(type.fields, .document)
        add(type.claims?.fields ?? [], .claim)
        add(type.claims?.serviceLines ?? [], .line)
        add(type.lineItems, .line)
        for index in targets.indices where targets[index].scope == .document {
            guard let taught = type.conventions?.fields[targets[index].definition.name] else { continue }
            targets[index].form = WrittenForm(taught)
            targets[index].lineCountMax = taught.lineCountMax
        }
        typeName = type.name
        conventions = type.conventions
        self.targets = targets
        var words: [[UInt8]] = []
        var indexes: [[UInt8]: Int] = [:]
        var phrases: [Phrase] = []
        for (index, target) in targets.enumerated() {
            var seen: Set<[Int]> = []
            for label in target.definition.labels {
                let parts = LabelLexicon.words(of: label)
                let ids = parts.map { part in
                    if let known = indexes[part] { return known }
                    indexes[part] = words.count
                    words.append(part)
                    return words.count - 1
                }
                guard !ids.isEmpty, seen.insert(ids).inserted else { continue }
                phrases.append(
                    Phrase(words: ids, target: index, letterCount: parts.reduce(0) { $0 + $1.count }))
            }
        }
        self.words = words
        wordLetters = words.map(EditDistance.letters)
        self.phrases = phrases
        wordIndexes = indexes
        var byFirst = [[Int]](repeating: [], count: words.count)
        for (index, phrase) in phrases.enumerated() { byFirst[phrase.words[0]].append(index) }
        phrasesByFirstWord = byFirst
        var byLength = [[Int]](repeating: [], count: 32)
        for (index, word) in words.enumerated() { byLength[min(31, word.count)].append(index) }
        wordsByLength = byLength
    }

    /// Over how many lines values of a shape run at most, as examples taught.
    func lineCountMax(of shape: CandidateShape) -> Int {
        targets.lazy.filter { $0.shape == shape }.map(\.lineCountMax).max() ?? 1
    }

    /// A label's words as pages are compared with them.
    static func words(of label: String) -> [[UInt8]] {
        label.split { $0.isWhitespace || $0 == "/" || $0 == "(" || $0 == ")" || $0 == "," }
            .flatMap { part -> [Substring] in
                guard let sign = part.firstIndex(of: "#"), part.count > 1 else { return [part] }
                return [part[..<sign], "#"]
            }
            .map { TradeWords.canonical(Token.plain($0)) }
            .filter { !$0.isEmpty && $0 != [UInt8(ascii: "S")] }
    }

    /// The words of labels that a word of the page may be, each with its likeness.
    func matches(_ canonical: [UInt8]) -> [(word: Int, likeness: Double)] {
        if let exact = wordIndexes[canonical] { return [(exact, 1)] }
        guard canonical.count >= 4, canonical.count < 24 else { return [] }
        var found: [(word: Int, likeness: Double)] = []
        let slack = canonical.count >= 9 ? 2 : 1
        let letters = EditDistance.letters(of: canonical)
        for length in max(4, canonical.count - slack)...min(31, canonical.count + slack) {
            for word in wordsByLength[length] where EditDistance.mayBeNear(letters, wordLetters[word], limit: slack) {
                let likeness = EditDistance.likeness(canonical, words[word])
                if likeness > 0 { found.append((word, likeness)) }
            }
        }
        return found
    }
}

/// Which part of a document a value belongs to.
enum DocumentScope: Int, Sendable {
    case document, claim, line
}
