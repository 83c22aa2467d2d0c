package import Documents

/// A document after a reviewer's edits.
package struct EditedDocument: Hashable, Sendable {
    package var document: Document
    /// What each edit did.
    package var changes: [FieldChange]
    /// The rows and the values of lists that are no more, as places of the document before; what stood behind each moved
    /// up.
    package var gone: [FieldPath]

    package init(document: Document, changes: [FieldChange] = [], gone: [FieldPath] = []) {
        self.document = document
        self.changes = changes
        self.gone = gone
    }

    /// What takes the edits back when it is applied to `document`.
    ///
    /// In the order of places, so that lists grow from their start.
    package var undo: EditBatch {
        let placed = changes.compactMap { change in FieldPath(change.path).map { (path: $0, change: change) } }
        return EditBatch(
            places: gone,
            edits: placed.sorted { $0.path < $1.path }.map { path, change in
                var edit = FieldEdit(
                    path: path.description, change: change.from.map(FieldEdit.Change.restore) ?? .remove)
                edit.isOfOwn = change.isOfOwn
                return edit
            })
    }
}

extension Document {
    /// The document after a reviewer's edits, and what each did.
    ///
    /// All edits apply or none does. First room is made at `places`: an empty row of a table or list before the one that
    /// stands there. The paths of edits count places in the document as it is then, before the first of them: values are
    /// put first, then removals from the end backwards. A confirmed or corrected field has confidence 1; a corrected one
    /// keeps the page and box of the value it replaces unless the edit points elsewhere, and where no ink is known it is
    /// `derived_from` `reviewer`. Disposition, reasons and checks are left as they are.
    ///
    /// Throws `editRefused` with a sentence for each edit that names no field of the type or holds no value of its kind,
    /// and for each place of `places` that would stay empty.
    package func applying(
        _ edits: [FieldEdit], makingRoomAt places: [FieldPath] = [], vocabulary: Vocabulary
    ) throws(GovernanceError) -> EditedDocument {
        var changed = self
        for place in places.sorted() { changed.makeRoom(at: place) }
        let editor = FieldEditor(document: changed, places: places, vocabulary: vocabulary)
        var changes: [FieldChange] = []
        var problems: [GovernanceError.Problem] = []
        var removals: Set<FieldPath> = []
        var takenBack: Set<FieldPath> = []
        var filled: [FieldPath] = []
        for edit in edits {
            switch editor.judge(edit) {
            case .refused(let sentence):
                problems.append(.init(path: edit.path, sentence: sentence))
            case .remove(let paths):
                removals.formUnion(paths)
                if edit.isOfOwn { takenBack.formUnion(paths) }
            case .put(let field, let path):
                guard changed.put(field, at: path) else {
                    problems.append(.init(path: edit.path, sentence: FieldEditor.noSuchPlace(edit.path)))
                    continue
                }
                filled.append(path)
                var change = FieldChange(path: edit.path, from: editor.fields[path], to: field)
                if case .restore = edit.change { change.isRestored = true }
                change.isOfOwn = change.isRestored ? edit.isOfOwn : change.from == nil
                changes.append(change)
            }
        }
        for place in places where !filled.contains(where: { $0.isWithin(place) }) {
            problems.append(
                .init(
                    path: place.description, sentence: "The new row is empty. Type a value into it, or leave it away."))
        }
        guard problems.isEmpty else {
            let sentences = problems.map(\.sentence).joined(separator: " ")
            throw GovernanceError(.editRefused, sentences, problems: problems)
        }
        for path in removals.sorted(by: >) {
            changed.remove(at: path)
            var change = FieldChange(path: path.description, from: editor.fields[path], to: nil)
            change.isOfOwn = takenBack.contains(path)
            change.isRestored = change.isOfOwn
            changes.append(change)
        }
        changed.dropEmptyRows()
        return EditedDocument(document: changed, changes: changes, gone: editor.gone(after: removals, filled: filled))
    }

    /// The document as a reviewer vouches for it: every field and the type with confidence 1, accepted, no reasons left.
    package func confirmed() -> Document {
        var confirmed = self
        for located in locatedFields {
            var field = located.field
            field.confidence = 1.0
            _ = confirmed.put(field, at: located.path)
        }
        confirmed.typeConfidence = 1.0
        confirmed.disposition = .accept
        confirmed.reasons = []
        return confirmed
    }
}

/// Judges edits against one document and the vocabulary of its type.
private struct FieldEditor {
    enum Verdict {
        case put(Field, FieldPath)
        case remove([FieldPath])
        case refused(String)
    }

    /// Longest text that a reviewer may type into a field, in characters.
    static let typedCharactersMax = 4000

    let document: Document
    let vocabulary: Vocabulary
    let fields: [FieldPath: Field]

    /// - Parameter places: where room was made and nothing stands yet.
    init(document: Document, places: [FieldPath], vocabulary: Vocabulary) {
        self.document = document
        self.vocabulary = vocabulary
        let located = document.locatedFields.filter { !places.contains($0.path) }
        fields = Dictionary(located.map { ($0.path, $0.field) }) { first, _ in first }
    }

    /// The outermost rows and list values all of whose fields are among `removals`.
    func gone(after removals: Set<FieldPath>, filled: [FieldPath]) -> [FieldPath] {
        let elements = Set(
            removals.flatMap { path in
                path.steps.indices.filter { path.steps[$0].index != nil }.map { FieldPath(Array(path.steps[...$0])) }
            })
        let gone = elements.filter { element in
            !filled.contains { $0.isWithin(element) }
                && fields.keys.allSatisfy { !$0.isWithin(element) || removals.contains($0) }
        }
        return gone.filter { path in !gone.contains { $0 != path && path.isWithin($0) } }.sorted()
    }

    static func noSuchPlace(_ path: String) -> String {
        "The document has no place '\(path)'. Name a field that it shows, or the next place of a list."
    }

    func judge(_ edit: FieldEdit) -> Verdict {
        guard let path = FieldPath(edit.path) else { return .refused(FieldEditor.noSuchPlace(edit.path)) }
        switch edit.change {
        case .remove:
            let within = fields.keys.filter { $0.isWithin(path) }
            return within.isEmpty ? .refused(FieldEditor.noSuchPlace(edit.path)) : .remove(within)
        case .confirm:
            guard var field = fields[path] else { return .refused(FieldEditor.noSuchPlace(edit.path)) }
            field.confidence = 1.0
            return .put(field, path)
        case .correct(let typed):
            return correct(path, typed: typed, edit: edit)
        case .restore(let field):
            return restore(field, path, edit: edit)
        }
    }

    private func restore(_ field: Field, _ path: FieldPath, edit: FieldEdit) -> Verdict {
        let value = field.value.description
        guard let rule = vocabulary.rule(of: path, in: document.type),
            (path.steps.last?.index != nil) == rule.repeats, value.count <= FieldEditor.typedCharactersMax,
            rule.value(typed: value) == field.value, field.page.map(document.pages.contains) ?? true
        else { return .refused(FieldEditor.noSuchPlace(edit.path)) }
        return .put(field, path)
    }

    private func correct(_ path: FieldPath, typed: String, edit: FieldEdit) -> Verdict {
        guard let rule = vocabulary.rule(of: path, in: document.type) else {
            return .refused("Documents of type '\(document.type)' have no field '\(path.definition)'.")
        }
        guard (path.steps.last?.index != nil) == rule.repeats else {
            return .refused(FieldEditor.noSuchPlace(edit.path))
        }
        guard typed.count <= FieldEditor.typedCharactersMax else {
            return .refused("\(rule.title): at most \(FieldEditor.typedCharactersMax) characters can be typed.")
        }
        guard let value = rule.value(typed: typed) else {
            return .refused("\(rule.title): '\(typed)' is not \(rule.expected). Type one, or remove the field.")
        }
        if let page = edit.page, !document.pages.contains(page) {
            return .refused("\(rule.title): page \(page) is not a page of this document.")
        }
        let before = fields[path]
        let pointed = edit.page != nil && edit.box != nil
        var field = Field(
            value: value, text: NormalForm.foldWhiteSpace(typed), confidence: 1.0,
            page: pointed ? edit.page : before?.page, box: pointed ? edit.box : before?.box)
        if field.page == nil || field.box == nil { field.derivedFrom = ["reviewer"] }
        return .put(field, path)
    }
}
