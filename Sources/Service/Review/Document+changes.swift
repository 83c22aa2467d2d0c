import Documents
import Governance

extension Document {
    /// So many changed values of one document are told in the audit chain.
    private static let toldChangesMax = 200

    /// What the audit chain says of a later reading of the document: how many values are others, and which, from what to
    /// what.
    func changeDetail(to later: Document) -> [String: String] {
        let changes = changes(to: later)
        let told = changes.prefix(Document.toldChangesMax)
        var detail = [
            "changed_values": "\(changes.count)", "fields": told.map(\.path).joined(separator: ","),
        ]
        for change in told {
            detail["from \(change.path)"] = change.from?.value.description
            detail["to \(change.path)"] = change.to?.value.description
        }
        return detail
    }

    /// The values that are others in a later reading, by their paths.
    func changes(to later: Document) -> [FieldChange] {
        func fields(_ document: Document) -> [String: Field] {
            Dictionary(
                document.locatedFields.map { ($0.path.description, $0.field) }, uniquingKeysWith: { first, _ in first })
        }
        let (old, new) = (fields(self), fields(later))
        return Set(old.keys).union(new.keys).sorted().compactMap { path in
            let change = FieldChange(path: path, from: old[path], to: new[path])
            return change.isCorrection ? change : nil
        }
    }
}
