import Documents
import Governance
import Records
import Understanding

/// What a person may see of a document now: not the values that they may come to key, and not that a known-answer check is
/// one.
struct Sight: Sendable {
    let context: ServiceContext

    /// The fields whose values the person must not see while the document waits for keys.
    func hiddenFields(of record: DocumentRecord, from caller: Caller) -> Set<String> {
        guard record.status == .inReview, Policy.mayKey(caller.permissions) else { return [] }
        return context.policy.blindFields(of: record.type)
    }

    /// The record without those values; its checks are those that the values left allow.
    func record(_ record: DocumentRecord, hiding fields: Set<String>) -> DocumentRecord {
        guard !fields.isEmpty else { return record }
        var seen = record
        seen.document = record.document.hiding(fields)
        if let type = context.understander.catalog[record.type] {
            let document = seen.document
            seen.document.checks = Checker(type: type).checks(
                fields: document.fields, claims: document.claims, lineItems: document.lineItems)
        }
        return seen
    }

    /// The record as the person may see it, and whether something of it is kept from them.
    func seen(
        _ record: DocumentRecord, by caller: Caller, in transaction: Transaction
    ) throws -> (record: DocumentRecord, isPart: Bool) {
        if Policy.mayKey(caller.permissions), context.policy.knownAnswers.share > 0,
            let check = try transaction.openCheck(of: caller.actor, document: record.id)
        {
            return (check.record(of: record), true)
        }
        let fields = hiddenFields(of: record, from: caller)
        return (self.record(record, hiding: fields), !fields.isEmpty)
    }

    /// Whether the words of a page of the file could tell the person a value that they may come to key.
    func hidesWords(ofPage number: Int, of sha256: String, from caller: Caller, in transaction: Transaction) throws
        -> Bool
    {
        guard !context.policy.keysBases.isEmpty, Policy.mayKey(caller.permissions) else { return false }
        return try transaction.documents(of: sha256).contains { record in
            record.document.pages.contains(number) && !hiddenFields(of: record, from: caller).isEmpty
        }
    }
}

extension KnownAnswerCheck {
    /// The document's record as the check shows it.
    func record(of record: DocumentRecord) -> DocumentRecord {
        var shown = record
        shown.document = document ?? record.document
        shown.status = .inReview
        shown.version = version
        return shown
    }
}
