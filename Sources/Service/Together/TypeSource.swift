import Documents
import Records

/// Who says of what type a document is.
package enum TypeSource: Hashable, Sendable {
    case machine
    /// A person chose it, or vouched for it with the document; nil where nobody can tell who.
    case chosen(by: String?)
    case confirmed(by: String?)

    init(_ record: DocumentRecord, in transaction: Transaction) throws {
        if ChosenType(record.document) != nil {
            self = .chosen(by: try transaction.lastActor(of: "document.retyped", on: record.id))
        } else if record.document.typeConfidence.tenThousandths == 10_000,
            let actor = try transaction.lastActor(of: "document.confirmed", on: record.id)
        {
            self = .confirmed(by: actor)
        } else {
            self = .machine
        }
    }

    /// What the page says of the type's certainty.
    func words(_ document: Document) -> String {
        switch self {
        case .machine: "type \(Int((document.typeConfidence.probability * 100).rounded(.down)))% sure"
        case .chosen(let actor): "type chosen by \(actor?.actorName ?? "a reviewer")"
        case .confirmed(let actor): "type confirmed by \(actor?.actorName ?? "a reviewer")"
        }
    }
}
