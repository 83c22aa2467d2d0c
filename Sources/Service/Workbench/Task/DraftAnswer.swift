import Documents
import Foundation
import Governance
import Records

/// What a task's page is told after each change: how the document stands now.
struct DraftAnswer: Encodable, Sendable {
    struct Value: Encodable, Sendable {
        let path: String
        let value: String
        /// The confidence as a percentage; nil where there is no value any more.
        let percent: Int?
    }

    struct Doubt: Encodable, Sendable {
        let path: String
        let note: String?
        let error: String?
        let needsLook: Bool
    }

    let version: Int
    /// The changed values in their normal forms; empty where a value is no more.
    let values: [Value]
    let doubts: [Doubt]
    /// What is doubted of the document as a whole.
    let notes: [String]
    /// What is unusual about the document, as HTML; nil when nothing changed.
    let anomalies: String?
    let equations: [TaskEquation]
    /// What the page sends to take the change back; nil when nothing changed.
    let undo: String?
    /// The values as HTML, when rows came or went, so that places are others than before.
    let html: String?
    /// Rows and list values that are no more, and those put in before others, as places of before and of now.
    let gone: [String]
    let added: [String]

    /// - Parameter html: writes the part of the page with that name for a view.
    init(
        _ kept: KeptChanges, _ batch: EditBatch, view: TaskView, titles: DocumentTitles,
        html: (_ part: String, TaskView) throws -> String
    ) throws {
        let changes = kept.edited.changes
        version = kept.review.record.version
        values = changes.map { change in
            let percent = change.to.map { Int(($0.confidence.probability * 100).rounded(.down)) }
            return Value(path: change.path, value: change.to?.value.description ?? "", percent: percent)
        }
        doubts = view.form.inputs.filter { $0.note != nil || $0.error != nil || $0.isDoubtful }.map {
            Doubt(path: $0.path, note: $0.note, error: $0.error, needsLook: $0.isDoubtful)
        }
        notes = view.generalNotes
        anomalies = changes.isEmpty ? nil : try html("unusual", view)
        equations = TaskEquation.failing(in: kept.review.record.document, titles)
        undo =
            changes.isEmpty ? nil : String(decoding: try JSONEncoder().encode(kept.edited.undo), as: UTF8.self)
        gone = kept.edited.gone.map(\.description)
        added = changes.isEmpty ? [] : batch.places.map(\.description)
        // A value in a place that was empty makes the list longer: the page needs the next empty place.
        let isLonger = changes.contains { $0.from == nil && $0.path.contains("[") }
        self.html = isLonger || !gone.isEmpty || !added.isEmpty ? try html("values", view) : nil
    }
}
