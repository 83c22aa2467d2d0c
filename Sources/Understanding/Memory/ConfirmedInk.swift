import Documents

/// Puts the values of a confirmed document to the ink that says them, before its layout is learned.
///
/// A value that a person typed over another still has that one's box, which may be of other ink; one that was typed in
/// where nothing was read has none. What stands nowhere keeps no place, and nothing is learned of its place.
struct ConfirmedInk {
    let type: DocumentType
    /// The pages of the document.
    let pages: [PageReading]

    /// A name, text or identifier with at least so many letters and digits is known again with some of them misread.
    private static let tellingLength = 5
    /// It may have an error in so many of them.
    private static let lettersPerError = 4

    func placed(_ document: Document) -> Document {
        var document = document
        document.fields = checked(document.fields, type.fields)
        for index in document.claims.indices {
            let claim = document.claims[index]
            document.claims[index].fields = checked(claim.fields, type.claims?.fields ?? [])
            document.claims[index].serviceLines = claim.serviceLines.map {
                checked($0, type.claims?.serviceLines ?? [])
            }
        }
        document.lineItems = document.lineItems.map { checked($0, type.lineItems) }
        var finder = ValueFinder(pages, as: type)
        return finder.placed(document)
    }

    private func checked(_ row: Row, _ definitions: [FieldDefinition]) -> Row {
        var row = row
        for definition in definitions {
            switch row[definition.name] {
            case .one(let field): row[definition.name] = .one(checked(field, definition.kind))
            case .many(let fields): row[definition.name] = .many(fields.map { checked($0, definition.kind) })
            case .groups(let groups):
                let kinds = Dictionary(definition.parts.map { ($0.name, $0.kind) }, uniquingKeysWith: { $1 })
                row[definition.name] = .groups(
                    groups.map { group in
                        Dictionary(
                            uniqueKeysWithValues: group.map {
                                ($0.key, checked($0.value, kinds[$0.key] ?? definition.kind))
                            })
                    })
            case nil: break
            }
        }
        return row
    }

    /// The field without its place when other ink stands there.
    private func checked(_ field: Field, _ kind: NormalForm) -> Field {
        var field = field
        if field.derivedFrom == ["reviewer"] { field.derivedFrom = nil }
        guard field.derivedFrom == nil, !isSaid(field, kind) else { return field }
        (field.page, field.box) = (nil, nil)
        return field
    }

    private func isSaid(_ field: Field, _ kind: NormalForm) -> Bool {
        guard case .text(let value) = field.value, kind != .choice, field.repaired != true else { return true }
        guard let box = field.box, let page = pages.first(where: { $0.page.number == field.page }) else {
            return false
        }
        let ink = page.words.filter { word in
            (box.left...box.right).contains(word.box.midX) && (box.top...box.bottom).contains(word.box.midY)
        }.map(\.text).joined(separator: " ")
        let printed = ConfirmedInk.letters(ink)
        if !printed.isEmpty, [value, field.text ?? value].map(ConfirmedInk.letters).contains(printed) { return true }
        if kind.normalize(ink) == value { return true }
        let letters = ConfirmedInk.letters(value)
        return [.name, .text, .identifier].contains(kind) && letters.count >= Self.tellingLength
            && EditDistance.between(letters, printed, limit: letters.count / Self.lettersPerError) != nil
    }

    private static func letters(_ text: String) -> [UInt8] {
        Array(text.lowercased().filter { $0.isLetter || $0.isNumber }.utf8)
    }
}
