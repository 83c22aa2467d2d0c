import Documents
import Foundation
import Governance
package import Records
import Understanding

/// Where a wrong value that was found late is recalled, with all that the same cause released.
package struct RecallDesk: Sendable {
    /// So many recalls, or documents of a recall, are shown at once.
    package static let pageCount = 50
    /// So many documents may be named in one order.
    package static let orderCountMax = 1000
    /// The longest reason.
    package static let reasonLengthMax = 500
    /// What stands in the place of a value that the caller may come to key.
    static let keptWords = "kept from you until it is keyed"

    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context }

    /// Recalls the value at `field` of a released document; who recalls it once more gets the same recall.
    ///
    /// - Parameter right: what the value should be; empty where nobody knows.
    package func begin(
        document id: String, field: String, right: String, reason: String, by caller: Caller
    ) async throws -> Recall {
        try allow(caller)
        let reason = reason.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !reason.isEmpty, reason.count <= RecallDesk.reasonLengthMax else {
            throw ReviewError(
                .noReason,
                "Say in up to \(RecallDesk.reasonLengthMax) characters how it was found that the value is wrong.")
        }
        let now = context.clock()
        let recall = try await context.store.write { transaction in
            let record = try released(id, in: transaction)
            let made = try newRecall(of: record, field: field, right: right, reason: reason, by: caller, at: now)
            guard try transaction.addRecall(made) else {
                return try transaction.recall(ofDocument: id, version: record.version, fieldPath: field) ?? made
            }
            try transaction.enqueue(
                Step(
                    id: Identifier.make(at: now), kind: .findRecalled, subject: made.id, availableAt: now,
                    correlationID: record.correlationID))
            var detail = ["recall": made.id, "field": field, "wrong": made.wrongValue, "reason": reason]
            detail["right"] = made.rightValue
            try transaction.audit(
                actor: caller.actor, action: "recall.begun", subject: record.id, detail: detail,
                correlationID: record.correlationID, at: now)
            return made
        }
        context.bell.ring()
        return recall
    }

    /// Orders that an action is carried out on documents of a recall; gives on how many.
    ///
    /// They follow one by one; what is carried out already stays.
    package func order(
        _ action: RecallAction, _ choice: RecallChoice, of id: String, by caller: Caller
    ) async throws -> Int {
        try allow(caller)
        let now = context.clock()
        let count = try await context.store.write { transaction in
            try transaction.orderRecall(action, choice, of: id, by: caller.actor, at: now)
        }
        context.bell.ring()
        return count
    }

    // MARK: Looking

    /// How many recalls there are.
    package func recallCount(for caller: Caller) async throws -> Int {
        try allow(caller)
        return try await context.store.read { try $0.recallCount() }
    }

    /// Recalls, the newest first, with how many documents of each have which status; `offset` of them left out.
    package func recalls(
        offset: Int = 0, limit: Int = 100, for caller: Caller
    ) async throws -> [(recall: Recall, counts: [RecalledStatus: Int])] {
        try allow(caller)
        return try await context.store.read { transaction in
            let recalls = try transaction.recalls(offset: offset, limit: limit)
            let counts = try transaction.recalledCounts(of: recalls.map(\.id))
            return try recalls.map { recall in
                let isKept = try keepsValues(of: recall, from: caller, in: transaction)
                return (recall: isKept ? recall.withoutValues : recall, counts: counts[recall.id] ?? [:])
            }
        }
    }

    /// A recall with some of its documents; the look is on record.
    package func look(
        at id: String, offset: Int = 0, limit: Int = pageCount, by caller: Caller
    ) async throws -> RecallCase {
        try allow(caller)
        let now = context.clock()
        // Hundreds of documents take longer to read than other writers should wait.
        let seen = try await context.store.read { transaction in
            let recall = try found(id, in: transaction)
            return try RecallCase(
                recall, isKept: keepsValues(of: recall, from: caller, in: transaction), offset: offset, limit: limit,
                in: transaction)
        }
        try await context.store.write { transaction in
            _ = try transaction.audit(
                actor: caller.actor, action: "recall.viewed", subject: id, detail: ["from": "\(offset)"],
                correlationID: seen.recall.correlationID, at: now)
        }
        return seen
    }
}

// MARK: - Parts

extension RecallDesk {
    private func allow(_ caller: Caller) throws {
        guard caller.permissions.contains(.recallDocuments) else {
            throw ReviewError(
                .notAllowed, "The role '\(caller.role.rawValue)' does not recall documents. Ask a senior reviewer.")
        }
    }

    /// Whether the recall's values are of a field that the caller may come to key in the document.
    private func keepsValues(
        of recall: Recall, from caller: Caller, in transaction: Transaction
    ) throws -> Bool {
        guard !context.policy.keysBases.isEmpty, Policy.mayKey(caller.permissions),
            let path = FieldPath(recall.fieldPath), let record = try transaction.document(recall.documentID)
        else { return false }
        return Sight(context: context).hiddenFields(of: record, from: caller).contains(path.definition)
    }

    private func found(_ id: String, in transaction: Transaction) throws -> Recall {
        guard let recall = try transaction.recall(id) else { throw ReviewError.noSuchRecall }
        return recall
    }

    private func released(_ id: String, in transaction: Transaction) throws -> DocumentRecord {
        guard let record = try transaction.document(id) else {
            throw ReviewError(.notFound, "There is no document with this id. Find it on the intake page.")
        }
        guard record.status == .accepted else {
            throw ReviewError(
                .notPossible,
                "The document is \(record.status.rawValue.replacing("_", with: " ")): only what is accepted is recalled."
            )
        }
        return record
    }

    private func newRecall(
        of record: DocumentRecord, field: String, right: String, reason: String, by caller: Caller, at now: Date
    ) throws -> Recall {
        let located = record.document.locatedFields.first { $0.path.description == field }
        guard let located else {
            throw ReviewError(
                .notPossible, "The document has no value '\(field.prefix(80))'. Choose one from the list.")
        }
        let right = right.trimmingCharacters(in: .whitespacesAndNewlines)
        return Recall(
            id: Identifier.make(at: now), documentID: record.id, documentVersion: record.version, fieldPath: field,
            wrongValue: located.field.value.description,
            rightValue: right.isEmpty ? nil : try normal(right, in: record.document, at: located), reason: reason,
            madeBy: caller.actor, madeAt: now, correlationID: record.correlationID)
    }

    /// The right value in the normal form of its field; throws when it is none, or what stands there already.
    private func normal(_ right: String, in document: Document, at located: LocatedField) throws -> String {
        let path = located.path.description
        let edited: EditedDocument
        do {
            edited = try document.applying(
                [FieldEdit(path: path, change: .correct(right))], vocabulary: context.vocabulary)
        } catch {
            throw ReviewError(.notPossible, error.problems.first?.sentence ?? error.description)
        }
        let value = edited.document.locatedFields.first { $0.path == located.path }?.field.value
        guard let value, value != located.field.value else {
            throw ReviewError(
                .notPossible, "That is the value that stands there. Say what it should be, or leave it empty.")
        }
        return value.description
    }
}

/// A recall with some of its documents.
package struct RecallCase: Sendable {
    /// One document with what the list shows of it.
    package struct Entry: Sendable {
        package let listed: RecalledDocument
        package let record: DocumentRecord
        package let fileName: String
        package let isHeld: Bool
        /// The connectors that told other systems of it.
        package let delivered: [String]
    }

    package let recall: Recall
    /// Whether its values, and what could tell them, are left out.
    package let isKept: Bool
    package let counts: [RecalledStatus: Int]
    /// The money, in cents, that all its documents are about.
    package let cents: Int
    package let offset: Int
    package let entries: [Entry]

    package var count: Int { counts.values.reduce(0, +) }

    init(_ recall: Recall, isKept: Bool, offset: Int, limit: Int, in transaction: Transaction) throws {
        self.recall = isKept ? recall.withoutValues : recall
        self.isKept = isKept
        self.offset = offset
        counts = try transaction.recalledCounts(of: [recall.id])[recall.id] ?? [:]
        cents = try transaction.recalledCents(by: recall.id)
        let listed = try transaction.recalled(by: recall.id, offset: offset, limit: limit)
        let held = try transaction.held(among: listed.map(\.documentID))
        let delivered = try transaction.delivered(ofDocuments: listed.map(\.documentID))
        entries = try listed.compactMap { document in
            guard let record = try transaction.document(document.documentID),
                let file = try transaction.file(record.sha256)
            else { return nil }
            return Entry(
                listed: document, record: record, fileName: file.name, isHeld: held.contains(record.id),
                delivered: delivered[record.id] ?? [])
        }
    }
}

extension Recall {
    /// The recall without its values and without words that could tell them.
    fileprivate var withoutValues: Recall {
        var kept = self
        kept.wrongValue = RecallDesk.keptWords
        kept.rightValue = nil
        kept.reason = RecallDesk.keptWords
        for index in causes.indices where causes[index].name == RecallCause.account.rawValue {
            kept.causes[index].why = RecallDesk.keptWords
        }
        return kept
    }
}
