import Documents
import Governance
import Records

/// The part of a task's page that compares a document with what makes it unusual.
struct AnomalyView: Sendable {
    struct Line: Sendable {
        let title: String
        let here: String
        let there: String
        let agrees: Bool
    }

    let title: String
    let detail: String
    /// The other document, for a link; nil where there is none or the person may not see it.
    let otherID: String?
    let otherName: String
    /// How the other document stands now.
    let otherState: String
    let isOutOfReach: Bool
    let lines: [Line]
    let hasLines: Bool
    let there: String
    /// Whether a confirmation was held back because of it just now.
    let isNews: Bool
    /// Whether the person who looks may close it as a copy of another.
    let closes: Bool
    /// Why it is no more; nil while it stands.
    let withdrawnBecause: String?

    init(_ seen: SeenAnomaly, mayEdit: Bool) {
        let anomaly = seen.anomaly
        let code = ReasonCode(rawValue: anomaly.code)
        title = AnomalyView.title(ofCode: anomaly.code)
        detail = anomaly.detail
        otherID = seen.other?.id
        otherName = seen.other?.fileName ?? ""
        otherState = seen.other.map { $0.record.status.rawValue.replacing("_", with: " ") } ?? ""
        isOutOfReach = seen.isOutOfReach
        lines = anomaly.evidence.map {
            Line(title: $0.title, here: $0.here ?? "–", there: $0.there ?? "–", agrees: $0.agrees)
        }
        hasLines = !lines.isEmpty
        there =
            switch code {
            case .underContract: "the contract"
            case .unusualAdjustment: "the payer's lines before"
            case .accountOverpaid: "all other documents"
            default: "the other document"
            }
        isNews = seen.isNews
        withdrawnBecause = seen.withdrawnBecause
        closes = mayEdit && code == .duplicateDocument && withdrawnBecause == nil
    }

    /// What an anomaly asks of whoever looks at it.
    static func title(ofCode code: String) -> String {
        switch ReasonCode(rawValue: code) {
        case .duplicateDocument: "A document once more?"
        case .duplicatePayment: "Paid twice?"
        case .accountOverpaid: "Paid more than was charged?"
        case .repeatedRefundRequest: "A refund asked for twice?"
        case .underContract: "Less than the contract says"
        default: "An unusual adjustment"
        }
    }
}
