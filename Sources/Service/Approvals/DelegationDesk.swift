package import Documents
import Foundation
import Governance
package import Records

/// Where people have somebody stand in for them, and take that back.
package struct DelegationDesk: Sendable {
    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context.holdingPolicy() }

    /// Has `delegate` decide on the caller's behalf from the first day to the last.
    ///
    /// - Parameters:
    ///   - kinds: nil for every kind.
    ///   - limit: nil for the caller's own.
    package func delegate(
        to delegate: String, kinds: Set<String>?, limit: Money?, from first: CalendarDate, through last: CalendarDate,
        by caller: Caller
    ) async throws {
        guard caller.isPerson else { throw ReviewError(.notAllowed, ApprovalDesk.machineSentence) }
        let now = context.clock()
        guard let starts = first.adding(days: -1).flatMap(context.policy.end), let ends = context.policy.end(of: last)
        else { throw GovernanceError(.delegationRefused, "These are no days of the calendar. Choose others.") }
        let record = DelegationRecord(
            id: Identifier.make(at: now), from: caller.name, to: delegate, kinds: kinds?.sorted(),
            limitCents: limit?.cents, startsAt: starts, endsAt: ends, madeAt: now)
        try await context.store.write { transaction in
            let authority = try ApprovalHouse(context, in: transaction, at: now).authority(over: nil, in: transaction)
            try authority.check(Delegation(record), at: now)
            try transaction.addDelegation(record)
            var detail = ["to": delegate, "from": "\(first)", "through": "\(last)"]
            detail["kinds"] = record.kinds?.joined(separator: ",")
            detail["limit"] = limit?.description
            try transaction.audit(
                actor: caller.actor, action: "delegation.made", subject: record.id, detail: detail,
                correlationID: record.id, at: now)
        }
    }

    /// Ends a delegation that the caller made.
    package func revoke(_ id: String, by caller: Caller) async throws {
        let now = context.clock()
        try await context.store.write { transaction in
            guard try transaction.revokeDelegation(id, of: caller.name, at: now) else {
                throw ReviewError(.notFound, "There is no such delegation of yours, or it is over.")
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

extension Policy {
    /// The moment at which the day is over where people work; without a calendar, in Coordinated Universal Time.
    fileprivate func end(of day: CalendarDate) -> Date? {
        calendar.map { $0.end(of: day) }
            ?? day.adding(days: 1).map { Date(timeIntervalSince1970: Double($0.dayNumber) * 86_400) }
    }
}
