package import Documents

/// Finds on read pages the values of a document that is known by its values alone.
///
/// A value stands where a candidate of its field's shape has the same normal form; where several do, at the one that the
/// field's labels announce most clearly, else at the first. A name, text or identifier that was read with a wrong letter
/// or two is found too, when a label of the field announces it or it is so long that nothing else is like it. What is not
/// found keeps no place: nothing is learned of it then.
package struct ValueFinder {
    /// Values that are looked for: those of kinds that are learned by shape.
    package private(set) var valueCount = 0
    package private(set) var foundCount = 0
    /// Where values were found by what was read, with the field and the value that is true.
    package private(set) var found: [(field: FieldDefinition, value: String, choice: FieldLesson.Choice)] = []
    private let lesson: FieldLesson
    private let type: DocumentType
    /// The candidates that already are the place of a value, by field: two claims of one amount stand at two places.
    private var taken: [String: Set<Int>] = [:]

    /// - Parameter pages: numbered from 1 within the file, as the document's are.
    package init(_ pages: [PageReading], as type: DocumentType) {
        lesson = FieldLesson(pages, as: type)
        self.type = type
    }

    /// The document with page and box of each value that was found.
    package mutating func placed(_ document: Document) -> Document {
        var document = document
        document.fields = placed(document.fields, type.fields, isOfClaim: false)
        for index in document.claims.indices {
            document.claims[index].fields = placed(
                document.claims[index].fields, type.claims?.fields ?? [], isOfClaim: true)
        }
        return document
    }

    private mutating func placed(_ row: Row, _ definitions: [FieldDefinition], isOfClaim: Bool) -> Row {
        var row = row
        for definition in definitions where definition.parts.isEmpty {
            switch row[definition.name] {
            case .one(let field): row[definition.name] = .one(placed(field, definition, isOfClaim: isOfClaim))
            case .many(let fields):
                var result: [Field] = []
                for field in fields { result.append(placed(field, definition, isOfClaim: isOfClaim)) }
                row[definition.name] = .many(result)
            case .groups, nil: break
            }
        }
        return row
    }

    private mutating func placed(_ field: Field, _ definition: FieldDefinition, isOfClaim: Bool) -> Field {
        guard case .text(let value) = field.value, field.derivedFrom == nil,
            ![.choice, .modifier].contains(definition.kind)
        else { return field }
        valueCount += 1
        if field.box != nil {
            foundCount += 1
            return field
        }
        let key = "\(isOfClaim ? "claim " : "")\(definition.name)"
        guard
            let place = place(
                of: value, definition, isOfClaim: isOfClaim, page: field.page, besides: taken[key] ?? [])
        else { return field }
        taken[key, default: []].insert(place.index)
        foundCount += 1
        found.append((definition, value, place.choice))
        var field = field
        field.page = place.choice.page
        field.box = place.choice.box
        return field
    }

    private func place(
        of value: String, _ definition: FieldDefinition, isOfClaim: Bool, page: Int?, besides taken: Set<Int>
    ) -> (index: Int, choice: FieldLesson.Choice)? {
        let letters = ValueFinder.letters(value)
        var best: (index: Int, choice: FieldLesson.Choice, rank: (likeness: Double, affinity: Double))?
        for group in lesson.groups {
            let subject = group.subjects.firstIndex { $0.name == definition.name && $0.isOfClaim == isOfClaim }
            guard let subject else { continue }
            for (index, choice) in group.choices.enumerated()
            where !choice.isTerm && !taken.contains(index) && page ?? choice.page == choice.page {
                let likeness = likeness(value, letters, choice.value, definition.kind)
                guard likeness > best?.rank.likeness ?? 0 || likeness > 0 && likeness == best?.rank.likeness else {
                    continue
                }
                let affinity = group.affinity(subject: subject, choice: index)
                guard likeness >= 1 || affinity > 0 || letters.count >= Self.tellingLength,
                    best.map({ (likeness, affinity) > $0.rank }) ?? true
                else {
                    continue
                }
                best = (index, choice, (likeness, affinity))
            }
        }
        return best.map { ($0.index, $0.choice) }
    }

    /// 2 for the same normal form, 1 for the same letters and digits, less for a few errors, 0 for another value.
    private func likeness(_ value: String, _ letters: [UInt8], _ read: String, _ kind: NormalForm) -> Double {
        if value == read { return 2 }
        guard [.name, .text, .identifier].contains(kind), !letters.isEmpty else { return 0 }
        let other = ValueFinder.letters(read)
        if other == letters { return 1 }
        guard letters.count >= Self.tellingLength, kind != .identifier else {
            return 0.9 * EditDistance.likeness(letters, other)
        }
        guard let errors = EditDistance.between(letters, other, limit: letters.count / Self.lettersPerError) else {
            return 0
        }
        return 0.9 * (1 - Double(errors) / Double(letters.count))
    }

    /// A name or text of so many letters and digits is found without a label.
    private static let tellingLength = 12
    /// It may have an error in so many of them.
    private static let lettersPerError = 5

    /// The letters and digits alone, in small letters.
    private static func letters(_ text: String) -> [UInt8] {
        text.lowercased().utf8.filter { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 > 0x7F }
    }
}
