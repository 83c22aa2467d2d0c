import Documents
import Foundation
import Governance
import Records
import Understanding

extension StepWork {
    /// How many documents one transaction looks at, or adds to a list.
    private static let recallBatchCount = 100

    /// Lists the released documents that the cause of a wrong value may have spoilt too, however many.
    ///
    /// What was listed when the work was interrupted is found again and stays listed once.
    func findRecalled() async throws {
        let id = step.subject
        guard let origin = try await context.store.read({ try RecallOrigin(id, in: $0) }) else {
            return try await complete()
        }
        var found: [RecalledDocument] = [origin.itself(context.policy)]
        var seen: Set<String> = [origin.record.id]
        func look(_ ids: [String]) async throws {
            let new = ids.filter { seen.insert($0).inserted }
            for start in stride(from: 0, to: new.count, by: StepWork.recallBatchCount) {
                try Task.checkCancellation()
                let batch = Array(new[start..<min(new.count, start + StepWork.recallBatchCount)])
                found += try await context.store.read { [policy = context.policy] in
                    try origin.spoilt(among: batch, policy, in: $0)
                }
            }
        }
        let near = try await context.store.read { try origin.near(in: $0) }
        try await look(near)
        var before: String?
        while true {
            let ids = try await context.store.read { [before] in
                try $0.releasedIDs(ofType: origin.record.type, before: before, limit: StepWork.recallBatchCount)
            }
            guard let last = ids.last else { break }
            try await look(ids)
            before = last
        }
        try await list(found, of: origin)
    }

    private func list(_ found: [RecalledDocument], of origin: RecallOrigin) async throws {
        for start in stride(from: 0, to: found.count, by: StepWork.recallBatchCount) {
            let batch = found[start..<min(found.count, start + StepWork.recallBatchCount)]
            try await context.store.write { transaction in
                for document in batch { try transaction.addRecalled(document) }
            }
        }
        let title = DocumentTitles(origin.record.type, catalog: context.understander.catalog).title(
            of: origin.recall.fieldPath)
        let causes = origin.facts.causes.map { cause in
            Recall.Cause(
                name: cause.rawValue, why: cause.why(origin.facts, fieldTitle: title),
                count: found.count { $0.causes.contains(cause.rawValue) })
        }
        let now = context.clock()
        try await context.store.write { [step] transaction in
            try transaction.listRecall(origin.recall.id, causes: causes)
            var detail = ["documents": "\(found.count - 1)"]
            for cause in causes { detail["cause \(cause.name)"] = "\(cause.count)" }
            try transaction.audit(
                actor: "pipeline", action: "recall.listed", subject: origin.recall.id, detail: detail,
                correlationID: origin.recall.correlationID, at: now)
            try transaction.complete(step)
        }
    }
}

/// The document with the wrong value, and how it came by it.
private struct RecallOrigin: Sendable {
    let recall: Recall
    let record: DocumentRecord
    let facts: RecallFacts
    let field: String

    init?(_ id: String, in transaction: Transaction) throws {
        guard let recall = try transaction.recall(id), recall.status == .searching,
            let record = try transaction.document(recall.documentID), let path = FieldPath(recall.fieldPath)
        else { return nil }
        self.recall = recall
        self.record = record
        field = path.definition
        var layouts = LayoutFields()
        facts = try RecallFacts(record, field: field, at: path, layouts: &layouts, in: transaction)
    }

    func itself(_ policy: Policy) -> RecalledDocument {
        RecalledDocument(
            recallID: recall.id, documentID: record.id, place: 0, causes: [],
            amountCents: (policy.amountAtStake(in: record.document)?.cents).map { Int($0) },
            releasedAt: record.updatedAt)
    }

    /// Documents of whatever type that may have a cause in common: of the same file or the same reviewer.
    func near(in transaction: Transaction) throws -> [String] {
        var ids = try transaction.documents(of: record.sha256).map(\.id)
        if let actor = facts.confirmedBy, let at = facts.confirmedAt {
            ids += try transaction.confirmed(
                by: actor, from: at - RecallFacts.reviewerSeconds, to: at + RecallFacts.reviewerSeconds,
                limit: .max)
        }
        return ids
    }

    /// Those of the documents that are released and have a cause in common.
    func spoilt(among ids: [String], _ policy: Policy, in transaction: Transaction) throws -> [RecalledDocument] {
        var layouts = LayoutFields()
        return try ids.compactMap { id in
            guard let other = try transaction.document(id), other.status == .accepted else { return nil }
            let shared = facts.sharedCauses(
                with: try RecallFacts(other, field: field, layouts: &layouts, in: transaction))
            guard let likeliest = shared.first, let place = facts.causes.firstIndex(of: likeliest) else { return nil }
            return RecalledDocument(
                recallID: recall.id, documentID: id, place: place + 1, causes: shared.map(\.rawValue),
                amountCents: (policy.amountAtStake(in: other.document)?.cents).map { Int($0) },
                releasedAt: other.updatedAt)
        }
    }
}
