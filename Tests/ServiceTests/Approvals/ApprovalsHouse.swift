import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import Synchronization
import Testing

/// A house with a clerk, managers and directors, in which overpayment letters ask for refunds by the shipped rule.
struct ApprovalsHouse: Sendable {
    final class Clock: Sendable {
        private let passed = Mutex(0.0)

        var now: Date { Date().addingTimeInterval(passed.withLock { $0 }) }

        func pass(hours: Double) { passed.withLock { $0 += hours * 3600 } }
    }

    let fixture: WebFixture
    let clock = Clock()

    init(matrixText: (String) -> String = { $0 }) async throws {
        fixture = try await WebFixture(
            policyText: ApprovalsHouse.everyHourCounts, matrixText: matrixText, clock: { [clock] in clock.now })
        for (name, role) in [
            ("rob", .reviewer), ("mia", .approver), ("max", .approver), ("dora", .director), ("dirk", .director),
        ] as [(String, Role)] {
            try await fixture.addUser(name, role)
        }
    }

    /// Without a calendar, so that tests do not depend on the day.
    static func everyHourCounts(_ policy: String) -> String {
        let calendar = policy.range(of: "\ncalendar:").map { policy[$0.lowerBound...].prefix { $0 != "#" } } ?? ""
        return policy.replacing(calendar, with: "\n\n")
    }

    static func letter(_ dollars: String) -> Document {
        var letter = SampleLetter.document
        letter.subtype = "overpayment_request"
        letter.fields["payer_claim_number"] = .one(
            Field(value: .text("CLM*7~<b>"), text: "CLM*7", confidence: 0.99, page: 1, box: nil))
        letter.fields["requested_amount"] = .one(
            Field(
                value: .text(dollars), text: dollars, confidence: 0.99, page: 1,
                box: Box(left: 1400, top: 900, right: 1700, bottom: 950)))
        return letter
    }

    /// Has the clerk's letter accepted, and gives its document and the approval that the rule asked for.
    func refund(_ dollars: String, file: UInt8 = 0, facility: String? = nil) async throws -> (String, Approval) {
        let (record, task) = try await SampleLetter.seed(
            fixture.context, document: ApprovalsHouse.letter(dollars), bytes: SampleLetter.png + Data([file]),
            facility: facility)
        let rob = try await fixture.person("rob.\(file)", .reviewer)
        try await fixture.desk.take(task.id, by: rob)
        try await fixture.desk.confirm(task.id, edits: [], seen: 1, by: rob)
        let asked = try await standing(record.id)
        return (record.id, try #require(asked.first))
    }

    func standing(_ document: String) async throws -> [Approval] {
        try await fixture.context.store.read { try $0.standingApprovals(ofDocument: document) }
    }

    func approval(_ id: String) async throws -> Approval {
        try #require(try await fixture.context.store.read { try $0.approval(id) })
    }

    func decisions(on id: String) async throws -> [ApprovalDecision] {
        try await fixture.context.store.read { try $0.decisions(on: [id])[id] ?? [] }
    }

    /// The types of the events of an approval, without what all begin with.
    func events(_ id: String) async throws -> [String] {
        try await fixture.context.store.read { try $0.events(subject: id) }
            .map { $0.type.replacing("org.mailroom.approval.", with: "").replacing(".v1", with: "") }
    }

    func actions(_ id: String) async throws -> [String] {
        try await fixture.context.store.read { try $0.auditTrail(subject: id) }.map(\.action)
            .filter { $0 != "approval.viewed" }
    }
}

extension WorkbenchClient {
    /// A browser at which the person has signed in.
    static func at(_ client: any TestClientProtocol, _ name: String) async throws -> WorkbenchClient {
        let browser = WorkbenchClient(client)
        try await browser.signIn(name)
        return browser
    }

    /// Decides on what the approval's page shows.
    func decide(_ verdict: String, on id: String, because reason: String = "") async throws -> TestResponse {
        let page = try await get("/approvals/\(id)").text
        let token = try WorkbenchClient.value(of: "form_token", in: page)
        let record = page.firstMatch(of: /name="seen" value="([^"]*)"/).map { String($0.output.1) } ?? ""
        return try await send(
            "/approvals/\(id)",
            [("form_token", token), ("seen", record), ("action", verdict), ("reason", reason)])
    }
}
