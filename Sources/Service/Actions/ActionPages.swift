import Actions
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// The page of what is sent to other systems: how it stands with each connector, what gave up and what waits.
struct ActionPages: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    private var desk: ActionDesk { ActionDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("actions") { _, context in try await page(context) }
        group.post("actions/replay") { try await replayParked($0, context: $1) }
        group.post("actions/{id}/replay") { request, context in
            try await decide(request, context) { id, _, caller in try await desk.replay(id, by: caller) }
        }
        group.post("actions/{id}/dismiss") { request, context in
            try await decide(request, context) { id, form, caller in
                try await desk.dismiss(id, because: form["reason"], by: caller)
            }
        }
    }

    private struct Content {
        let connectors: [Connector]
        let hasNoConnectors: Bool
        let parked: [Entry]
        let hasNoParked: Bool
        /// Nil where there is none.
        let incomplete: Incomplete?
        let waiting: [Entry]
        let hasNoWaiting: Bool
        let countMax: Int
        let isCut: Bool
        let notice: String?
        let formToken: String

        struct Connector {
            let name: String
            let state: String
            let isBad: Bool
            let parked: Int
            let mayReplay: Bool
            let waiting: Int
            let delivered: Int
            let payments: Int
            let formToken: String
        }

        struct Incomplete {
            let payments: [Payment]

            struct Payment {
                let papers: [Paper]
                let connector: String
                let problem: String
            }

            struct Paper {
                let documentID: String
                let place: Int
                let cameAt: String
            }

            /// Nil where no payment waits for papers.
            init?(_ payments: [[RemittanceItem]]) {
                guard !payments.isEmpty else { return nil }
                self.payments = payments.prefix(ActionDesk.countMax).map { papers in
                    Payment(
                        papers: papers.enumerated().map { place, paper in
                            Paper(
                                documentID: paper.documentID, place: place + 1,
                                cameAt: PageTime.minute(paper.createdAt))
                        },
                        connector: papers[0].sender, problem: papers[0].detail ?? "")
                }
            }
        }

        struct Entry {
            let id: String
            let what: String
            let documentID: String?
            let subject: String
            let connector: String
            let raisedAt: String
            let attempts: Int
            let reason: String
            let rule: String?
            let mayReplay: Bool
            let formToken: String
        }
    }

    private func page(
        _ request: ServiceRequestContext, notice: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        _ = try request.unlimitedCaller(having: .replayActions)
        let session = try request.signedIn()
        let token = session.formToken
        let connectors = try await desk.connectors().map { connector($0, token) }
        let parked = try await desk.actions(.parked)
        let waiting = try await desk.actions(.waiting) + desk.actions(.pending) + desk.actions(.leased)
        let content = Content(
            connectors: connectors, hasNoConnectors: connectors.isEmpty,
            parked: parked.map { entry($0, token) }, hasNoParked: parked.isEmpty,
            incomplete: Content.Incomplete(try await desk.incompletePayments()),
            waiting: waiting.sorted { $0.event.time > $1.event.time }.prefix(ActionDesk.countMax).map {
                entry($0, token)
            },
            hasNoWaiting: waiting.isEmpty, countMax: ActionDesk.countMax,
            isCut: parked.count == ActionDesk.countMax || waiting.count >= ActionDesk.countMax, notice: notice,
            formToken: token)
        return try pages.page(
            "actions", content, title: "Actions", session: session, section: .actions, status: status)
    }

    private func connector(_ state: ConnectorState, _ token: String) -> Content.Connector {
        let words: String =
            switch state.breaker {
            case .closed(0): "works"
            case .closed(let failures): failures == 1 ? "its last call failed" : "its last \(failures) calls failed"
            case .open(let until): "left alone until \(PageTime.moment(until)) UTC, as its calls failed"
            case .probing: "tried with one call, as its calls failed"
            }
        let parked = state.counts[.parked] ?? 0
        return Content.Connector(
            name: state.name, state: state.inactive ?? words,
            isBad: state.breaker.isOpen || state.inactive != nil, parked: parked,
            mayReplay: parked > 0 && state.inactive == nil,
            waiting: [DeliveryStatus.waiting, .pending, .leased].reduce(0) { $0 + (state.counts[$1] ?? 0) },
            delivered: state.counts[.delivered] ?? 0, payments: state.payments, formToken: token)
    }

    private func entry(_ record: ActionRecord, _ token: String) -> Content.Entry {
        let (delivery, event) = (record.delivery, record.event)
        let isOfDocument = EventType(rawValue: event.type)?.subject == .document
        let waits =
            switch delivery.status {
            case .waiting where record.isHeld, .pending where record.isHeld:
                "waits until its document is held no longer"
            case .waiting: "waits for what comes before it"
            case .leased: "is being sent"
            default:
                delivery.attempts == 0 ? "is due" : "is tried again at \(PageTime.moment(delivery.availableAt)) UTC"
            }
        return Content.Entry(
            id: delivery.id, what: ActionWords.event(event.type),
            documentID: isOfDocument ? event.subject : nil, subject: event.subject, connector: delivery.action,
            raisedAt: PageTime.minute(event.time), attempts: delivery.attempts,
            reason: delivery.status == .parked
                ? delivery.lastError ?? "" : [waits, delivery.lastError].compactMap { $0 }.joined(separator: ". "),
            rule: delivery.rule, mayReplay: delivery.status == .parked && !record.isHeld, formToken: token)
    }

    private func replayParked(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .replayActions)
        let form = try await context.form(request)
        _ = try await desk.replayParked(of: form["connector"], by: caller)
        return .seeOther("/actions")
    }

    private func decide(
        _ request: Request, _ context: ServiceRequestContext,
        _ body: (String, FormBody, Caller) async throws -> Void
    ) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .replayActions)
        let form = try await context.form(request)
        do {
            try await body(try context.parameters.require("id"), form, caller)
            return .seeOther("/actions")
        } catch let error as ReviewError where error.code == .noReason {
            return try await page(context, notice: error.description, status: .unprocessableContent)
        } catch let error as RecordsError where error.code == .wrongState {
            return try await page(context, notice: error.problem, status: .conflict)
        } catch let error as RecordsError where error.code == .notFound {
            throw Problem(.notFound, error.problem)
        }
    }
}

/// Actions as people read them.
enum ActionWords {
    /// `document accepted` for `org.mailroom.document.accepted.v1`.
    static func event(_ type: String) -> String {
        type.replacing("org.mailroom.", with: "").split(separator: ".").dropLast().joined(separator: " ")
            .replacing("_", with: " ")
    }
}
