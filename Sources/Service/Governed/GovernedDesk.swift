import Foundation
package import Governance
import Logging
package import Records
import Settings

/// Where a policy or an approval matrix is proposed by one person and put into service by another.
///
/// Each step is one transaction with its audit entries; what comes into service decides at once.
package struct GovernedDesk<Value: Governed>: Sendable {
    package static var textByteCountMax: Int { 512 << 10 }
    package static var reasonCharacterCountMax: Int { 500 }

    let context: ServiceContext

    var kind: GovernedKind { Value.kind }

    package init(context: ServiceContext) { self.context = context }

    /// Checks a text and tries it on what came; nothing is kept.
    package func trial(_ text: String) async throws -> GovernedTrial<Value> {
        guard text.utf8.count <= GovernedDesk.textByteCountMax else {
            throw GovernanceError(
                .policyUnusable,
                "The text may have \(GovernedDesk.textByteCountMax) bytes; this one has more. Shorten it.")
        }
        return try await GovernedTrial(text, context: context.holdingPolicy())
    }

    /// Proposes what `text` says in the place of the one in service.
    ///
    /// Throws `GovernanceError`: `policyUnusable` with every problem, or `activationRefused`.
    @discardableResult
    package func propose(_ text: String, because reason: String, by caller: Caller) async throws -> GovernedRecord {
        try allow(caller, .proposePolicy)
        return try await propose(text, because: try GovernedDesk.reason(reason), by: caller.voice)
    }

    func propose(_ text: String, because reason: String, by voice: Succession.Voice) async throws -> GovernedRecord {
        let trial = try await trial(text)
        guard let value = trial.value else {
            throw GovernedDesk.unusable(trial.problems.map(GovernanceError.Problem.init))
        }
        let now = context.clock()
        return try await context.store.write { transaction in
            try transaction.takeTurn()
            var succession = Succession(of: kind, try transaction.openGoverned(kind))
            guard succession.inService?.hash == trial.base else {
                throw GovernanceError(
                    .activationRefused,
                    "Another \(kind.noun) came into service this moment. Compare with it and propose again.")
            }
            try check(value, in: transaction, at: now)
            let entry = try succession.propose(value.hash, number: transaction.nextGovernedNumber(), by: voice)
            let record = GovernedRecord(
                number: entry.number, kind: kind, hash: entry.hash, base: entry.base, proposedBy: voice.actor,
                proposedAt: now, reason: reason, vouchedBy: entry.vouchedBy)
            try transaction.addGoverned(record, text: text, report: trial.report)
            try transaction.audit(
                actor: voice.actor, action: "\(kind.rawValue).proposed", subject: record.subject,
                detail: ["reason": reason, "in_service": trial.base], correlationID: record.hash, at: now)
            return record
        }
    }

    /// Puts the proposed text with this hash into service; where only a file or a machine proposed it, the first person
    /// stands for it and a second one has to confirm it.
    ///
    /// Throws `GovernanceError`: `personNeeded`, `activationRefused`, `policyUnusable`.
    package func confirm(
        _ hash: String, because given: String, by caller: Caller
    ) async throws -> Succession.Confirmation {
        try allow(caller, .confirmPolicy)
        let reason = try GovernedDesk.reason(given)
        let now = context.clock()
        let (confirmation, value, number) = try await context.store.write { transaction in
            try transaction.takeTurn()
            let open = try transaction.openGoverned(kind)
            var succession = Succession(of: kind, open)
            try refuseBorrowed(caller, for: open.first { $0.hash == hash }?.vouchedBy, in: transaction)
            let confirmation = try succession.confirm(hash, by: caller.voice)
            let (value, number) = try proposed(hash, in: transaction)
            try check(value, in: transaction, at: now)
            try keep(succession, over: open, because: reason, by: caller.actor, in: transaction, at: now)
            return (confirmation, value, number)
        }
        if confirmation == .inService {
            Value.inService(context).take(value, number: number)
            context.logger.notice("governed.in_service", metadata: ["kind": "\(kind.rawValue)", "hash": "\(hash)"])
        }
        return confirmation
    }

    /// Takes a proposed text off the table; throws `GovernanceError` with `personNeeded` or `activationRefused`.
    package func refuse(_ hash: String, because given: String, by caller: Caller) async throws {
        let reason = try GovernedDesk.reason(given)
        let now = context.clock()
        try await context.store.write { transaction in
            try transaction.takeTurn()
            let open = try transaction.openGoverned(kind)
            // Who stands for it takes it back with the permission to propose alone.
            let isOwn = open.contains { $0.hash == hash && $0.status == .proposed && $0.vouchedBy == caller.actor }
            try allow(caller, isOwn ? .proposePolicy : .confirmPolicy)
            var succession = Succession(of: kind, open)
            try succession.refuse(hash, by: caller.voice)
            try keep(succession, over: open, because: reason, by: caller.actor, in: transaction, at: now)
        }
    }
}

// MARK: - Parts

extension GovernedDesk {
    private func allow(_ caller: Caller, _ permission: Permission) throws {
        guard context.policy.permissions(of: caller.role).contains(permission) else {
            throw GovernanceError(
                .personNeeded,
                "The role '\(caller.role.rawValue)' lacks the permission '\(permission.rawValue)'. Ask somebody who has it."
            )
        }
    }

    /// Of two accounts where one gave out the other's password, which its owner has not changed since, one is no second
    /// person.
    private func refuseBorrowed(_ caller: Caller, for voucher: String?, in transaction: Transaction) throws {
        guard let voucher, caller.isPerson, voucher != caller.actor else { return }
        func giver(of account: String) throws -> String? {
            try transaction.auditTrail(
                subject: account, actions: ["user.added", "user.password_reset", "user.password_changed"]
            ).last?.actor
        }
        guard try giver(of: voucher) != caller.actor else {
            throw GovernanceError(
                .personNeeded,
                "\(voucher.actorName) stands for this \(kind.noun), and you know their password. Have them choose one of their own under Your sign-in, then confirm."
            )
        }
        guard try giver(of: caller.actor) == voucher else { return }
        throw GovernanceError(
            .personNeeded,
            "\(voucher.actorName) stands for this \(kind.noun) and knows your password. Choose one of your own under Your sign-in, then confirm."
        )
    }

    /// What would lock people out, or leave documents in no queue or approvals to nobody, is refused when it is proposed
    /// and when it is confirmed: people, queues and approvals may have changed between.
    private func check(_ value: Value, in transaction: Transaction, at now: Date) throws {
        let problems = try value.lockedOut(in: transaction, context, at: now)
        if !problems.isEmpty {
            throw GovernedDesk.unusable(problems.map { GovernanceError.Problem(path: kind.fileName, sentence: $0) })
        }
    }

    /// What is proposed with this hash, as it can be used now.
    private func proposed(_ hash: String, in transaction: Transaction) throws -> (Value, Int) {
        guard let record = try transaction.governed(kind, hash: hash),
            let kept = try transaction.governedText(record.number)
        else {
            throw GovernanceError(
                .activationRefused, "There is no \(kind.noun) with this hash. See the page \(kind.page).")
        }
        let check = Value.check(kept.text, path: kind.fileName, on: Value.ground(of: context))
        guard let value = check.value else {
            throw GovernedDesk.unusable(check.problems.map(GovernanceError.Problem.init))
        }
        guard value.hash == hash else {
            throw GovernanceError(
                .activationRefused, "The text in the store is not the one that was proposed. Propose it again.")
        }
        return (value, record.number)
    }

    /// Writes what became of those that were `open`, each change with its audit entry.
    private func keep(
        _ succession: Succession, over open: [GovernedRecord], because reason: String, by actor: String,
        in transaction: Transaction, at now: Date
    ) throws {
        // One is in service at a time: the former one ends before the next begins.
        let inOrder = open.sorted {
            ($0.status == .inService ? 0 : 1, $0.number) < ($1.status == .inService ? 0 : 1, $1.number)
        }
        for var record in inOrder {
            guard let entry = succession.entries.first(where: { $0.number == record.number }),
                let status = GovernedStatus(rawValue: entry.state.rawValue),
                status != record.status || entry.vouchedBy != record.vouchedBy
            else { continue }
            let isVouched = status == .proposed
            record.status = status
            record.vouchedBy = entry.vouchedBy
            switch status {
            case .inService: record.inServiceFrom = now
            case .former: record.inServiceUntil = now
            case .proposed, .refused, .outdated: break
            }
            if [.inService, .refused].contains(status) {
                record.settledBy = actor
                record.settledAt = now
                record.settledBecause = reason
            }
            try transaction.updateGoverned(record)
            let step = isVouched ? "vouched" : status.rawValue
            try transaction.audit(
                actor: actor, action: "\(kind.rawValue).\(step)", subject: record.subject,
                detail: ["reason": reason, "proposed_by": record.proposedBy], correlationID: record.hash, at: now)
        }
    }

    private static func reason(_ given: String) throws -> String {
        let reason = given.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !reason.isEmpty, reason.count <= reasonCharacterCountMax else {
            throw GovernanceError(.reasonNeeded, "Say why, in up to \(reasonCharacterCountMax) characters.")
        }
        return reason
    }

    private static func unusable(_ problems: [GovernanceError.Problem]) -> GovernanceError {
        GovernanceError(
            .policyUnusable,
            "The \(Value.kind.noun) cannot be used: "
                + (problems.count == 1 ? "one problem." : "\(problems.count) problems."),
            problems: problems)
    }
}

extension Succession {
    init(of kind: GovernedKind, _ records: [GovernedRecord]) {
        self.init(
            of: kind.noun,
            records.compactMap { record in
                State(rawValue: record.status.rawValue).map {
                    Entry(
                        number: record.number, hash: record.hash, base: record.base, vouchedBy: record.vouchedBy,
                        confirmedBy: record.settledBy, state: $0)
                }
            })
    }
}

extension Caller {
    var voice: Succession.Voice { Succession.Voice(actor: actor, isPerson: isPerson) }
}

extension GovernanceError.Problem {
    init(_ error: SettingsError) {
        self.init(path: "\(error.file)\(error.line.map { ":\($0)" } ?? "")", sentence: error.problem)
    }
}
