import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// The denial worklist: what payers refuse, what it is worth and until when, and the way to an appeal.
struct DenialPages: Sendable {
    private static let rowCount = 100

    let context: ServiceContext
    let pages: PageWriter

    private var desk: DenialDesk { DenialDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("denials") { try await list($0, context: $1) }
        group.post("denials/{id}/appeal") { try await appeal($0, context: $1) }
    }

    private struct List {
        let rows: [Row]
        let isEmpty: Bool
        let categories: [Choice]
        let payers: [Choice]
        let isAll: Bool
        let allAddress: String
        let standingAddress: String
        let anyCategory: Choice
        let anyPayer: Choice
        let previous: String?
        let next: String?

        struct Row {
            let id: String
            let points: String
            let terms: [String]
            let amount: String
            let patientAmount: String?
            let deadline: String?
            let days: String?
            let isPast: Bool
            let deadlineNote: String?
            let category: String
            let confidence: String
            let grounds: String?
            let rootCause: String
            let isAppealable: Bool
            let payer: String?
            let documentID: String
            let place: String?
            let facility: String?
            let workID: String?
            let workStatus: String?
            let mayOpen: Bool
            let formToken: String
        }

        struct Choice {
            let title: String
            let address: String
            let count: Int?
            let amount: String?
            let isChosen: Bool
        }
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewDenials)
        let session = try context.signedIn()
        let query = try DenialQuery(request)
        let answer = try await desk.denials(
            query.filter, offset: query.offset, limit: DenialPages.rowCount + 1, for: caller)
        let mayWork = caller.permissions.contains(.workDenials)
        let rows = answer.denials.prefix(DenialPages.rowCount).map {
            row($0, leftToPatient: answer.patientAmounts[$0.denial.id], mayWork, session)
        }
        let isCut = answer.denials.count > DenialPages.rowCount
        let content = List(
            rows: rows, isEmpty: rows.isEmpty, categories: answer.byCategory.map { category($0, query) },
            payers: answer.byPayer.map { payer($0, query) }, isAll: query.filter.isAll,
            allAddress: query.with(isAll: true), standingAddress: query.with(isAll: false),
            anyCategory: List.Choice(
                title: "All", address: query.with(category: nil), count: nil, amount: nil,
                isChosen: query.filter.category == nil),
            anyPayer: List.Choice(
                title: "All", address: query.with(payer: nil), count: nil, amount: nil,
                isChosen: query.filter.payerKey == nil),
            previous: query.offset > 0 ? query.with(offset: max(0, query.offset - DenialPages.rowCount)) : nil,
            next: isCut ? query.with(offset: query.offset + DenialPages.rowCount) : nil)
        return try pages.page("denials", content, title: "Denials", session: session, section: .denials)
    }

    private func category(_ count: DenialCount, _ query: DenialQuery) -> List.Choice {
        List.Choice(
            title: desk.title(ofCategory: count.name), address: query.with(category: count.name), count: count.count,
            amount: PriorityWords.dollars(count.amountAtStake.description),
            isChosen: query.filter.category == count.name)
    }

    private func payer(_ count: DenialCount, _ query: DenialQuery) -> List.Choice {
        List.Choice(
            title: count.payerName ?? "Payer not read", address: query.with(payer: count.name), count: count.count,
            amount: PriorityWords.dollars(count.amountAtStake.description),
            isChosen: query.filter.payerKey == count.name)
    }

    private func row(
        _ listed: ListedDenial, leftToPatient: Money?, _ mayWork: Bool, _ session: SignedInSession
    ) -> List.Row {
        let (denial, today) = (listed.denial, desk.today)
        let terms = desk.terms(of: denial)
        let grounds = denial.grounds.map { $0.replacing("*", with: "…").replacing("..", with: "…") }
        return List.Row(
            id: denial.id, points: "\(Int(terms.reduce(0) { $0 + $1.points }.rounded()))",
            terms: terms.compactMap { words(of: $0, today) },
            amount: PriorityWords.dollars(denial.amountAtStake.description),
            patientAmount: leftToPatient.map { PriorityWords.dollars($0.description) },
            deadline: denial.deadline?.description, days: WorkWords.days(to: denial.deadline, from: today),
            isPast: denial.deadline.flatMap { day in today.map { day < $0 } } ?? false,
            deadlineNote: denial.deadlineSource.flatMap(Denial.DeadlineSource.init).flatMap(\.note),
            category: desk.title(ofCategory: denial.category),
            confidence: "\(Int((denial.confidence.probability * 100).rounded())) %",
            grounds: grounds.isEmpty ? nil : grounds.joined(separator: ", "),
            rootCause: WorkWords.words(denial.rootCause), isAppealable: denial.isAppealable, payer: denial.payerName,
            documentID: denial.documentID, place: denial.place.isEmpty ? nil : DenialPages.words(ofPlace: denial.place),
            facility: listed.facility, workID: listed.work?.id, workStatus: listed.work.map(WorkWords.status),
            mayOpen: mayWork && listed.work == nil, formToken: session.formToken)
    }

    private func words(of term: PriorityTerm, _ today: CalendarDate?) -> String? {
        let points = Int(term.points.rounded())
        guard points != 0 else { return nil }
        switch term.name {
        case .amount: return "\(PriorityWords.dollars(term.value)) at stake +\(points)"
        case .deadline:
            let days = WorkWords.days(to: CalendarDate(printed: term.value), from: today) ?? ""
            return "deadline \(days) +\(points)"
        default: return nil
        }
    }

    /// `claim 1, line 2` of `claims[0].service_lines[1]`.
    private static func words(ofPlace place: String) -> String {
        let numbers = FieldPath(place)?.steps.compactMap(\.index) ?? []
        return zip(["claim", "line"], numbers).map { "\($0) \($1 + 1)" }.joined(separator: ", ")
    }

    private func appeal(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .workDenials)
        _ = try await context.form(request)
        do {
            let work = try await WorkDesk(context: self.context).openAppeal(
                ofDenial: try context.parameters.require("id"), by: caller)
            return .seeOther("/work/\(work.id)")
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }
}

extension Denial.DeadlineSource {
    /// Nil where the paper itself names the day.
    fileprivate var note: String? {
        switch self {
        case .paper: nil
        case .payer: "by the payer's days"
        case .standard: "by the house's days"
        }
    }
}

/// What of the worklist is asked for: `payer`, `category`, `all` and `from` of the address.
struct DenialQuery: Sendable {
    let filter: DenialFilter
    let offset: Int

    /// Throws a problem where `all` says neither true nor false.
    init(_ request: Request) throws {
        func text(_ name: Substring) -> String? {
            request.uri.queryParameters[name].map(String.init)?.removingPercentEncoding
        }
        filter = DenialFilter(
            payerKey: text("payer").map(DenialDeadlines.fold), category: text("category"),
            isAll: try request.flag("all"))
        offset = min(max(0, text("from").flatMap { Int($0) } ?? 0), 1_000_000)
    }

    private init(_ filter: DenialFilter, offset: Int = 0) {
        self.filter = filter
        self.offset = offset
    }

    func with(category: String?) -> String {
        var filter = filter
        filter.category = category
        return DenialQuery(filter).address
    }

    func with(payer: String?) -> String {
        var filter = filter
        filter.payerKey = payer
        return DenialQuery(filter).address
    }

    func with(isAll: Bool) -> String {
        var filter = filter
        filter.isAll = isAll
        return DenialQuery(filter).address
    }

    func with(offset: Int) -> String { DenialQuery(filter, offset: offset).address }

    private var address: String {
        func pair(_ name: String, _ value: String?) -> String? {
            value?.addingPercentEncoding(withAllowedCharacters: .alphanumerics).map { "\(name)=\($0)" }
        }
        let pairs = [
            pair("category", filter.category), pair("payer", filter.payerKey), filter.isAll ? "all=true" : nil,
            offset > 0 ? "from=\(offset)" : nil,
        ].compactMap { $0 }
        return pairs.isEmpty ? "/denials" : "/denials?" + pairs.joined(separator: "&")
    }
}
