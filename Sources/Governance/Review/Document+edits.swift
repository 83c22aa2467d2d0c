package import Documents

extension Document {
    /// The document after a reviewer's edits, and what each did.
    ///
    /// All edits apply or none does. Their paths count places in the document as it is before the first of them:
    /// values are put first, then removals from the end backwards. A confirmed or corrected field has confidence 1; a
    /// corrected one keeps the page and box of the value it replaces unless the edit points elsewhere, and where no ink
    /// is known it is `derived_from` `reviewer`. Disposition, reasons and checks are left as they are.
    ///
    /// Throws `editRefused` with a sentence for each edit that names no field of the type or holds no value of its kind.
    package func applying(
        _ edits: [FieldEdit], vocabulary: Vocabulary
    ) throws(GovernanceError) -> (document: Document, changes: [FieldChange]) {
        let editor = FieldEditor(document: self, vocabulary: vocabulary)
        var changed = self
        var changes: [FieldChange] = []
        var problems: [GovernanceError.Problem] = []
        var removals: Set<FieldPath> = []
        for edit in edits {
            switch editor.judge(edit) {
            case .refused(let sentence):
                problems.append(.init(path: edit.path, sentence: sentence))
            case .remove(let paths):
                removals.formUnion(paths)
            case .put(let field, let path):
                guard changed.put(field, at: path) else {
                    problems.append(.init(path: edit.path, sentence: FieldEditor.noSuchPlace(edit.path)))
                    continue
                }
                changes.append(FieldChange(path: edit.path, from: editor.fields[path], to: field))
            }
        }
        guard problems.isEmpty else {
            let sentences = problems.map(\.sentence).joined(separator: " ")
            throw GovernanceError(.editRefused, sentences, problems: problems)
        }
        for path in removals.sorted(by: >) {
            changed.remove(at: path)
            changes.append(FieldChange(path: path.description, from: editor.fields[path], to: nil))
        }
        changed.dropEmptyRows()
        return (changed, changes)
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

    init(document: Document, vocabulary: Vocabulary) {
        self.document = document
        self.vocabulary = vocabulary
        fields = Dictionary(document.locatedFields.map { ($0.path, $0.field) }) { first, _ in first }
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
        }
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
