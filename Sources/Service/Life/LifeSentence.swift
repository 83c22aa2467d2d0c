import Foundation
import Governance
import Records

extension LifeLine {
    init(_ entry: AuditEntry) {
        self.init(
            time: entry.time, actor: GovernedWords.person(entry.actor), sentence: LifeSentence(entry).text,
            details: entry.detail.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map {
                "\($0.key): \($0.value)"
            },
            sequence: entry.sequence)
    }
}

/// What an entry of the audit chain says, as a sentence.
struct LifeSentence {
    private let entry: AuditEntry

    init(_ entry: AuditEntry) { self.entry = entry }

    /// An action that has no sentence here is told by its name; its details stand beside it.
    var text: String {
        ofFile ?? ofDocument ?? ofTask ?? ofValue ?? ofCall ?? ofX12 ?? ofJournal
            ?? "\(entry.action.replacing(".", with: " ").replacing("_", with: " "))".capitalizedFirst + "."
    }

    private func detail(_ key: String) -> String { entry.detail[key] ?? "" }

    private func short(_ key: String) -> String { String(detail(key).prefix(12)) }

    private var ofFile: String? {
        switch entry.action {
        case "arrival.taken": "The file was taken into custody."
        case "arrival.duplicate": "The file was known: its bytes are in custody already."
        case "arrival.quarantined": "The file was refused."
        case "file.read":
            (detail("pages") == "1" ? "Its page was read" : "Its \(detail("pages")) pages were read")
                + (detail("unreadable_pages").isEmpty ? "." : "; these could not be: \(detail("unreadable_pages")).")
        case "file.quarantined": "It was refused: \(detail("reason"))"
        case "step.parked": "A step (\(detail("kind"))) gave up: \(detail("reason"))"
        default: nil
        }
    }

    private var ofDocument: String? {
        switch entry.action {
        case "document.decided":
            "Policy \(short("policy")) decided on it as \(detail("type")), read by model \(detail("model")): "
                + (detail("disposition") == "accept"
                    ? "accepted."
                    : "to review, for \(reasons).")
        case "document.viewed":
            detail("part") == "life" ? "Looked at its whole life." : "Looked at the document."
        case "page.viewed": "Looked at page \(detail("page"))."
        case "document.confirmed":
            "Confirmed the document, \(detail("corrections")) corrections, under policy \(short("policy"))."
        case "document.rejected":
            "Refused the document: \(detail("reason").replacing("_", with: " "))"
                + (detail("note").isEmpty ? "." : " (\(detail("note"))).")
        case "document.retyped": "Chose another type\(change)."
        case "document.pages_changed": "Arranged its pages."
        case "document.understood_again": "It was understood again; \(detail("changed_values")) values are others."
        case "layout.learned": "Its layout was learned from it."
        case "anomalies.found": "Something unusual about it was found: \(reasons)."
        case "anomalies.withdrawn": "What was unusual about it rested on another document and is no more: \(reasons)."
        case "document.brought_back":
            "It was closed as a copy of a document that was refused since, and came back to the queue \(detail("queue"))."
        case "anomalies.settled":
            "It was settled (\(detail("outcome").replacing("_", with: " "))), with this told about it: \(reasons)."
        default: nil
        }
    }

    private var ofX12: String? {
        switch entry.action {
        case "remittance.told": "Its payment was told in the file \(detail("file"))."
        case "remittance.reversed": "Its payment was taken back in the file \(detail("file"))."
        case "remittance.withdrawn": "Its payment was withdrawn before a file told it: it was recalled."
        case "remittance.kept_back":
            "No file of \(detail("connector")) can tell its payment as it stands: the list of remittances says why."
        case "remittance.reversal_ordered": "Its payment is taken back in the next file: it was recalled."
        case "authorization.requested": "The authorization was asked for in the file \(detail("file"))."
        case "remittance.viewed": "Looked at the file \(detail("file")), which tells its payment."
        default: nil
        }
    }

    /// Each reason once, with how often it was given: `low confidence (3 times), missing field`.
    private var reasons: String {
        let codes = detail("reasons").split(separator: ",")
        let counts = Dictionary(codes.map { ($0, 1) }, uniquingKeysWith: +)
        var told: Set<Substring> = []
        return codes.filter { told.insert($0).inserted }.map { code in
            let count = counts[code] ?? 1
            return code.replacing("_", with: " ") + (count > 1 ? " (\(count) times)" : "")
        }.joined(separator: ", ")
    }

    private var ofTask: String? {
        switch entry.action {
        case "task.taken": "Took its review task from the queue \(detail("queue"))."
        case "task.released":
            detail("held_by").isEmpty
                ? "Gave its review task back."
                : "Gave its review task back, which \(GovernedWords.person(detail("held_by"))) held: the account changed."
        case "task.overdue": "Its review was not settled in time" + escalation
        case "task.escalated": "Its review was moved on" + escalation
        case "task.priority_overridden":
            "Gave its review \(detail("points")) points: \(detail("reason"))"
        default: nil
        }
    }

    private var escalation: String {
        detail("escalated_to").isEmpty ? "." : " and went to the queue \(detail("escalated_to"))."
    }

    private var ofValue: String? {
        switch entry.action {
        case "field.corrected": "Corrected \(detail("field"))\(change)."
        case "field.confirmed": "Confirmed \(detail("field")) as \(quoted("to") ?? quoted("from") ?? "it is")."
        case "field.restored": "Took a change of \(detail("field")) back\(change)."
        case "page.reread_ordered": "Had page \(detail("page")) read again, turned by \(detail("degrees")) degrees."
        case "page.reread":
            "Page \(detail("page")) was read in its new direction; \(detail("changed_values")) values are others."
        case "page.not_reread": "Page \(detail("page")) could not be read in its new direction: \(detail("reason"))"
        case "page.turned": "Turned page \(detail("page"))."
        default: nil
        }
    }

    private var ofCall: String? {
        switch entry.action {
        case "action.delivered": "The call '\(detail("connector"))' was taken, status \(detail("status"))."
        case "action.failed": "The call '\(detail("connector"))' failed and is made again: \(detail("problem"))"
        case "action.parked": "The call '\(detail("connector"))' was given up: \(detail("problem"))"
        case "action.replayed": "Had a call made again."
        case "action.dismissed": "The call '\(detail("connector"))' is not to be made: \(detail("problem"))"
        default: nil
        }
    }

    private var ofJournal: String? {
        let ledger = "the ledger '\(detail("connector"))'"
        return switch entry.action {
        case "journal.sent" where !detail("reverses").isEmpty:
            "A journal of \(detail("total")) is sent to \(ledger) that takes the one of before back."
        case "journal.sent": "A journal of \(detail("total")) is sent to \(ledger)."
        case "journal.posted": "It is posted in \(ledger) as its journal \(detail("ledger_id"))."
        case "journal.differing":
            "It is posted in \(ledger) as its journal \(detail("ledger_id")), with other totals than were sent."
        case "journal.refused": "It was refused by \(ledger)."
        case "journal.viewed": "Looked at a journal."
        default: nil
        }
    }

    /// ` from “a” to “b”`, with what there is of it.
    private var change: String {
        switch (quoted("from"), quoted("to")) {
        case (let from?, let to?): " from \(from) to \(to)"
        case (nil, let to?): " to \(to), where nothing was"
        case (let from?, nil): ": took \(from) away"
        case (nil, nil): ""
        }
    }

    private func quoted(_ key: String) -> String? { entry.detail[key].map { "“\($0)”" } }
}
