import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// `/v1/denials` and `/v1/work`: what payers refuse, in the order of the worklist, and the work on it.
struct DenialsController: Sendable {
    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("denials") { try await list($0, context: $1) }
        group.get("work") { try await work($0, context: $1) }
        group.get("work/{id}") { _, context in try await show(context) }
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewDenials)
        let query = try DenialQuery(request)
        let desk = DenialDesk(context: self.context)
        let found = try await desk.denials(query.filter, offset: query.offset, limit: request.listLimit(), for: caller)
        return try Response.json(
            DenialsAnswer(
                denials: found.denials.map {
                    DenialAnswer(
                        $0, patientAmount: found.patientAmounts[$0.denial.id], terms: desk.terms(of: $0.denial))
                },
                byCategory: found.byCategory.map { .init(category: $0.name, $0) },
                byPayer: found.byPayer.map { .init(payer: $0.payerName ?? "", $0) }))
    }

    private struct WorkList: Encodable {
        let work: [WorkAnswer]
    }

    private func work(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewDenials)
        let isDone = try request.flag("done")
        let offset = try DenialQuery(request).offset
        let limit = request.listLimit()
        let work = try await self.context.store.read { transaction in
            try transaction.work(
                isDone ? [.closed, .withdrawn] : [.open, .taken, .awaiting], within: caller.reach,
                hidingChecksOf: caller.actor, offset: offset, limit: limit)
        }
        return try Response.json(WorkList(work: work.map(WorkAnswer.init)))
    }

    private func show(_ context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewDenials)
        let id = try context.parameters.require("id")
        do {
            let work = try await self.context.store.read { try WorkDesk.found(id, for: caller, in: $0) }
            return try Response.json(WorkAnswer(work))
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }
}

/// The JSON of the worklist.
private struct DenialsAnswer: Encodable {
    let denials: [DenialAnswer]
    let byCategory: [Count]
    let byPayer: [Count]

    struct Count: Encodable {
        var category: String?
        var payer: String?
        let count: Int
        let amountAtStake: Money

        init(category: String? = nil, payer: String? = nil, _ count: DenialCount) {
            self.category = category
            self.payer = payer
            self.count = count.count
            amountAtStake = count.amountAtStake
        }

        private enum CodingKeys: String, CodingKey {
            case category, payer, count
            case amountAtStake = "amount_at_stake"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case denials
        case byCategory = "by_category"
        case byPayer = "by_payer"
    }
}

/// The JSON of one denial.
private struct DenialAnswer: Encodable {
    let id: String
    let documentID: String
    let href: String
    let place: String
    let category: String
    let scenario: String
    let rootCause: String
    let isAppealable: Bool
    let confidence: Confidence
    let grounds: [String]
    let codes: [String]
    let amountAtStake: Money
    /// What the payer leaves to the patient, where the denial is of that.
    let patientAmount: Money?
    let payerName: String?
    let deadline: CalendarDate?
    let deadlineSource: String?
    let points: Double
    let terms: [Term]
    let workID: String?

    struct Term: Encodable {
        let name: String
        let points: Double
    }

    init(_ listed: ListedDenial, patientAmount: Money?, terms: [PriorityTerm]) {
        func rounded(_ points: Double) -> Double { (points * 100).rounded() / 100 }
        let denial = listed.denial
        id = denial.id
        documentID = denial.documentID
        href = "/v1/documents/\(denial.documentID)"
        place = denial.place
        category = denial.category
        scenario = denial.scenario
        rootCause = denial.rootCause
        isAppealable = denial.isAppealable
        confidence = denial.confidence
        grounds = denial.grounds
        codes = denial.codes
        amountAtStake = denial.amountAtStake
        self.patientAmount = patientAmount
        payerName = denial.payerName
        deadline = denial.deadline
        deadlineSource = denial.deadlineSource
        points = rounded(terms.reduce(0) { $0 + $1.points })
        self.terms = terms.map { Term(name: $0.name.rawValue, points: rounded($0.points)) }
        workID = listed.work?.id
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case documentID = "document_id"
        case href, place, category, scenario
        case rootCause = "root_cause"
        case isAppealable = "appealable"
        case confidence, grounds, codes
        case amountAtStake = "amount_at_stake"
        case patientAmount = "patient_amount"
        case payerName = "payer_name"
        case deadline
        case deadlineSource = "deadline_source"
        case points, terms
        case workID = "work_id"
    }
}

/// The JSON of one piece of work.
private struct WorkAnswer: Encodable {
    let id: String
    let kind: String
    let status: String
    let outcome: String?
    let documentID: String
    let place: String
    let holder: String?
    let dueDate: CalendarDate?
    let deadline: CalendarDate?
    let amountAtStake: Money?
    let openedAt: Date
    let closedAt: Date?

    init(_ work: WorkItem) {
        id = work.id
        kind = work.kind
        status = work.status.rawValue
        outcome = work.outcome
        documentID = work.documentID
        place = work.place
        holder = work.holder
        dueDate = work.dueDate
        deadline = work.deadline
        amountAtStake = work.amountAtStake
        openedAt = work.openedAt
        closedAt = work.closedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id, kind, status, outcome
        case documentID = "document_id"
        case place, holder
        case dueDate = "due_date"
        case deadline
        case amountAtStake = "amount_at_stake"
        case openedAt = "opened_at"
        case closedAt = "closed_at"
    }
}
