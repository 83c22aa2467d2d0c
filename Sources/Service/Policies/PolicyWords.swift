import Foundation
import Records

/// A policy that was proposed, as pages and answers tell it.
struct PolicyWords: Sendable {
    let hash: String
    /// Enough of the hash to tell it from others.
    let name: String
    let status: String
    let statusWords: String
    let proposed: String
    let reason: String
    /// What became of it, in a sentence or two.
    let story: String

    init(_ record: PolicyRecord) {
        hash = record.hash
        name = String(record.hash.prefix(12))
        status = record.status.rawValue
        statusWords = record.status.rawValue.replacing("_", with: " ")
        proposed = "\(PolicyWords.person(record.proposedBy)), \(PageTime.minute(record.proposedAt))"
        reason = record.reason
        story = PolicyWords.story(record)
    }

    private static func story(_ record: PolicyRecord) -> String {
        let by = record.settledBy.map(person)
        let at = record.settledAt.map(PageTime.minute) ?? ""
        let because = record.settledBecause.map { ": \($0)" } ?? ""
        let from = record.inServiceFrom.map(PageTime.minute) ?? ""
        switch record.status {
        case .proposed:
            guard let vouchedBy = record.vouchedBy else {
                return "It waits for a person who stands for it, and for another who confirms it."
            }
            return "\(person(vouchedBy)) stands for it; it waits for another person to confirm it."
        case .inService:
            guard let by else { return "In service since \(from), the first of this store." }
            return "In service since \(from). \(by) confirmed it\(because)"
        case .former:
            let until = record.inServiceUntil.map(PageTime.minute) ?? ""
            return "In service from \(from) to \(until).\(by.map { " \($0) confirmed it\(because)" } ?? "")"
        case .refused: return "\(by ?? "Somebody") refused it, \(at)\(because)"
        case .outdated:
            return "Another policy came into service before it was confirmed: propose it again if it is still wanted."
        }
    }

    /// What people call an actor of the audit chain.
    static func person(_ actor: String) -> String {
        switch actor {
        case PolicyShelf.fileActor: "the file policy.yaml"
        default: actor.hasPrefix("key:") ? "the key \(actor.dropFirst(4))" : actor.replacing("user:", with: "")
        }
    }
}
