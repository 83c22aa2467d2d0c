package import Documents
package import Foundation

/// An approval that was asked for, as a simulation judges it.
package struct PastApproval: Sendable {
    package let id: String
    package let requestedAt: Date
    package let state: ApprovalState
    /// The people who approved it, as far as it went.
    package let approvedBy: [String]

    package init(id: String, requestedAt: Date, state: ApprovalState, approvedBy: [String]) {
        self.id = id
        self.requestedAt = requestedAt
        self.state = state
        self.approvedBy = approvedBy
    }
}

/// What another matrix would make of the approvals that were asked for: who could decide each, what would climb, what
/// nobody could decide.
///
/// People have the roles of today; delegations are left out, for they end.
package struct ApprovalSimulation: Codable, Sendable {
    /// What one matrix says of an approval.
    package struct Verdict: Codable, Hashable, Sendable {
        /// The names of those who could decide it, sorted.
        package let people: [String]
        /// How many of them it takes; nil where nobody has authority.
        package let approverCount: Int?
        /// Those who are asked first.
        package let asked: [String]

        private enum CodingKeys: String, CodingKey {
            case people
            case approverCount = "approvers"
            case asked
        }

        /// Whether as many people could decide it as it takes.
        package var isDecidable: Bool { approverCount.map { people.count >= $0 } ?? false }
    }

    package struct Entry: Codable, Sendable {
        package let id: String
        package let requestedAt: Date
        package let kind: String
        package let amount: Money?
        package let facility: String?
        package let inService: Verdict
        package let proposed: Verdict
        /// Those who approved it, could still under the matrix in service, and could not under the proposed one.
        package let lost: [String]
        /// Nobody who is asked first is so now: it goes to other people.
        package let climbs: Bool

        private enum CodingKeys: String, CodingKey {
            case id
            case requestedAt = "requested_at"
            case kind, amount, facility
            case inService = "in_service"
            case proposed, lost, climbs
        }

        package var isChanged: Bool { inService != proposed || !lost.isEmpty }
    }

    package let entries: [Entry]

    package init(
        _ approvals: [PastApproval], inService: ApprovalMatrix, proposed: ApprovalMatrix, people: [Approver]
    ) {
        entries = approvals.map { approval in
            let before = ApprovalSimulation.verdict(on: approval, matrix: inService, people: people)
            let after = ApprovalSimulation.verdict(on: approval, matrix: proposed, people: people)
            let content = approval.state.content
            return Entry(
                id: approval.id, requestedAt: approval.requestedAt, kind: content.kind, amount: content.amount,
                facility: content.facility, inService: before, proposed: after,
                lost: approval.approvedBy.filter { before.people.contains($0) && !after.people.contains($0) }.sorted(),
                climbs: !before.asked.isEmpty && Set(before.asked).isDisjoint(with: after.asked))
        }
    }

    private static func verdict(
        on approval: PastApproval, matrix: ApprovalMatrix, people: [Approver]
    ) -> Verdict {
        let state = ApprovalState(
            content: approval.state.content, contentHash: approval.state.contentHash,
            requestedBy: approval.state.requestedBy, involved: approval.state.involved)
        let authority = Authority(matrix: matrix, approvers: people, delegations: [])
        let names = authority.mayDecide(on: state, at: approval.requestedAt)
        return Verdict(
            people: names, approverCount: state.missingCount(under: authority, at: approval.requestedAt),
            asked: names.filter { authority.isAsked($0, on: state, climbed: 0, at: approval.requestedAt) })
    }
}

extension ApprovalSimulation {
    /// What came of it, in lines for people; at most `namedMax` approvals are named.
    ///
    /// - Parameter rest: what follows the number of those that are not named.
    package func report(namedMax: Int, rest: String = "") -> String {
        let changed = entries.filter(\.isChanged)
        let climbing = entries.filter(\.climbs)
        let undecidable = entries.filter { !$0.proposed.isDecidable }
        let lost = entries.filter { !$0.lost.isEmpty }
        let two = entries.filter { $0.inService.approverCount == 1 && $0.proposed.approverCount == 2 }
        var lines = [
            "\(ApprovalSimulation.count(entries)) asked for; for \(changed.count) something would change.",
            "Would go to other people first: \(climbing.count).",
            "Would take two people and takes one now: \(two.count).",
            "Were approved by somebody who could not any more: \(lost.count).",
            "Could be decided by nobody, or by too few: \(undecidable.count)"
                + " (now \(entries.count { !$0.inService.isDecidable })).",
        ]
        let named = changed.isEmpty ? undecidable : changed
        lines += named.prefix(namedMax).map { "  " + ApprovalSimulation.line($0) }
        if named.count > namedMax { lines.append("  and \(named.count - namedMax) more\(rest)") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ entry: Entry) -> String {
        func words(_ verdict: Verdict) -> String {
            guard let count = verdict.approverCount, !verdict.people.isEmpty else { return "nobody" }
            return verdict.people.joined(separator: ", ") + (count == 2 ? " (two of them)" : "")
        }
        let place = entry.facility.map { " at \($0)" } ?? ""
        let lost = entry.lost.isEmpty ? "" : "; \(entry.lost.joined(separator: ", ")) approved it"
        return "\(entry.id) \(entry.kind) \(entry.amount?.dollars ?? "of an unknown amount")\(place): "
            + "\(words(entry.proposed)) instead of \(words(entry.inService))\(lost)"
    }

    private static func count(_ entries: [Entry]) -> String {
        entries.count == 1 ? "1 approval was" : "\(entries.count) approvals were"
    }
}
