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

    /// How much the ink must say of a value to be its own.
    private enum Proof {
        /// The value, in whatever form.
        case exact
        /// The value, or one that differs from it by errors of reading.
        case near
    }

    func placed(_ document: Document) -> Document {
        // Ink that says a value exactly goes before ink that nearly does: of a name half of which was read, all of it.
        var finder = ValueFinder(pages, as: type)
        let found = finder.placed(checked(document, .exact))
        return joined(found, or: checked(document, .near))
    }

    // MARK: Values at their own ink

    private func checked(_ document: Document, _ proof: Proof) -> Document {
        var document = document
        document.fields = checked(document.fields, type.fields, proof)
        for index in document.claims.indices {
            let claim = document.claims[index]
            document.claims[index].fields = checked(claim.fields, type.claims?.fields ?? [], proof)
            document.claims[index].serviceLines = claim.serviceLines.map {
                checked($0, type.claims?.serviceLines ?? [], proof)
            }
        }
        document.lineItems = document.lineItems.map { checked($0, type.lineItems, proof) }
        return document
    }

    private func checked(_ row: Row, _ definitions: [FieldDefinition], _ proof: Proof) -> Row {
        var row = row
        for definition in definitions {
            switch row[definition.name] {
            case .one(let field): row[definition.name] = .one(checked(field, definition.kind, proof))
            case .many(let fields): row[definition.name] = .many(fields.map { checked($0, definition.kind, proof) })
            case .groups(let groups):
                let kinds = Dictionary(definition.parts.map { ($0.name, $0.kind) }, uniquingKeysWith: { $1 })
                row[definition.name] = .groups(
                    groups.map { group in
                        Dictionary(
                            uniqueKeysWithValues: group.map {
                                ($0.key, checked($0.value, kinds[$0.key] ?? definition.kind, proof))
                            })
                    })
            case nil: break
            }
        }
        return row
    }

    /// The field without its place when other ink stands there.
    private func checked(_ field: Field, _ kind: NormalForm, _ proof: Proof) -> Field {
        var field = field
        if field.derivedFrom == ["reviewer"] { field.derivedFrom = nil }
        guard field.derivedFrom == nil, !isSaid(field, kind, proof) else { return field }
        (field.page, field.box) = (nil, nil)
        return field
    }

    private func isSaid(_ field: Field, _ kind: NormalForm, _ proof: Proof) -> Bool {
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
        return proof == .near && [.name, .text, .identifier].contains(kind) && letters.count >= Self.tellingLength
            && EditDistance.between(letters, printed, limit: letters.count / Self.lettersPerError) != nil
    }

    // MARK: Two placings in one

    /// Each value where `first` has it, else where `second` does: the same document, with other places.
    private func joined(_ first: Document, or second: Document) -> Document {
        var joined = first
        joined.fields = self.joined(first.fields, or: second.fields)
        for index in first.claims.indices {
            let (claim, other) = (first.claims[index], second.claims[index])
            joined.claims[index].fields = self.joined(claim.fields, or: other.fields)
            joined.claims[index].serviceLines = zip(claim.serviceLines, other.serviceLines).map {
                self.joined($0, or: $1)
            }
        }
        joined.lineItems = zip(first.lineItems, second.lineItems).map { self.joined($0, or: $1) }
        return joined
    }

    private func joined(_ first: Row, or second: Row) -> Row {
        first.merging(second) { leaf, other in
            switch (leaf, other) {
            case (.one(let field), .one(let other)): .one(field.box == nil ? other : field)
            case (.many(let fields), .many(let others)): .many(zip(fields, others).map { $0.box == nil ? $1 : $0 })
            case (.groups(let groups), .groups(let others)):
                .groups(zip(groups, others).map { $0.merging($1) { $0.box == nil ? $1 : $0 } })
            default: leaf
            }
        }
    }

    private static func letters(_ text: String) -> [UInt8] {
        Array(text.lowercased().filter { $0.isLetter || $0.isNumber }.utf8)
    }
}
