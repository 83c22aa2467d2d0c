import Documents
import Foundation
import Governance
import Records
import Understanding

extension RecallFacts {
    /// How `record` came by its values of `field`, or by the one at `path`.
    ///
    /// - Parameter layouts: whether each layout says where the field stands.
    init(
        _ record: DocumentRecord, field: String, at path: FieldPath? = nil, layouts: inout LayoutFields,
        in transaction: Transaction
    ) throws {
        let document = record.document
        let located = document.locatedFields.filter { located in
            path.map { $0 == located.path } ?? (located.path.definition == field)
        }
        self.init(
            type: record.type, field: located.isEmpty ? nil : field, sha256: record.sha256,
            model: record.versions.model)
        if case .one(let name)? = document.fields["payer_name"] { payer = name.value.description.foldedName }
        let paths = Set(located.map(\.path.description))
        func isEvident(_ code: String) -> Bool {
            document.evidence.contains { $0.code == code && $0.field.map(paths.contains) == true }
        }
        isTrustedByLearning = isEvident("learned_threshold")
        if isEvident(AccountMatcher.Finding.corrects.rawValue) {
            account = document.accountNumbers.joined(separator: ",")
        }
        if let use = try transaction.layoutUse(of: record.id), try layouts.has(field, use.memoryID, in: transaction) {
            layout = use.memoryID
        }
        // What policy accepted as it was read, nobody has looked at.
        guard record.version > 1 else { return }
        let confirmation = try transaction.auditTrail(subject: record.id).last { $0.action == "document.confirmed" }
        confirmedBy = confirmation?.actor
        confirmedAt = confirmation?.time
        guard let read = try transaction.decided(of: record.id), confirmedBy != nil else { return }
        let values = Dictionary(
            read.locatedFields.map { ($0.path, $0.field.value) }, uniquingKeysWith: { first, _ in first })
        isTyped = !located.isEmpty && located.allSatisfy { values[$0.path] != $0.field.value }
    }
}

/// Which fields each layout says the place of, found once.
struct LayoutFields {
    private var known: [String: Set<String>] = [:]

    mutating func has(_ field: String, _ layout: String, in transaction: Transaction) throws -> Bool {
        if known[layout] == nil {
            let holdings = try transaction.layout(layout)?.layout?.holdings ?? []
            known[layout] = Set(holdings.map(\.path))
        }
        return known[layout]?.contains(field) == true
    }
}

extension String {
    /// A name without what makes no difference: capitals, accents and spaces.
    var foldedName: String {
        folding(options: [.caseInsensitive, .diacriticInsensitive], locale: Locale(identifier: "en_US_POSIX"))
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension RecallCause {
    /// What the page calls it.
    var title: String {
        switch self {
        case .reviewer: "The same reviewer"
        case .account: "The same account's correction"
        case .layout: "The same learned layout"
        case .threshold: "The same learned threshold"
        case .model: "The same model and payer"
        case .file: "The same file"
        }
    }

    /// Why it may have made the value wrong, and what others have it in common.
    func why(_ facts: RecallFacts, fieldTitle: String) -> String {
        let field = "‘\(fieldTitle)’"
        switch self {
        case .reviewer:
            let name = facts.confirmedBy?.actorName ?? "A reviewer"
            let deed = facts.isTyped ? "typed the value" : "confirmed the document with the value as it was read"
            return "\(name) \(deed). Others that \(name) confirmed within 24 hours before or after."
        case .account:
            return "The hospital's books corrected \(field) by account \(facts.account ?? ""). Others corrected by it."
        case .layout:
            return "\(field) was read where layout \(facts.layout ?? "") has it. Others of the layout with the field."
        case .threshold:
            return "\(field) passed by a threshold that reviews taught. Others of the type whose \(field) did."
        case .model:
            let payer = facts.payer == nil ? "" : " of the same payer"
            return "Model \(facts.model) read \(field). Others of the type\(payer) with a \(field) that it read."
        case .file:
            return "The document came in one file with others: one scan, one batch."
        }
    }
}
