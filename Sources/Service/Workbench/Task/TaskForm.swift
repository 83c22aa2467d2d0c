import Documents
import Governance

/// What a reviewer's form says of a document's values.
struct TaskForm: Sendable {
    /// What was typed, by path, in the order of the page.
    let typed: [(path: String, text: String)]
    let confirmed: Set<String>
    /// Where on the pages the reviewer pointed, by path.
    let ink: [String: Ink]

    struct Ink: Sendable {
        let page: Int
        let box: Box

        /// `page left top right bottom`, in pixels of the page; nil for anything else.
        init?(_ text: String) {
            let numbers = text.split(separator: " ").map { Double($0) }
            guard numbers.count == 5, let page = numbers[0].flatMap({ Int(exactly: $0) }), let left = numbers[1],
                let top = numbers[2], let right = numbers[3], let bottom = numbers[4],
                (0...right).contains(left), (0...bottom).contains(top), right < 1e6, bottom < 1e6
            else { return nil }
            self.page = page
            box = Box(left: left, top: top, right: right, bottom: bottom)
        }
    }

    /// A value's field is called `v.PATH`, `ok.PATH` when the reviewer confirmed it as it stands, and `ink.PATH` when they
    /// pointed at it.
    init(_ form: FormBody) {
        typed = form.fields.filter { $0.name.hasPrefix("v.") }.map { (String($0.name.dropFirst(2)), $0.value) }
        confirmed = Set(form.fields.filter { $0.name.hasPrefix("ok.") }.map { String($0.name.dropFirst(3)) })
        ink = Dictionary(
            form.fields.compactMap { field in
                guard field.name.hasPrefix("ink."), let ink = Ink(field.value) else { return nil }
                return (String(field.name.dropFirst(4)), ink)
            }, uniquingKeysWith: { first, _ in first })
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
            case nil: return text.isEmpty ? nil : correction(of: path, to: text)
            case let field? where text == field.value.description:
                if ink[path] != nil { return correction(of: path, to: text) }
                return confirmed.contains(path) ? FieldEdit(path: path, change: .confirm) : nil
            case .some: return text.isEmpty ? FieldEdit(path: path, change: .remove) : correction(of: path, to: text)
            }
        }
    }

    /// The typed value of `path`, with the ink that was pointed at.
    func correction(of path: String, to text: String) -> FieldEdit {
        FieldEdit(path: path, change: .correct(text), page: ink[path]?.page, box: ink[path]?.box)
    }
}
