import Documents
import Foundation
import Governance
import Records

/// The page of one piece of work.
struct WorkView: Sendable {
    struct Refusal: Sendable {
        let category: String
        let amount: String
        /// What is left to the patient; nil where something is at stake.
        let patientAmount: String?
        let codes: String?
        let rootCause: String
        let scenario: String
    }

    struct Button: Sendable {
        let act: String
        let title: String
        let isPrimary: Bool
    }

    let id: String
    let title: String
    let status: String
    let version: Int
    let due: String?
    let days: String?
    let deadline: String?
    let isLate: Bool
    /// Why nothing is done while the document is held.
    let held: String?
    /// Whether the payer's deadline itself is past.
    let isPast: Bool
    let amount: String?
    let facts: [WorkCase.Fact]
    let refusals: [Refusal]
    let hasRefusals: Bool
    let letter: String?
    let documentID: String
    let fileName: String
    let mayPack: Bool
    let buttons: [Button]
    let mayAct: Bool
    /// Whether the account of an authorization's number may be typed.
    let asksAccount: Bool
    let notes: NotesView
    let notice: String?
    let formToken: String

    init(
        _ found: WorkCase, context: ServiceContext, session: SignedInSession, notice: String?,
        in transaction: Transaction, at now: Date
    ) throws {
        let work = found.work
        let today = context.policy.day(of: now)
        let isOpen = [.open, .taken, .awaiting].contains(work.status)
        id = work.id
        title = WorkWords.title(found.kind)
        status = WorkWords.status(work)
        version = work.version
        due = work.dueDate?.description
        days = WorkWords.days(to: work.dueDate, from: today)
        deadline = work.deadline?.description
        isLate = isOpen && work.isLate(on: today)
        isPast = isOpen && work.deadline.flatMap { day in today.map { day < $0 } } ?? false
        amount = work.amountAtStake?.description
        facts = found.facts
        refusals = found.denials.map { denial in
            Refusal(
                category: context.denials.table.category(named: denial.category)?.title ?? denial.category,
                amount: denial.amountAtStake.description,
                patientAmount: found.patientAmount(of: denial, context.denials.table)?.description,
                codes: denial.codes.isEmpty ? nil : denial.codes.joined(separator: ", "),
                rootCause: WorkWords.words(denial.rootCause), scenario: WorkWords.words(denial.scenario))
        }
        hasRefusals = !refusals.isEmpty
        letter = found.letter
        documentID = found.record.id
        fileName = found.file.name
        held = isOpen && found.isHeld ? WorkDesk.heldSentence : nil
        mayPack = found.packRefusal == nil && work.kind != WorkKind.authorizationNumber.rawValue
        let mayWork = session.caller.permissions.contains(.workDenials)
        buttons =
            mayWork
            ? WorkView.buttons(for: work, kind: found.kind, by: session.caller).filter {
                !found.isHeld || $0.act == "release"
            } : []
        mayAct = !buttons.isEmpty
        asksAccount = buttons.contains { $0.act == "close:\(WorkOutcome.writtenBack.rawValue)" }
        notes = NotesView(
            found.isPart ? [] : try transaction.notes(on: found.record.id, limit: TaskTalk.noteCountMax),
            count: found.isPart ? 0 : try transaction.noteCount(on: found.record.id), of: found.record.id,
            mayWrite: try session.caller.permissions.contains(.reviewDocuments)
                && NoteDesk(context: context).mayWrite(on: found.record, session.caller, in: transaction),
            back: "/work/\(work.id)", at: now, session: session)
        self.notice = notice
        formToken = session.formToken
    }

    private static func buttons(for work: WorkItem, kind: WorkKind, by caller: Caller) -> [Button] {
        let isMine = work.holder == caller.actor
        func ends(_ first: Bool) -> [Button] {
            kind.outcomes.enumerated().map { index, outcome in
                Button(
                    act: "close:\(outcome.rawValue)", title: "Done: \(WorkWords.title(outcome))",
                    isPrimary: first && index == 0)
            }
        }
        switch work.status {
        case .open: return [Button(act: "take", title: "Take it", isPrimary: true)]
        case .taken where isMine:
            let sending = kind.awaitsAnswer ? [Button(act: "send", title: "Sent to the payer", isPrimary: true)] : []
            return sending + ends(sending.isEmpty) + [Button(act: "release", title: "Give it back", isPrimary: false)]
        case .taken: return [Button(act: "release", title: "Take it out of their hands", isPrimary: false)]
        case .awaiting: return ends(true)
        case .closed, .withdrawn: return []
        }
    }
}
