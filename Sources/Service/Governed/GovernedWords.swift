import Foundation
import Records

/// A policy or an approval matrix that was proposed, as pages tell it.
struct GovernedWords: Sendable {
    let hash: String
    /// Enough of the hash to tell it from others.
    let name: String
    let status: String
    let statusWords: String
    let proposed: String
    let reason: String
    /// What became of it, in a sentence or two.
    let story: String

    init(_ record: GovernedRecord) {
        hash = record.hash
        name = String(record.hash.prefix(12))
        status = record.status.rawValue
        statusWords = record.status.rawValue.replacing("_", with: " ")
        proposed = "\(GovernedWords.person(record.proposedBy)), \(PageTime.minute(record.proposedAt))"
        reason = record.reason
        story = GovernedWords.story(record)
    }

    private static func story(_ record: GovernedRecord) -> String {
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
            return
                "Another \(record.kind.noun) came into service before it was confirmed: propose it again if it is wanted."
        }
    }

    /// What people call an actor of the audit chain.
    static func person(_ actor: String) -> String {
        let parts = actor.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return actor }
        return switch parts[0] {
        case "file": "the file \(parts[1])"
        case "key": "the key \(parts[1])"
        case "user": parts[1]
        default: actor
        }
    }
}

/// What a kind is called on its pages.
struct GovernedKindWords: Sendable {
    let noun: String
    let page: String
    let path: String
    let rule: String
    let effect: String
    /// What a trial is made on.
    let tried: String
    let isPolicy: Bool

    init(_ kind: GovernedKind) {
        noun = kind.noun
        page = kind.page
        path = kind.path
        rule = kind.rule
        effect = kind.effect
        tried = kind == .policy ? "documents" : "approvals"
        isPolicy = kind == .policy
    }
}
