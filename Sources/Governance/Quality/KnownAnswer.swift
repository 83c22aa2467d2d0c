package import Documents
package import Understanding

/// One value of a settled document that is shown altered, to see whether a reviewer looks at the ink.
package struct KnownAnswer: Codable, Hashable, Sendable {
    /// The place of the value in the document as it was read.
    package let path: String
    /// The altered value.
    package let shown: String
    /// What people settled on before.
    package let truth: String
    /// The ink, by which the value is known again wherever it stands.
    let page: Int
    let box: Box

    /// So many alterations are looked at more closely than by their lots.
    private static let attemptCountMax = 12

    /// Alters one of the values at `definitions` that were read right; nil where there is none that can be altered.
    ///
    /// The choice is drawn by `seed`: the same seed alters the same. An alteration by which a sum fails that held is taken
    /// only where there is no other, for the page would point at it.
    package init?(
        in read: Document, settled: Document, among definitions: Set<String>, vocabulary: Vocabulary,
        type: DocumentType,
        seed: String
    ) {
        let truths = Dictionary(
            settled.locatedFields.map { ($0.path, $0.field.value) }, uniquingKeysWith: { first, _ in first })
        let answers = read.locatedFields.flatMap { located -> [KnownAnswer] in
            guard definitions.contains(located.path.definition), truths[located.path] == located.field.value,
                let rule = vocabulary.rule(of: located.path, in: read.type), let page = located.field.page,
                let box = located.field.box
            else { return [] }
            return rule.misreadings(of: located.field.value.description).map {
                KnownAnswer(
                    path: located.path.description, shown: $0, truth: located.field.value.description, page: page,
                    box: box)
            }
        }
        let drawn = answers.map { (lot: Lot("\(seed)/\($0.path)/\($0.shown)"), answer: $0) }
            .sorted { ($0.lot, $0.answer.path, $0.answer.shown) < ($1.lot, $1.answer.path, $1.answer.shown) }
            .prefix(KnownAnswer.attemptCountMax).map(\.answer)
        let checker = Checker(type: type)
        func failures(_ document: Document) -> Int {
            checker.checks(fields: document.fields, claims: document.claims, lineItems: document.lineItems)
                .count { !$0.passed }
        }
        let before = failures(read)
        guard let chosen = drawn.first(where: { failures($0.shown(in: read)) <= before }) ?? drawn.first else {
            return nil
        }
        self = chosen
    }

    private init(path: String, shown: String, truth: String, page: Int, box: Box) {
        self.path = path
        self.shown = shown
        self.truth = truth
        self.page = page
        self.box = box
    }

    /// The document with the altered value in the place of the right one.
    package func shown(in document: Document) -> Document {
        var altered = document
        guard let path = FieldPath(path),
            var field = document.locatedFields.first(where: { $0.path == path })?.field
        else { return document }
        field.value = .text(shown)
        field.text = nil
        field.alternatives = nil
        _ = altered.put(field, at: path)
        return altered
    }

    /// Whether the altered value still stands in the document as the reviewer leaves it.
    package func isMissed(in document: Document) -> Bool {
        document.locatedFields.contains { located in
            located.path.definition == FieldPath(path)?.definition && located.field.value.description == shown
                && (located.field.page == page && located.field.box == box || located.path.description == path)
        }
    }
}

extension Vocabulary.FieldRule {
    /// Digits that are taken for one another.
    private static let lookalikes: [Character: [Character]] = [
        "0": ["8", "6"], "1": ["7"], "2": ["7"], "3": ["8"], "4": ["9"], "5": ["6"], "6": ["5", "8"], "7": ["1"],
        "8": ["3", "0"], "9": ["4"],
    ]

    /// Other values of the field's kind as a misreading or a slip of the hand makes them of `value`: a digit changed, two
    /// beside each other swapped, another day; none for what is not made of digits.
    func misreadings(of value: String) -> [String] {
        guard [.money, .number, .identifier, .date, .taxIdentifier, .phone].contains(kind), !repeats else { return [] }
        let characters = Array(value)
        var found: [String] = []
        // Of a date the day is moved, which leaves month and year likely.
        for index in characters.indices where kind != .date || index >= characters.count - 2 {
            for other in Self.lookalikes[characters[index]] ?? [] {
                var changed = characters
                changed[index] = other
                found.append(String(changed))
            }
            guard index + 1 < characters.count, characters[index].isNumber, characters[index + 1].isNumber else {
                continue
            }
            var swapped = characters
            swapped.swapAt(index, index + 1)
            found.append(String(swapped))
        }
        return Set(found).filter { $0 != value && self.value(typed: $0)?.description == $0 }.sorted()
    }
}

extension Policy {
    /// The fields of documents like `document` of which one may be altered in a known-answer check: those that policy
    /// requires.
    ///
    /// None where people key values blind, which is the stronger control.
    package func checkedFields(of document: Document) -> Set<String> {
        guard let rule = types[document.type], rule.doubleBlind.isEmpty else { return [] }
        return Set(rule.required(of: document.subtype).map(\.definition))
    }
}
