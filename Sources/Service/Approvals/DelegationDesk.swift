package import Documents
import Foundation
import Governance
package import Records

/// Where people have somebody stand in for them, and take that back.
package struct DelegationDesk: Sendable {
    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context.holdingPolicy() }

    /// Has `delegate` decide on behalf of `holder` from the first day to the last; who says the same once more gets the same
    /// delegation.
    ///
    /// A person says so for themselves; a machine that keeps the house's absences for anybody, by the same rules.
    ///
    /// - Parameters:
    ///   - kinds: nil for every kind.
    ///   - limit: nil for the holder's own.
    @discardableResult
    package func delegate(
        of holder: String, to delegate: String, kinds: Set<String>?, limit: Money?, from first: CalendarDate,
        through last: CalendarDate, by caller: Caller
    ) async throws -> DelegationRecord {
        guard caller.isPerson ? holder == caller.name : caller.permissions.contains(.delegateApprovals) else {
            throw ReviewError(.notAllowed, "You may not have somebody stand in for \(holder).")
        }
        let now = context.clock()
        guard let starts = first.adding(days: -1).flatMap(context.policy.end), let ends = context.policy.end(of: last)
        else { throw GovernanceError(.delegationRefused, "These are no days of the calendar. Choose others.") }
        let record = DelegationRecord(
            id: Identifier.make(at: now), from: holder, to: delegate, kinds: kinds?.sorted(), limitCents: limit?.cents,
            startsAt: starts, endsAt: ends, madeAt: now, madeBy: caller.actor)
        return try await context.store.write { transaction in
            try transaction.takeTurn()
            if let known = try transaction.delegations(endingAfter: now).first(where: { $0.says(record) }) {
                return known
            }
            try checkEnded(record, by: caller, in: transaction, at: now)
            let authority = try ApprovalHouse(context, in: transaction, at: now).authority(over: nil, in: transaction)
            try authority.check(Delegation(record), at: now)
            try transaction.addDelegation(record)
            var detail = ["of": holder, "to": delegate, "from": "\(first)", "through": "\(last)"]
            detail["kinds"] = record.kinds?.joined(separator: ",")
            detail["limit"] = limit?.description
            try transaction.audit(
                actor: caller.actor, action: "delegation.made", subject: record.id, detail: detail,
                correlationID: record.id, at: now)
            return record
        }
    }

    /// What its holder ended themselves is not made again by a machine that still knows of it.
    private func checkEnded(
        _ record: DelegationRecord, by caller: Caller, in transaction: Transaction, at now: Date
    ) throws {
        guard !caller.isPerson else { return }
        let ended = try transaction.revokedDelegations(of: record.from, endingAfter: now).filter { $0.says(record) }
        for delegation in ended {
            let revoked = try transaction.auditTrail(subject: delegation.id, actions: ["delegation.revoked"]).last
            guard revoked?.actor != "user:\(record.from)" else {
                throw GovernanceError(
                    .delegationRefused,
                    "\(record.from) ended this delegation. Should somebody stand in for them all the same, they say so on the page While I am away."
                )
            }
        }
    }

    /// Ends a delegation of the caller's authority; a machine that keeps the house's absences ends anybody's.
    package func revoke(_ id: String, by caller: Caller) async throws {
        guard caller.isPerson || caller.permissions.contains(.delegateApprovals) else {
            throw ReviewError(.notAllowed, "You may not end what has somebody stand in for others.")
        }
        let now = context.clock()
        try await context.store.write { transaction in
            try transaction.takeTurn()
            guard try transaction.revokeDelegation(id, of: caller.isPerson ? caller.name : nil, at: now) else {
                throw ReviewError(
                    .notFound, "There is no such delegation\(caller.isPerson ? " of yours" : ""), or it is over.")
            }
            try transaction.audit(
                actor: caller.actor, action: "delegation.revoked", subject: id, correlationID: id, at: now)
        }
    }

    /// The delegations of the caller that are not over, those to others and those to them; and whom they may choose.
    package func look(
        by caller: Caller
    ) async throws -> (made: [DelegationRecord], received: [DelegationRecord], choices: [String]) {
        let now = context.clock()
        return try await context.store.read { transaction in
            let all = try transaction.delegations(endingAfter: now)
            let authority = try ApprovalHouse(context, in: transaction, at: now).authority(over: nil, in: transaction)
            let choices = authority.approvers.filter { $0.isActive && $0.mayDecide && $0.name != caller.name }
            return (
                all.filter { $0.from == caller.name }, all.filter { $0.to == caller.name }, choices.map(\.name)
            )
        }
    }
}

extension DelegationRecord {
    /// Whether it says the same of the same people and days.
    fileprivate func says(_ other: DelegationRecord) -> Bool {
        from == other.from && to == other.to && kinds == other.kinds && limitCents == other.limitCents
            && startsAt == other.startsAt && endsAt == other.endsAt
    }
}

extension Policy {
    /// The moment at which the day is over where people work; without a calendar, in Coordinated Universal Time.
    fileprivate func end(of day: CalendarDate) -> Date? {
        calendar.map { $0.end(of: day) }
            ?? day.adding(days: 1).map { Date(timeIntervalSince1970: Double($0.dayNumber) * 86_400) }
    }
}
