import Actions
import Documents
import Foundation
package import Governance
package import Records

/// Where people take work on denials and requests, and say how it ended.
///
/// Each change is one transaction with its audit entry and its event.
package struct WorkDesk: Sendable {
    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context.holdingPolicy() }

    /// What a person does with work.
    package enum Act: Hashable, Sendable {
        case take
        case release
        case send
        /// How it ended; `account` is the account that the number of an authorization was for.
        case close(WorkOutcome, account: String?)
    }

    /// Opens the appeal of the claim that the denial is on, or gives the one that is open.
    package func openAppeal(ofDenial id: String, by caller: Caller) async throws -> WorkItem {
        let now = context.clock()
        return try await context.store.write { [context] transaction in
            guard let denial = try transaction.denial(id, within: caller.reach),
                let record = try transaction.document(denial.documentID), record.status == .accepted
            else {
                throw ReviewError(
                    .notFound, "The denial stands no more: its document was recalled. Look at the list again.")
            }
            try WorkDesk.refuseHeld(record.id, in: transaction)
            let opener = WorkOpener(context: context, record: record, actor: caller.actor)
            let denials = try transaction.denials(ofDocument: record.id).filter {
                $0.claimPlace == denial.claimPlace
            }
            if let work = try opener.openAppeal(of: denials, at: denial.claimPlace, in: transaction, at: now) {
                return work
            }
            let open = try transaction.work(ofDocument: record.id).last {
                $0.place == denial.claimPlace && $0.kind == WorkKind.appeal.rawValue
                    && [.open, .taken, .awaiting].contains($0.status)
            }
            guard let open else { throw ReviewError(.notFound, "The appeal is gone. Look at the list again.") }
            return open
        }
    }

    /// Does what a person asks of the work, which they saw in `version`.
    @discardableResult
    package func act(_ act: Act, on id: String, seen version: Int, by caller: Caller) async throws -> WorkItem {
        let now = context.clock()
        let done = try await context.store.write { [context] transaction -> WorkItem in
            let work = try WorkDesk.found(id, for: caller, in: transaction)
            guard work.version == version else { throw ReviewError.changedMeanwhile }
            // Whoever has it in hand may give it back all the same.
            if act != .release { try WorkDesk.refuseHeld(work.documentID, in: transaction) }
            let state: WorkState
            do throws(GovernanceError) {
                state = try WorkState(work).applying(WorkDesk.event(act, by: caller))
            } catch {
                throw ReviewError(.taken, error.description)
            }
            if case .close(.writtenBack, let account) = act {
                try WorkDesk.writeBack(to: account, for: work, by: caller, context, in: transaction, at: now)
            }
            let changed = try transaction.updateWork(work.following(state, by: caller.actor, at: now))
            var detail = ["work": id, "kind": work.kind]
            detail["outcome"] = changed.outcome
            try transaction.audit(
                actor: caller.actor, action: "work.\(act.name)", subject: work.documentID, detail: detail,
                correlationID: work.correlationID, at: now)
            if changed.status == .closed {
                try context.raise(.workClosed, about: changed, in: transaction, at: now)
            }
            return changed
        }
        context.bell.ring()
        return done
    }

    static func found(_ id: String, for caller: Caller, in transaction: Transaction) throws -> WorkItem {
        guard let work = try transaction.work(id, within: caller.reach) else {
            throw ReviewError(.notFound, "There is no work with this id. Choose one from the list of work.")
        }
        return work
    }

    static let heldSentence =
        "The document is held, for a value like its own was found wrong. Wait until it is released."

    /// Throws the sentence that says so where the document is held.
    private static func refuseHeld(_ documentID: String, in transaction: Transaction) throws {
        guard try transaction.hold(of: documentID) == nil else { throw ReviewError(.notPossible, heldSentence) }
    }

    private static func event(_ act: Act, by caller: Caller) -> WorkState.Event {
        switch act {
        case .take: .take(by: caller.actor)
        case .release: .release
        case .send: .send(by: caller.actor)
        case .close(let outcome, _): .close(outcome, by: caller.actor)
        }
    }

    /// Writes the number of the work's letter to an account of the letter's patient, which a person names.
    ///
    /// Accounts are of no facility: who may see the letter may see its patient's. What else the books have is not told.
    private static func writeBack(
        to account: String?, for work: WorkItem, by caller: Caller, _ context: ServiceContext,
        in transaction: Transaction, at now: Date
    ) throws {
        let account = account.map { $0.filter { !$0.isWhitespace } } ?? ""
        guard let record = try transaction.document(work.documentID),
            let number = record.document.text("authorization_number")
        else { throw ReviewError(.notPossible, "The letter has no authorization number any more.") }
        guard let found = try transaction.account(account), record.document.isOfPatient(of: found) else {
            throw ReviewError(
                .notPossible,
                """
                The letter's patient has no account of this number in the books. Correct it, or end the work as \
                'not needed'.
                """)
        }
        try WorkOpener(context: context, record: record, actor: caller.actor)
            .writeBack(number, to: account, by: caller.actor, in: transaction, at: now)
    }
}

extension WorkDesk.Act {
    fileprivate var name: String {
        switch self {
        case .take: "taken"
        case .release: "released"
        case .send: "sent"
        case .close: "closed"
        }
    }
}

extension WorkState {
    /// The state that the store has of work.
    init(_ work: WorkItem) {
        let phase: Phase =
            switch work.status {
            case .open: .open
            case .taken: .taken(by: work.holder ?? "")
            case .awaiting: .awaiting(by: work.holder ?? "")
            case .closed: .closed(work.outcome.flatMap(WorkOutcome.init) ?? .notNeeded)
            case .withdrawn: .withdrawn
            }
        self.init(kind: WorkKind(rawValue: work.kind) ?? .appeal, phase: phase)
    }
}

extension WorkItem {
    /// The work in another state, into which `actor` brought it.
    fileprivate func following(_ state: WorkState, by actor: String, at now: Date) -> WorkItem {
        var work = self
        work.holder = nil
        switch state.phase {
        case .open: work.status = .open
        case .taken(let holder): (work.status, work.holder) = (.taken, holder)
        case .awaiting(let holder): (work.status, work.holder) = (.awaiting, holder)
        case .closed(let outcome):
            (work.status, work.outcome) = (.closed, outcome.rawValue)
            (work.closedBy, work.closedAt) = (actor, now)
        case .withdrawn: (work.status, work.closedAt) = (.withdrawn, now)
        }
        return work
    }
}
