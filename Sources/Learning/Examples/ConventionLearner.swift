import Documents
package import Understanding

/// Sees from examples how the paper of a type is printed and how its values are written down: whether the day comes before
/// the month, whether values are written in capitals, over how many lines they run.
package struct ConventionLearner {
    private let catalog: DocumentTypeCatalog

    package init(catalog: DocumentTypeCatalog) { self.catalog = catalog }

    /// So many lines are looked at for a value; no address has more.
    private static let lineCountMax = 8
    /// Values from which it is a convention that all of them are in capitals.
    private static let capitalsMin = 3
    /// One value in so many may run over more lines than a convention says: it was found wrongly.
    private static let valuesPerStray = 30

    /// What the examples show, by type; nothing of types that the corpus draws, whose drawn documents would contradict it.
    package func conventions(of examples: [Example]) -> [String: TypeConventions] {
        var result: [String: TypeConventions] = [:]
        for (name, own) in Dictionary(grouping: examples, by: \.truth.type) {
            guard !DocumentKind.drawnTypes.contains(name), let type = catalog[name] else { continue }
            let readings = [false, true].map { found(own, type: type, isDayFirst: $0) }
            let dates = readings.map { $0.count { $0.field.kind == .date } }
            result[name] = conventions(of: type, isDayFirst: dates[1] > dates[0], found: readings[0])
        }
        return result
    }

    private typealias Found = [(field: FieldDefinition, value: String, choice: FieldLesson.Choice)]

    /// What is found of the examples' values, were they printed in the widest way.
    private func found(_ examples: [Example], type: DocumentType, isDayFirst: Bool) -> Found {
        var type = type
        let widest = type.fields.filter { Self.isWritten($0) }.map {
            ($0.name, FieldConventions(lineCountMax: Self.lineCountMax))
        }
        type.conventions = TypeConventions(
            isDayFirst: isDayFirst, fields: Dictionary(widest, uniquingKeysWith: { first, _ in first }))
        return examples.flatMap { example in
            var finder = ValueFinder(example.pages, as: type)
            _ = finder.placed(example.truth)
            return finder.found
        }
    }

    private static func isWritten(_ field: FieldDefinition) -> Bool { [.name, .text].contains(field.kind) }

    private func conventions(of type: DocumentType, isDayFirst: Bool, found: Found) -> TypeConventions {
        var conventions = TypeConventions(isDayFirst: isDayFirst)
        for field in type.fields where Self.isWritten(field) {
            let own = found.filter { $0.field.name == field.name }
            let lineCounts = own.map(\.choice.lineCount).sorted(by: >)
            let stray = min(max(1, lineCounts.count / Self.valuesPerStray), lineCounts.count - 1)
            let isCapitals =
                own.count >= Self.capitalsMin && own.allSatisfy { $0.value == $0.value.uppercased() }
                && own.contains { $0.choice.value != $0.choice.value.uppercased() }
            conventions.fields[field.name] = FieldConventions(
                isCapitals: isCapitals, lineCountMax: lineCounts.isEmpty ? 1 : lineCounts[stray])
        }
        return conventions
    }
}

extension [String: TypeConventions] {
    /// With the senders that examples name, in the fields that a type's file says name them, and the words that these
    /// share.
    package func naming(sendersOf examples: [Example], catalog: DocumentTypeCatalog) -> [String: TypeConventions] {
        var result = self
        for name in keys {
            for field in catalog[name]?.fields ?? [] {
                let values = examples.filter { $0.truth.type == name }
                    .flatMap { $0.truth.fields[field.name]?.fields ?? [] }.map(\.value.description)
                let shared = SharedWords(values)
                result[name]?.fields[field.name]?.hasCommas = shared.hasCommas
                guard field.namesSender else { continue }
                result[name]?.fields[field.name]?.senders = shared.values
                result[name]?.fields[field.name]?.words = shared.words
            }
        }
        return result
    }
}

/// What the values of a field have in common.
private struct SharedWords {
    /// The values, the commoner ones first.
    let values: [String]
    /// Words and pairs of neighbours that several values share, the commoner ones first.
    let words: [String]
    /// Whether long words within values end with a comma much more often than with a full stop.
    let hasCommas: Bool

    /// A word is shared when so many values have it.
    private static let valueCountMin = 3
    /// So many commas, and so many for each full stop, part values.
    private static let commaCountMin = 10
    private static let commasPerStop = 6
    /// Letters of a word that is known by itself, and of one that is known by its neighbour.
    private static let lengthMin = 5
    private static let pairLengthMin = 3

    init(_ values: [String]) {
        self.values = SharedWords.byCount(values, atLeast: 1)
        let parts = Set(values).map { $0.split(separator: " ").map { SharedWords.core($0) } }
        let words = parts.flatMap { Set($0.filter { SharedWords.isWord($0, of: SharedWords.lengthMin) }) }
        let pairs = parts.flatMap { words in
            let both = zip(words, words.dropFirst()).filter {
                SharedWords.isWord($0, of: SharedWords.pairLengthMin)
                    && SharedWords.isWord($1, of: SharedWords.pairLengthMin)
            }
            return Set(both.map { "\($0) \($1)" })
        }
        self.words =
            SharedWords.byCount(words, atLeast: SharedWords.valueCountMin)
            + SharedWords.byCount(pairs, atLeast: SharedWords.valueCountMin)
        let ends = values.flatMap { $0.split(separator: " ").dropLast() }.filter { $0.count >= SharedWords.lengthMin }
            .map(\.last)
        let (commas, stops) = (ends.count { $0 == "," }, ends.count { $0 == "." })
        hasCommas = commas >= SharedWords.commaCountMin && commas >= SharedWords.commasPerStop * stops
    }

    private static func byCount(_ texts: [String], atLeast least: Int) -> [String] {
        var counts: [String: Int] = [:]
        for text in texts { counts[text, default: 0] += 1 }
        return counts.filter { $0.value >= least }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// The word without the signs before and behind it.
    private static func core(_ word: Substring) -> String {
        let rest = word.drop { !$0.isLetter && !$0.isNumber }
        guard let end = rest.lastIndex(where: { $0.isLetter || $0.isNumber }) else { return "" }
        return String(rest[...end])
    }

    private static func isWord(_ text: String, of length: Int) -> Bool {
        text.count >= length && text.allSatisfy(\.isLetter)
    }
}
