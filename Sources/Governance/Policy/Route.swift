package import Documents
import Foundation

/// A rule that sends documents to a queue; every condition that it states must hold.
package struct Route: Hashable, Sendable {
    /// The field that names the payer, in every type that has one.
    static let payerField = "payer_name"

    /// The name of the queue.
    package var queue: String
    var type: String?
    var subtypes: Set<String>?
    /// Names as `folded` gives them.
    var payers: Set<String>?
    /// Codes of reasons, of which the document has one at least.
    var reasons: Set<String>?
    var amountAtLeast: Money?
    var amountAtMost: Money?
    /// The facilities that the file came to, of which it is one.
    var facilities: Set<String>?

    /// Whether the document, with this amount at stake and from this facility, meets every condition; without an amount
    /// none about it is met, and without a facility none about that.
    func matches(_ document: Document, amount: Money?, facility: String?) -> Bool {
        if let facilities, facility.map(facilities.contains) != true { return false }
        if let type, document.type != type { return false }
        if let subtypes, document.subtype.map(subtypes.contains) != true { return false }
        if let payers {
            guard case .one(let payer)? = document.fields[Route.payerField],
                payers.contains(Route.folded(payer.value.description))
            else { return false }
        }
        if let reasons, !document.reasons.contains(where: { reasons.contains($0.code) }) { return false }
        if let amountAtLeast, amount.map({ $0 >= amountAtLeast }) != true { return false }
        if let amountAtMost, amount.map({ $0 <= amountAtMost }) != true { return false }
        return true
    }

    /// Whether it matches every document that `other` does.
    func covers(_ other: Route) -> Bool {
        func isWithin(_ inner: Set<String>?, _ outer: Set<String>?) -> Bool {
            guard let outer else { return true }
            return inner.map(outer.isSuperset) ?? false
        }
        let hasNoAmount = amountAtLeast == nil && amountAtMost == nil
        let saysAmount = other.amountAtLeast != nil || other.amountAtMost != nil
        return (type == nil || type == other.type) && isWithin(other.subtypes, subtypes)
            && isWithin(other.payers, payers) && isWithin(other.reasons, reasons)
            && isWithin(other.facilities, facilities)
            && (hasNoAmount || saysAmount)
            && (amountAtLeast ?? .zero) <= (other.amountAtLeast ?? .zero)
            && (amountAtMost.map { most in other.amountAtMost.map { $0 <= most } ?? false } ?? true)
    }

    /// A name without what makes no difference: capitals, accents, points and spaces.
    static func folded(_ name: String) -> String {
        name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: Locale(identifier: "en_US_POSIX"))
            .split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }
}

extension Policy {
    /// The name of the queue that reviews the document: that of the first route that matches, else its type's.
    ///
    /// - Parameter facility: where its file came to; nil when nobody said.
    package func queue(for document: Document, facility: String?) -> String {
        guard !routes.isEmpty else { return queue(for: document.type) }
        let amount = amountAtStake(in: document)
        return routes.first { $0.matches(document, amount: amount, facility: facility) }?.queue
            ?? queue(for: document.type)
    }
}
