import Documents
import Foundation
import Governance

/// What happened to one approval and around it, in order, and what follows from it by first principles.
///
/// It knows nothing of `Authority` and `ApprovalState`: every question is answered by going through the whole history.
struct ApprovalHistory {
    /// A matrix as plain numbers: who may go up to how many cents.
    struct Rules {
        struct Row {
            var facility: String?
            /// From the least limit up; a nil limit is none.
            var bands: [(limit: Int64?, roles: Set<Role>, people: Set<String>, count: Int)]
        }

        var hash: String
        var kind: String
        var rows: [Row]
    }

    struct Standing {
        var role: Role
        var isActive: Bool
        var mayDecide: Bool
    }

    struct Loan {
        var id: String
        var from: String
        var to: String
        var kinds: Set<String>?
        var cents: Int64?
        var starts: Date
        var ends: Date
    }

    enum Fact {
        case rules(Rules)
        case standing(String, Standing)
        case lent(Loan)
        case revoked(String)
        case asked(ApprovalContent, involved: Set<String>)
        case changed(ApprovalContent, involved: Set<String>)
        /// Somebody turned out to have had a hand in it, or had one later.
        case touched(String)
        case approved(by: String, holder: String)
        case ended
    }

    var facts: [Fact] = []
    var expiresAt: Date

    /// The people with whose authority `person` could decide at `now`; `isRefusal` for refusing it.
    func holders(for person: String, isRefusal: Bool, at now: Date) -> Set<String> {
        guard !isOver, now < expiresAt, let content, isRefusal || content.amount != nil else { return [] }
        // What nobody may approve, whoever decides at all may refuse.
        if isRefusal, !isCovered { return isFit(person) && !involved.contains(person) ? [person] : [] }
        let heads = Set(standingApprovals(at: now).flatMap { [$0.person, $0.holder] })
        let voters = Set(givenApprovals.map(\.person))
        guard !heads.contains(person), !voters.contains(person) else { return [] }
        return authorities(of: person, at: now).subtracting(heads)
    }

    /// The people whose authority `person` has at `now`, their own among them.
    private func authorities(of person: String, at now: Date) -> Set<String> {
        guard let content, let rules, isFit(person), !involved.contains(person) else { return [] }
        var holders: Set<String> = []
        if reaches(person, content, rules) { holders.insert(person) }
        for loan in loans where loan.to == person && loan.starts <= now && now < loan.ends {
            guard loan.kinds.map({ $0.contains(content.kind) }) ?? true, isFit(loan.from),
                reaches(loan.from, content, rules), !involved.contains(loan.from)
            else { continue }
            if let cents = loan.cents {
                guard let amount = content.amount, amount.cents <= cents else { continue }
            }
            holders.insert(loan.from)
        }
        return holders
    }

    /// How many people it takes for the money that is asked for now.
    var neededCount: Int? {
        guard let content, let rules, let row = row(for: content, rules), let amount = content.amount else {
            return nil
        }
        return row.bands.first { $0.limit == nil || amount.cents <= $0.limit ?? 0 }?.count
    }

    /// Whether the rules give anybody authority over as much.
    var isCovered: Bool {
        guard let content, let rules, let row = row(for: content, rules) else { return false }
        guard let amount = content.amount else { return true }
        return row.bands.contains { $0.limit == nil || amount.cents <= $0.limit ?? 0 }
    }

    /// Of the given approvals those of which the person still has the authority; nobody is in two.
    func standingApprovals(at now: Date) -> [(person: String, holder: String)] {
        var approvals: [(person: String, holder: String)] = []
        for given in givenApprovals where authorities(of: given.person, at: now).contains(given.holder) {
            let isNew = !approvals.contains {
                [$0.person, $0.holder].contains(given.person) || [$0.person, $0.holder].contains(given.holder)
            }
            if isNew { approvals.append(given) }
        }
        return approvals
    }

    /// The approvals since something else was asked for or other rules came.
    private var givenApprovals: [(person: String, holder: String)] {
        var approvals: [(person: String, holder: String)] = []
        for fact in facts {
            switch fact {
            case .approved(let person, let holder): approvals.append((person, holder))
            case .rules, .changed, .asked: approvals = []
            case .standing, .lent, .revoked, .touched, .ended: break
            }
        }
        return approvals
    }

    /// Whoever had a hand in what is asked for.
    var involved: Set<String> {
        facts.reduce(into: []) { names, fact in
            switch fact {
            case .asked(_, let more), .changed(_, let more): names.formUnion(more)
            case .touched(let name): names.insert(name)
            default: break
            }
        }
    }

    // MARK: Parts

    private var isOver: Bool { facts.contains { if case .ended = $0 { true } else { false } } }

    private var content: ApprovalContent? {
        for fact in facts.reversed() {
            if case .changed(let content, _) = fact { return content }
            if case .asked(let content, _) = fact { return content }
        }
        return nil
    }

    private var rules: Rules? {
        for fact in facts.reversed() { if case .rules(let rules) = fact { return rules } }
        return nil
    }

    private var loans: [Loan] {
        facts.compactMap { fact in
            guard case .lent(let loan) = fact else { return nil }
            let isRevoked = facts.contains { if case .revoked(loan.id) = $0 { true } else { false } }
            return isRevoked ? nil : loan
        }
    }

    private func standing(_ person: String) -> Standing? {
        for fact in facts.reversed() {
            if case .standing(person, let standing) = fact { return standing }
        }
        return nil
    }

    private func isFit(_ person: String) -> Bool { standing(person).map { $0.isActive && $0.mayDecide } ?? false }

    private func row(for content: ApprovalContent, _ rules: Rules) -> Rules.Row? {
        guard content.kind == rules.kind else { return nil }
        return rules.rows.first { $0.facility == nil || $0.facility == content.facility }
    }

    /// Whether the person's own ceiling is as high as the money; for money that nobody knows, as high as any.
    private func reaches(_ person: String, _ content: ApprovalContent, _ rules: Rules) -> Bool {
        guard let row = row(for: content, rules), let role = standing(person)?.role else { return false }
        func ceiling(_ isCounted: (Set<Role>, Set<String>) -> Bool) -> Int64? {
            row.bands.filter { isCounted($0.roles, $0.people) }.map { $0.limit ?? .max }.max()
        }
        guard let own = ceiling({ $0.contains(role) || $1.contains(person) }) else { return false }
        return own >= content.amount?.cents ?? ceiling { _, _ in true } ?? .max
    }
}
