import Documents
import Foundation
import Governance
import Records

extension ReviewDesk {
    /// Keeps which values a person took away, and forgets those that are there again.
    ///
    /// What a person typed and took back was never on the page, so a later reading that finds it is believed.
    func recordRemovals(
        _ changes: [FieldChange], of record: DocumentRecord, by caller: Caller, in transaction: Transaction,
        at now: Date
    ) throws {
        let placed = changes.compactMap { change in FieldPath(change.path).map { (path: $0, change: change) } }
        let putBack = placed.compactMap { path, change in change.to.map { LocatedField(path: path, field: $0) } }
        if !putBack.isEmpty {
            for removed in try transaction.removals(ofFile: record.sha256)
            where putBack.contains(where: Removal(removed, of: record.id).isOf) {
                try transaction.dropRemoval(removed.id)
            }
        }
        for (path, change) in placed where change.to == nil && !change.isOfOwn {
            guard let former = change.from, former.derivedFrom != ["reviewer"] else { continue }
            try transaction.keepRemoval(
                RemovedValue(
                    id: Identifier.make(at: now), sha256: record.sha256, documentID: record.id,
                    definition: path.definition, page: former.page, box: former.box,
                    value: former.value.description, removedBy: caller.actor, removedAt: now))
        }
    }
}

extension Transaction {
    /// What people took away from the pages of a document, which no reading of it brings back; a document that is not kept
    /// yet has no id.
    func removals(of documentID: String?, sha256: String) throws -> [Removal] {
        try removals(ofFile: sha256).map { Removal($0, of: documentID) }
    }
}

extension Removal {
    init(_ removed: RemovedValue, of documentID: String?) {
        self.init(
            definition: removed.definition, page: removed.page, box: removed.box,
            value: removed.documentID == documentID ? removed.value : nil)
    }
}
