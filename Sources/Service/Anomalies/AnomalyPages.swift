import Documents
import Governance
import Hummingbird
import Records
import Understanding

/// The list of what is, and was, unusual about documents.
struct AnomalyPages: Sendable {
    private static let rowCount = 100

    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("anomalies") { try await list($0, context: $1) }
    }

    private struct List {
        let kinds: [Choice]
        let states: [Choice]
        let rows: [Row]
        let isEmpty: Bool
        let first: String?
        let older: String?
        let maySeeContracts: Bool

        struct Choice {
            let title: String
            let address: String
            let isChosen: Bool
        }

        struct Row {
            let title: String
            let detail: String?
            let documentID: String
            let document: String
            let facility: String?
            let otherID: String?
            let otherName: String?
            let isOutOfReach: Bool
            let amount: String?
            let foundAt: String
            let state: String
            let stateTitle: String
            let because: String?
        }
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewAnomalies)
        let query = try AnomalyQuery(request)
        let found = try await AnomalyDesk(context: self.context).anomalies(
            query.filter, before: query.before, limit: AnomalyPages.rowCount + 1, for: caller)
        let shown = found.prefix(AnomalyPages.rowCount)
        let kinds = ReasonCode.ofAnomalies.map { code in
            List.Choice(
                title: AnomalyPages.title(of: code), address: query.with(kind: code.rawValue),
                isChosen: query.filter.code == code.rawValue)
        }
        let states = AnomalyFilter.State.allCases.map { state in
            List.Choice(
                title: AnomalyPages.title(ofState: state.rawValue), address: query.with(state: state),
                isChosen: query.filter.state == state)
        }
        let content = List(
            kinds: [List.Choice(title: "All", address: query.with(kind: nil), isChosen: query.filter.code == nil)]
                + kinds,
            states: [List.Choice(title: "All", address: query.with(state: nil), isChosen: query.filter.state == nil)]
                + states,
            rows: shown.map(row), isEmpty: shown.isEmpty, first: query.before == nil ? nil : query.with(before: nil),
            older: found.count > shown.count ? shown.last.map { query.with(before: $0.record.id) } : nil,
            maySeeContracts: !caller.reach.isLimited)
        return try pages.page(
            "anomalies", content, title: "Anomalies", session: try context.signedIn(), section: .anomalies)
    }

    private func row(_ entry: AnomalyDesk.Entry) -> List.Row {
        let type = entry.listed.document.type
        return List.Row(
            title: ReasonCode(rawValue: entry.record.anomaly.code).map(AnomalyPages.title) ?? "",
            detail: entry.detail, documentID: entry.record.documentID,
            document: "\(context.understander.catalog[type]?.title ?? type), \(entry.listed.fileName)",
            facility: entry.listed.facility, otherID: entry.other?.id, otherName: entry.other?.fileName,
            isOutOfReach: entry.isOutOfReach,
            amount: entry.amount.map { "$\($0)" },
            foundAt: PageTime.minute(entry.record.foundAt), state: entry.state,
            stateTitle: AnomalyPages.title(ofState: entry.state), because: entry.record.ending?.because)
    }

    private static func title(of code: ReasonCode) -> String {
        switch code {
        case .duplicateDocument: "Document once more"
        case .duplicatePayment: "Paid twice"
        case .accountOverpaid: "Account overpaid"
        case .repeatedRefundRequest: "Refund asked for twice"
        case .underContract: "Under contract"
        default: "Unusual adjustment"
        }
    }

    private static func title(ofState state: String) -> String {
        switch AnomalyFilter.State(rawValue: state) {
        case .open: "In review"
        case .confirmed: "Let stand"
        case .refused: "Refused"
        case .duplicate: "Closed as duplicate"
        case .withdrawn: "No longer"
        case nil: "Not reviewed"
        }
    }
}
