import Foundation
package import Governance
import Logging
package import Records
import Settings

/// Where policies are proposed by one person and put into service by another.
///
/// Each step is one transaction with its audit entries; a policy that comes into service decides at once.
package struct PolicyDesk: Sendable {
    package static let textByteCountMax = 512 << 10
    package static let reasonCharacterCountMax = 500

    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context }

    /// Checks a policy and tries it on the last documents; nothing is kept.
    package func trial(_ text: String) async throws -> PolicyTrial {
        guard text.utf8.count <= PolicyDesk.textByteCountMax else {
            throw GovernanceError(
                .policyUnusable,
                "A policy may have \(PolicyDesk.textByteCountMax) bytes; this one has more. Shorten it.")
        }
        return try await PolicyTrial(text, context: context.holdingPolicy())
    }

    /// Proposes the policy written in `text` in the place of that in service.
    ///
    /// Throws `GovernanceError`: `policyUnusable` with every problem, or `activationRefused`.
    @discardableResult
    package func propose(_ text: String, because reason: String, by caller: Caller) async throws -> PolicyRecord {
        try allow(caller, .proposePolicy)
        return try await propose(
            text, because: try PolicyDesk.reason(reason),
            by: PolicySuccession.Voice(actor: caller.actor, isPerson: caller.isPerson))
    }

    private func propose(
        _ text: String, because reason: String, by voice: PolicySuccession.Voice
    ) async throws -> PolicyRecord {
        let trial = try await trial(text)
        guard let policy = trial.policy else {
            throw PolicyDesk.unusable(trial.problems.map(GovernanceError.Problem.init))
        }
        let now = context.clock()
        return try await context.store.write { transaction in
            try transaction.takeTurn()
            var succession = try PolicySuccession(transaction)
            guard succession.inService?.hash == trial.base else {
                throw GovernanceError(
                    .activationRefused,
                    "Another policy came into service this moment. Compare with it and propose again.")
            }
            try check(policy, in: transaction, at: now)
            let entry = try succession.propose(policy.hash, number: transaction.nextPolicyNumber(), by: voice)
            let record = PolicyRecord(
                number: entry.number, hash: entry.hash, base: entry.base, proposedBy: voice.actor, proposedAt: now,
                reason: reason, vouchedBy: entry.vouchedBy)
            try transaction.addPolicy(record, text: text, report: trial.report)
            try transaction.audit(
                actor: voice.actor, action: "policy.proposed", subject: record.subject,
                detail: ["reason": reason, "in_service": trial.base], correlationID: record.hash, at: now)
            return record
        }
    }

    /// Puts the proposed policy with this hash into service; where only a file or a machine proposed it, the first person
    /// stands for it and a second one has to confirm it.
    ///
    /// Throws `GovernanceError`: `personNeeded`, `activationRefused`, `policyUnusable`.
    package func confirm(
        _ hash: String, because given: String, by caller: Caller
    ) async throws -> PolicySuccession.Confirmation {
        try allow(caller, .confirmPolicy)
        let reason = try PolicyDesk.reason(given)
        let now = context.clock()
        let (confirmation, policy, number) = try await context.store.write { transaction in
            try transaction.takeTurn()
            let open = try transaction.openPolicies()
            var succession = PolicySuccession(open)
            try refuseBorrowed(caller, for: open.first { $0.hash == hash }?.vouchedBy, in: transaction)
            let confirmation = try succession.confirm(hash, by: caller.voice)
            let (policy, number) = try proposed(hash, in: transaction)
            try check(policy, in: transaction, at: now)
            try keep(succession, over: open, because: reason, by: caller.actor, in: transaction, at: now)
            return (confirmation, policy, number)
        }
        if confirmation == .inService {
            context.policies.take(policy, number: number)
            context.logger.notice("policy.in_service", metadata: ["policy.hash": "\(hash)"])
        }
        return confirmation
    }

    /// Takes a proposed policy off the table; throws `GovernanceError` with `personNeeded` or `activationRefused`.
    package func refuse(_ hash: String, because given: String, by caller: Caller) async throws {
        let reason = try PolicyDesk.reason(given)
        let now = context.clock()
        try await context.store.write { transaction in
            try transaction.takeTurn()
            let open = try transaction.openPolicies()
            // Who stands for a policy takes it back with the permission to propose alone.
            let isOwn = open.contains { $0.hash == hash && $0.status == .proposed && $0.vouchedBy == caller.actor }
            try allow(caller, isOwn ? .proposePolicy : .confirmPolicy)
            var succession = PolicySuccession(open)
            try succession.refuse(hash, by: caller.voice)
            try keep(succession, over: open, because: reason, by: caller.actor, in: transaction, at: now)
        }
    }
}

// MARK: - Parts

extension PolicyDesk {
    private func allow(_ caller: Caller, _ permission: Permission) throws {
        guard context.policy.permissions(of: caller.role).contains(permission) else {
            throw GovernanceError(
                .personNeeded,
                "The role '\(caller.role.rawValue)' lacks the permission '\(permission.rawValue)'. Ask somebody who has it."
            )
        }
    }

    /// An account whose password the person who stands for the policy gave out, and its owner has not changed since, is
    /// no second person.
    private func refuseBorrowed(_ caller: Caller, for voucher: String?, in transaction: Transaction) throws {
        guard let voucher, caller.isPerson, voucher != caller.actor else { return }
        let passwords = try transaction.auditTrail(subject: caller.actor).filter {
            ["user.added", "user.password_reset", "user.password_changed"].contains($0.action)
        }
        guard passwords.last?.actor == voucher else { return }
        throw GovernanceError(
            .personNeeded,
            "\(voucher.actorName) stands for this policy and knows your password. Choose one of your own under Your sign-in, then confirm."
        )
    }

    /// A policy that would lock people out, or leave documents in no queue, is refused when it is proposed and when it is
    /// confirmed: people and queues may have changed between.
    private func check(_ policy: Policy, in transaction: Transaction, at now: Date) throws {
        let signIn = SignInWays(context.settings)
        let roles = try transaction.users().filter { try signIn.isOpen(to: $0, in: transaction) }.compactMap {
            Role(rawValue: $0.role)
        }
        let waiting = try transaction.taskCounts(at: now).mapValues { ($0[.open] ?? 0) + ($0[.leased] ?? 0) }
        let problems = policy.lockedOut(roles: roles, waiting: waiting)
        if !problems.isEmpty {
            throw PolicyDesk.unusable(problems.map { GovernanceError.Problem(path: "policy.yaml", sentence: $0) })
        }
    }

    /// The policy that is proposed with this hash, as it can be used now.
    private func proposed(_ hash: String, in transaction: Transaction) throws -> (Policy, Int) {
        guard let record = try transaction.policy(hash: hash), let kept = try transaction.policyText(record.number)
        else { throw GovernanceError(.activationRefused, "There is no policy with this hash. See the page Policy.") }
        let check = Policy.check(text: kept.text, path: "policy.yaml", vocabulary: context.vocabulary)
        guard let policy = check.policy else {
            throw PolicyDesk.unusable(check.problems.map(GovernanceError.Problem.init))
        }
        guard policy.hash == hash else {
            throw GovernanceError(
                .activationRefused, "The text in the store is not the one that was proposed. Propose it again.")
        }
        return (policy, record.number)
    }

    /// Writes what became of the policies that were `open`, each change with its audit entry.
    private func keep(
        _ succession: PolicySuccession, over open: [PolicyRecord], because reason: String, by actor: String,
        in transaction: Transaction, at now: Date
    ) throws {
        // One is in service at a time: the former one ends before the next begins.
        let inOrder = open.sorted {
            ($0.status == .inService ? 0 : 1, $0.number) < ($1.status == .inService ? 0 : 1, $1.number)
        }
        for var record in inOrder {
            guard let entry = succession.entries.first(where: { $0.number == record.number }),
                let status = PolicyStatus(rawValue: entry.state.rawValue),
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
            try transaction.updatePolicy(record)
            try transaction.audit(
                actor: actor, action: "policy.\(isVouched ? "vouched" : status.rawValue)", subject: record.subject,
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
            problems.count == 1
                ? "The policy cannot be used: one problem." : "The policy cannot be used: \(problems.count) problems.",
            problems: problems)
    }
}

extension PolicyDesk {
    /// Has the policy in the file at `path` proposed where it is another than that in service and was never proposed.
    ///
    /// The service goes on with the policy in service, whatever is in the file: the log says in a sentence what was found.
    func takeUp(file path: String) async throws {
        do {
            let text = try Policy.text(path: path)
            let hash = Policy.hash(of: text)
            guard hash != context.policy.hash else { return }
            if let known = try await context.store.read({ try $0.policy(hash: hash) }) {
                say(
                    "The policy in the file is not the one in service. It was proposed before: see the page Policy.",
                    known.status.rawValue)
                return
            }
            _ = try await propose(
                text, because: "The file differs from the policy in service.",
                by: PolicySuccession.Voice(actor: PolicyShelf.fileActor, isPerson: false))
            say(
                "The policy in the file is not the one in service, which goes on. It is proposed: see the page Policy.",
                "proposed")
        } catch let error as GovernanceError {
            say(
                "The policy in the file cannot take the place of the one in service, which goes on.",
                error.problems.first.map { "\($0.path): \($0.sentence)" } ?? error.description)
        } catch let error as SettingsError {
            say("The policy's file cannot be read; the policy in service goes on.", error.description)
        }
    }

    private func say(_ sentence: Logger.Message, _ what: String) {
        context.logger.warning(sentence, metadata: ["policy.file": "\(what)", "policy.hash": "\(context.policy.hash)"])
    }
}

extension PolicySuccession {
    init(_ transaction: Transaction) throws { self.init(try transaction.openPolicies()) }

    init(_ records: [PolicyRecord]) {
        self.init(
            records.compactMap { record in
                PolicySuccession.State(rawValue: record.status.rawValue).map {
                    Entry(
                        number: record.number, hash: record.hash, base: record.base, vouchedBy: record.vouchedBy,
                        confirmedBy: record.settledBy, state: $0)
                }
            })
    }
}

extension Caller {
    var voice: PolicySuccession.Voice { PolicySuccession.Voice(actor: actor, isPerson: isPerson) }
}

extension GovernanceError.Problem {
    init(_ error: SettingsError) {
        self.init(path: "\(error.file)\(error.line.map { ":\($0)" } ?? "")", sentence: error.problem)
    }
}
