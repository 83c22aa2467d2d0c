import Documents
import Foundation
import Governance
import Records

/// Work and denials as people read them.
enum WorkWords {
    static func title(_ kind: WorkKind) -> String {
        switch kind {
        case .appeal: "Appeal"
        case .informationRequest: "Request for information"
        case .authorizationNumber: "Authorization number"
        }
    }

    static func title(_ outcome: WorkOutcome) -> String {
        switch outcome {
        case .won: "won"
        case .lost: "lost"
        case .sent: "sent"
        case .resubmitted: "corrected and sent again"
        case .writtenOff: "written off"
        case .writtenBack: "written to the account"
        case .notNeeded: "not needed"
        }
    }

    /// How the work stands, with who has it in hand.
    static func status(_ work: WorkItem) -> String {
        let holder = work.holder?.actorName ?? ""
        return switch work.status {
        case .open: "open"
        case .taken: "in hand of \(holder)"
        case .awaiting: "sent by \(holder), the payer's answer is waited for"
        case .closed: work.outcome.flatMap(WorkOutcome.init).map { title($0) } ?? "closed"
        case .withdrawn: "withdrawn: its document was recalled"
        }
    }

    /// The payer's days to the day: `in 12 days`, `today`, `3 days ago`.
    static func days(to day: CalendarDate?, from today: CalendarDate?) -> String? {
        guard let day, let today else { return nil }
        let days = day.dayNumber - today.dayNumber
        let number = days.magnitude == 1 ? "1 day" : "\(days.magnitude) days"
        return days == 0 ? "today" : days > 0 ? "in \(number)" : "\(number) ago"
    }

    static func words(_ name: String) -> String { name.replacing("_", with: " ") }
}
