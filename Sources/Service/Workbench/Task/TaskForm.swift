import Documents
import Governance

/// What a reviewer's form says of a document's values.
struct TaskForm: Sendable {
    /// What was typed, by path, in the order of the page.
    let typed: [(path: String, text: String)]
    let confirmed: Set<String>

    /// A value's field is called `v.PATH`, and `ok.PATH` when the reviewer confirmed it as it stands.
    init(_ form: FormBody) {
        typed = form.fields.filter { $0.name.hasPrefix("v.") }.map { (String($0.name.dropFirst(2)), $0.value) }
        confirmed = Set(form.fields.filter { $0.name.hasPrefix("ok.") }.map { String($0.name.dropFirst(3)) })
    }

    var typedByPath: [String: String] {
        Dictionary(typed.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    /// What the form changes in `document`: other text corrects, an emptied field removes, a confirmed one vouches.
    func edits(of document: Document) -> [FieldEdit] {
        let present = Dictionary(
            document.locatedFields.map { ($0.path.description, $0.field) }, uniquingKeysWith: { first, _ in first })
        return typed.compactMap { path, text in
            let text = NormalForm.foldWhiteSpace(text)
            switch present[path] {
            case nil: return text.isEmpty ? nil : FieldEdit(path: path, change: .correct(text))
            case let field? where text == field.value.description:
                return confirmed.contains(path) ? FieldEdit(path: path, change: .confirm) : nil
            case .some: return FieldEdit(path: path, change: text.isEmpty ? .remove : .correct(text))
            }
        }
    }
}
