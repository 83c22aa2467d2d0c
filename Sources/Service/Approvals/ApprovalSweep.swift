import Actions
import Foundation
import Governance
import Records

/// Looks which approvals wait too long: they expire, climb to people with more authority, or are reminded of.
///
/// Everything is done once, however many processes do it at the same time.
struct ApprovalSweep: Sendable {
    /// How many approvals one transaction looks after.
    private static let approvalCountMax = 100

    let context: ServiceContext

    func sweep() async throws {
        while try await sweepOnce() == ApprovalSweep.approvalCountMax {}
    }

    private func sweepOnce() async throws -> Int {
        let now = context.clock()
        if try await context.store.read({ try $0.dueApprovals(at: now, limit: 1).isEmpty }) { return 0 }
        return try await context.store.write { transaction in
            try transaction.takeTurn()
            let due = try transaction.dueApprovals(at: now, limit: ApprovalSweep.approvalCountMax)
            for approval in due { try look(after: approval, in: transaction, at: now) }
            return due.count
        }
    }

    private func look(after approval: Approval, in transaction: Transaction, at now: Date) throws {
        if approval.expiresAt.map({ $0 <= now }) == true {
            try expire(approval, in: transaction, at: now)
        } else if approval.climbAt.map({ $0 <= now }) == true {
            try climb(approval, in: transaction, at: now)
        } else {
            try remind(approval, in: transaction, at: now)
        }
    }

    private func expire(_ approval: Approval, in transaction: Transaction, at now: Date) throws {
        let found = try ApprovalCase(
            approval, decisions: [], house: ApprovalHouse(context, in: transaction, at: now), in: transaction)
        var record = approval
        record.adopt(try found.state.applying(.expire, authority: found.authority, at: now).state)
        record.end(by: "policy", because: "Nobody decided in time.", at: now)
        let kept = try transaction.updateApproval(record)
        try context.note("approval.expired", of: kept, by: "policy", in: transaction, at: now)
        try context.raiseEvent(of: kept, in: transaction, at: now)
    }

    private func climb(_ approval: Approval, in transaction: Transaction, at now: Date) throws {
        var record = approval
        let content = try approval.decodedContent()
        // The matrix of now may have no band above, or may not climb.
        guard context.approvalMatrix.climbHours(of: content, climbed: approval.climbedCount) != nil else {
            record.climbAt = nil
            _ = try transaction.updateApproval(record)
            return
        }
        record.climbedCount += 1
        let hours = context.approvalMatrix.climbHours(of: content, climbed: record.climbedCount)
        record.climbAt = hours.map { context.policy.working($0 * 3600, after: now) }
        let kept = try transaction.updateApproval(record)
        try context.note(
            "approval.climbed", of: kept, by: "policy", ["level": "\(kept.climbedCount)"], in: transaction, at: now)
        try context.raiseEvent(of: kept, .approvalClimbed, in: transaction, at: now)
    }

    private func remind(_ approval: Approval, in transaction: Transaction, at now: Date) throws {
        var record = approval
        record.remindedCount += 1
        let hours = context.approvalMatrix.kind(approval.kind)?.remindHours
        record.remindAt = hours.map { context.policy.working($0 * 3600, after: now) }
        let kept = try transaction.updateApproval(record)
        try context.note(
            "approval.reminded", of: kept, by: "policy", ["times": "\(kept.remindedCount)"], in: transaction, at: now)
        try context.raiseEvent(of: kept, .approvalReminded, in: transaction, at: now)
    }
}
