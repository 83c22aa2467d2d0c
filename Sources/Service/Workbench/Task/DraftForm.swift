import Documents
import Foundation
import Governance

/// What a task's page sends while a reviewer works: the values touched since the last time, a row put in or taken out,
/// or what takes an earlier change back.
struct DraftForm: Sendable {
    private let form: FormBody

    init(_ form: FormBody) { self.form = form }

    /// The edits that the form means for `document`.
    ///
    /// `row.insert` names the place of a new row, and then all values are the new row's; `row.remove` names a row;
    /// `undo` is what an earlier answer gave.
    func batch(for document: Document) throws -> EditBatch {
        let undo = form["undo"]
        if !undo.isEmpty {
            guard let batch = try? JSONDecoder().decode(EditBatch.self, from: Data(undo.utf8)) else {
                throw Problem(.malformedRequest, "What should be taken back cannot be read. Load the page again.")
            }
            return batch
        }
        let values = TaskForm(form)
        if let place = FieldPath(form["row.insert"]) {
            let typed = values.typed.filter { !NormalForm.foldWhiteSpace($0.text).isEmpty }
            return EditBatch(places: [place], edits: typed.map { values.correction(of: $0.path, to: $0.text) })
        }
        let removed = form["row.remove"]
        return EditBatch(
            edits: values.edits(of: document) + (removed.isEmpty ? [] : [FieldEdit(path: removed, change: .remove)]))
    }
}
