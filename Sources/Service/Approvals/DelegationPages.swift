import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// While I am away: who stands in for a person, and for whom they stand in.
struct DelegationPages: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    private var desk: DelegationDesk { DelegationDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("delegations") { _, context in try await show(context) }
        group.post("delegations") { try await make($0, context: $1) }
        group.post("delegations/{id}/end") { try await end($0, context: $1) }
    }

    private struct Content {
        let made: [Entry]
        let hasMade: Bool
        let received: [Entry]
        let hasReceived: Bool
        let choices: [Choice]
        let hasChoices: Bool
        let kinds: [Choice]
        let limit: String
        let first: String
        let last: String
        let notice: String?
        let formToken: String

        struct Entry {
            let id: String
            let person: String
            let kinds: String
            let limit: String
            let first: String
            let last: String
            /// The machine that said so; nil where the person did.
            let machine: String?
            let formToken: String
        }

        struct Choice {
            let value: String
            let title: String
            let isChosen: Bool
        }
    }

    private func show(
        _ request: ServiceRequestContext, _ form: FormBody? = nil, notice: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let caller = try request.caller(having: .decideApprovals)
        let session = try request.signedIn()
        let found = try await desk.look(by: caller)
        let chosen = Set(form?.fields.filter { $0.name == "kind" }.map(\.value) ?? [])
        let today = context.policy.day(of: context.clock()).map(\.description) ?? ""
        let content = Content(
            made: found.made.map { entry($0, with: $0.to, session) }, hasMade: !found.made.isEmpty,
            received: found.received.map { entry($0, with: $0.from, session) },
            hasReceived: !found.received.isEmpty,
            choices: found.choices.map { .init(value: $0, title: $0, isChosen: $0 == form?["to"]) },
            hasChoices: !found.choices.isEmpty,
            kinds: context.approvalMatrix.kinds.map {
                .init(value: $0.name, title: $0.title, isChosen: chosen.contains($0.name))
            },
            limit: form?["limit"] ?? "", first: form?["first"] ?? today, last: form?["last"] ?? "", notice: notice,
            formToken: session.formToken)
        return try pages.page(
            "delegations", content, title: "While I am away", session: session, section: .approvals, status: status)
    }

    private func entry(_ record: DelegationRecord, with person: String, _ session: SignedInSession) -> Content.Entry {
        func day(_ moment: Date) -> String { context.policy.day(of: moment).map(\.description) ?? "" }
        return Content.Entry(
            id: record.id, person: person,
            kinds: record.kinds.map { $0.map(context.approvalMatrix.title).joined(separator: ", ") } ?? "every kind",
            limit: record.limitCents.map { "up to \(Money(cents: $0).dollars)" } ?? "own limit",
            first: day(record.startsAt), last: day(record.endsAt.addingTimeInterval(-1)),
            machine: record.madeBy == "user:\(record.from)" ? nil : GovernedWords.person(record.madeBy),
            formToken: session.formToken)
    }

    private func make(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .decideApprovals)
        let form = try await context.form(request)
        do {
            let kinds = form.fields.filter { $0.name == "kind" }.map(\.value)
            try await desk.delegate(
                of: caller.name, to: form["to"], kinds: kinds.isEmpty ? nil : Set(kinds),
                limit: try DelegationDesk.limit(form["limit"]), from: try DelegationDesk.day(form["first"], "first"),
                through: try DelegationDesk.day(form["last"], "last"), by: caller)
            return .seeOther("/delegations")
        } catch let error as GovernanceError {
            return try await show(context, form, notice: error.description, status: .unprocessableContent)
        }
    }

    private func end(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .decideApprovals)
        _ = try await context.form(request)
        do {
            try await desk.revoke(try context.parameters.require("id"), by: caller)
            return .seeOther("/delegations")
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }
}
