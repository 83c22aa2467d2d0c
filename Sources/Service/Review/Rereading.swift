import Documents
import Foundation
import Governance
import Records
import Understanding

/// The type that a person chose for a document.
package struct ChosenType: Hashable, Sendable {
    /// Names the evidence that a person chose the type.
    static let code = "type_chosen"

    package var type: String
    /// Nil leaves the subtype to what the pages say.
    package var subtype: String?

    package init(type: String, subtype: String? = nil) {
        self.type = type
        self.subtype = subtype
    }

    /// What a person chose for `document` before; nil when the type is what the machine says.
    init?(_ document: Document) {
        guard document.evidence.contains(where: { $0.code == ChosenType.code }) else { return nil }
        self.init(type: document.type, subtype: document.subtype)
    }
}

extension ChosenType: LosslessStringConvertible {
    /// `TYPE` or `TYPE/SUBTYPE`.
    package init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard 1...2 ~= parts.count, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(type: parts[0], subtype: parts.count == 2 ? parts[1] : nil)
    }

    package var description: String { [type, subtype].compactMap(\.self).joined(separator: "/") }
}

/// Understands pages again after a person said of what type they are or which of them are a document.
struct Rereading: Sendable {
    /// Names the evidence that a person chose the pages.
    static let pagesCode = "pages_chosen"
    /// The evidence that is about a document's pages and not about its type.
    static let pagesCodes: Set = [pagesCode, "document_begins", "amounts_add_up"]

    let context: ServiceContext

    /// What `pages` say, in their order, as one document of the type that a person chose or, without one, of the likeliest.
    func read(_ pages: [PageReading], as chosen: ChosenType?, by understander: Understander) -> Document {
        var document = understander.read(pages, as: chosen?.type ?? understander.classify(pages).type)
        document.pages = pages.map(\.page.number)
        if let chosen {
            document.typeConfidence = 1.0
            document.subtype = chosen.subtype ?? document.subtype
            document.evidence.append(Reason(code: ChosenType.code, detail: "A reviewer chose the type."))
        }
        return document
    }

    /// The document with its account, its checks, and what policy says of it; values that a person stands for are doubted
    /// by no book.
    func decided(
        _ document: Document, of record: DocumentRecord, problems: [Int: String], _ learned: LearnedThresholds,
        in transaction: Transaction
    ) throws -> Document {
        var found = try context.accountMatcher.match(document, in: StoredBooks(transaction: transaction))
        let settled = Set(
            found.locatedFields.filter { $0.field.confidence.probability == 1 }.map(\.path.description))
        let doubts = [AccountMatcher.Finding.disagrees, .corrects].map(\.rawValue)
        found.evidence.removeAll { doubts.contains($0.code) && $0.field.map(settled.contains) == true }
        if let type = context.understander.catalog[found.type] {
            found.checks = Checker(type: type).checks(
                fields: found.fields, claims: found.claims, lineItems: found.lineItems)
        }
        let noted = try context.noting(
            anomaliesOf: found, id: record.id, sha256: record.sha256, in: transaction, at: context.clock())
        return context.policy.decide(
            noted, unreadablePages: problems, learned: learned,
            isAudited: context.policy.isAudited(sha256: record.sha256, ordinal: record.ordinal))
    }
}
