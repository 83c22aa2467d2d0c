import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import Records
import Service
import Testing

/// Approvals from a document to a decision, through the pages.
@Suite struct ApprovalTests {
    @Test func anOverpaymentLetterAsksForARefundThatAManagerDecidesUpToTheLimit() async throws {
        let house = try await ApprovalsHouse()
        let (document, small) = try await house.refund("4200.00")
        let (_, large) = try await house.refund("7000.00", file: 1)
        let content = try JSONDecoder().decode(ApprovalContent.self, from: Data(small.content.utf8))
        #expect(content.amount == Money(cents: 420_000) && content.payerName == "Acme Health")
        #expect(content.evidence.map(\.field) == ["requested_amount"] && content.evidence.first?.box?.left == 1400)
        #expect(small.requestedBy == "rule:overpayments" && small.documentID == document)
        try await house.fixture.test { client in
            let rob = try await WorkbenchClient.at(client, "rob")
            #expect(try await rob.get("/approvals/\(small.id)").text.contains("does not decide approvals"))
            #expect(try await rob.decide("approve", on: small.id).status == .conflict)
            let mia = try await WorkbenchClient.at(client, "mia")
            let page = try await mia.get("/approvals").text
            #expect(page.contains("1 for you to decide.") && page.contains("CLM*7~&lt;b&gt;"))
            let answer = try await mia.decide("approve", on: small.id)
            #expect(answer.headers[.location] == "/approvals?after=\(small.id)")
            let refused = try await mia.decide("approve", on: large.id)
            #expect(refused.status == .conflict)
            #expect(refused.text.contains("ends at $5,000.00") && refused.text.contains("dirk and dora may."))
            let dora = try await WorkbenchClient.at(client, "dora")
            let next = try await dora.decide("approve", on: large.id)
            #expect(next.status == .seeOther)
        }
        #expect(try await house.approval(small.id).status == .approved)
        #expect(try await house.events(large.id) == ["requested", "approved"])
        let decision = try #require(try await house.decisions(on: large.id).first)
        #expect(decision.person == "dora" && decision.matrixHash == house.fixture.context.approvalMatrix.hash)
        #expect(decision.contentHash == large.contentHash && decision.warrant.contains("up to $50,000.00"))
        let audit = try await house.fixture.context.store.read { try $0.verifyAudit() }
        guard case .intact = audit else {
            Issue.record("\(audit)")
            return
        }
    }

    @Test func whoCorrectedTheDocumentMayNotAndHearsWhoMay() async throws {
        let house = try await ApprovalsHouse()
        let (document, approval) = try await house.refund("900.00")
        try await house.fixture.context.store.write { transaction in
            try transaction.audit(
                actor: "user:mia", action: "field.corrected", subject: document,
                detail: ["field": "requested_amount"], correlationID: "C", at: Date())
            // Another value than the evidence, of the document that this one was split from.
            try transaction.audit(
                actor: "user:max", action: "field.corrected", subject: "PARENT", detail: ["field": "member_id"],
                correlationID: "C", at: Date())
            try transaction.audit(
                actor: "user:rob", action: "document.pages_changed", subject: document,
                detail: ["split_from": "PARENT"], correlationID: "C", at: Date())
            // What became of the other one later says nothing of this one.
            try transaction.audit(
                actor: "user:dora", action: "field.corrected", subject: "PARENT", detail: ["field": "member_id"],
                correlationID: "C", at: Date())
            try transaction.audit(
                actor: "user:dirk", action: "document.reviewed", subject: document, correlationID: "C", at: Date())
        }
        try await house.fixture.test { client in
            let mia = try await WorkbenchClient.at(client, "mia")
            let page = try await mia.get("/approvals/\(approval.id)").text
            #expect(page.contains("You may not decide it: you corrected the document. dora may."))
            let refused = try await mia.send(
                "/approvals/\(approval.id)",
                [
                    ("form_token", try WorkbenchClient.value(of: "form_token", in: page)),
                    ("seen", approval.contentHash), ("action", "approve"),
                ])
            #expect(refused.status == .conflict && refused.text.contains("you corrected the document"))
            #expect(
                try await WorkbenchClient.at(client, "max").decide("approve", on: approval.id).status == .conflict)
            #expect(
                try await WorkbenchClient.at(client, "dora").decide("approve", on: approval.id).status == .seeOther)
        }
        #expect(try await house.approval(approval.id).status == .approved)
    }

    @Test func aCreditIsNoAmountThatAnybodyApproves() async throws {
        let house = try await ApprovalsHouse()
        let (_, approval) = try await house.refund("-500.00")
        #expect(approval.amountCents == nil)
        try await house.fixture.test { client in
            let dora = try await WorkbenchClient.at(client, "dora")
            let page = try await dora.get("/approvals/\(approval.id)").text
            #expect(page.contains("the amount is not known") && page.contains("You may refuse it"))
            #expect(!page.contains("value=\"approve\"") && page.contains("value=\"refuse\""))
            #expect(
                try await dora.decide("refuse", on: approval.id, because: "A credit").status == .seeOther)
        }
    }

    @Test func whatIsNotWhatWasHashedIsNotShown() async throws {
        let house = try await ApprovalsHouse()
        let (_, approval) = try await house.refund("900.00")
        try await house.fixture.context.store.write { transaction in
            var forged = approval
            forged.content = approval.content.replacing("900.00", with: "990.00")
            try transaction.updateApproval(forged)
        }
        let zed = try await house.fixture.person("zed", .director)
        await #expect(throws: RecordsError.self) {
            try await ApprovalDesk(context: house.fixture.context).look(at: approval.id, by: zed)
        }
    }

    @Test func ofManyWhoApproveAtOnceOneDoes() async throws {
        let house = try await ApprovalsHouse()
        let (_, approval) = try await house.refund("900.00")
        let statuses = try await house.fixture.test { client in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for name in ["mia", "max", "dora", "dirk"] {
                    group.addTask {
                        try await WorkbenchClient.at(client, name).decide("approve", on: approval.id).status.code
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(statuses.count { $0 == 303 } == 1, "\(statuses)")
        #expect(try await house.decisions(on: approval.id).count == 1)
        #expect(try await house.events(approval.id) == ["requested", "approved"])
    }

    @Test func aboveTheLastLimitItTakesTwoDirectors() async throws {
        let house = try await ApprovalsHouse()
        let (_, approval) = try await house.refund("60000.00")
        try await house.fixture.test { client in
            let dora = try await WorkbenchClient.at(client, "dora")
            #expect(try await dora.get("/approvals/\(approval.id)").text.contains("Approve as the first of two"))
            #expect(try await dora.decide("approve", on: approval.id).status == .seeOther)
            let again = try await dora.decide("approve", on: approval.id)
            #expect(again.text.contains("you approved it already, and it takes two people. dirk may."))
            #expect(try await house.approval(approval.id).status == .requested)
            #expect(
                try await WorkbenchClient.at(client, "dirk").decide("approve", on: approval.id).status == .seeOther)
        }
        #expect(try await house.approval(approval.id).status == .approved)
        let actions = try await house.actions(approval.id)
        #expect(actions == ["approval.requested", "approval.approved_first", "approval.approved"])
    }

    @Test func whileADirectorIsAwayAManagerDecidesAndBothNamesStand() async throws {
        let house = try await ApprovalsHouse()
        let (_, approval) = try await house.refund("7000.00")
        let today = house.fixture.context.policy.day(of: house.clock.now)?.description ?? ""
        let lent: [(String, String)] = [("to", "mia"), ("first", today), ("last", today), ("kind", "refund")]
        try await house.fixture.test { client in
            let dora = try await WorkbenchClient.at(client, "dora")
            let refused = try await dora.post("/delegations", lent + [("limit", "none")], from: "/delegations")
            #expect(refused.status == .unprocessableContent && refused.text.contains("such as 500.00"))
            #expect(try await dora.post("/delegations", lent, from: "/delegations").status == .seeOther)
            let mia = try await WorkbenchClient.at(client, "mia")
            #expect(try await mia.get("/delegations").text.contains("dora"))
            #expect(try await mia.get("/approvals/\(approval.id)").text.contains("on behalf of dora"))
            #expect(try await mia.decide("refuse", on: approval.id).text.contains("Say why"))
            #expect(
                try await mia.decide("refuse", on: approval.id, because: "Paid in May").status == .seeOther)
        }
        let decision = try #require(try await house.decisions(on: approval.id).first)
        #expect(decision.person == "mia" && decision.onBehalfOf == "dora" && decision.reason == "Paid in May")
        #expect(try await house.events(approval.id) == ["requested", "refused"])
        let event = try await house.fixture.context.store.read { try $0.events(subject: approval.id).last }
        #expect(event?.data.contains("mia for dora") == true)
    }

    @Test func aRecallTakesBackWhatWasApprovedOfTheDocument() async throws {
        let house = try await ApprovalsHouse()
        let (document, approval) = try await house.refund("900.00")
        try await house.fixture.test { client in
            _ = try await WorkbenchClient.at(client, "mia").decide("approve", on: approval.id)
        }
        let sam = try await house.fixture.person("sam", .seniorReviewer)
        let recalls = RecallDesk(context: house.fixture.context)
        let recall = try await recalls.begin(
            document: document, field: "requested_amount", right: "", reason: "The payer called", by: sam)
        try await house.fixture.context.work()
        _ = try await recalls.order(.review, .documents([document]), of: recall.id, by: sam)
        try await house.fixture.context.work()
        let withdrawn = try await house.approval(approval.id)
        #expect(withdrawn.status == .withdrawn && withdrawn.endedBy == sam.actor)
        #expect(try await house.events(approval.id) == ["requested", "approved", "withdrawn"])
        #expect(try await house.standing(document).isEmpty)
    }

    @Test func whatNobodyDecidesIsRemindedOfClimbsAndExpires() async throws {
        let house = try await ApprovalsHouse()
        let (_, approval) = try await house.refund("900.00")
        let sweep = ClockSweep(context: house.fixture.context)
        func askedOfDora() async throws -> Bool {
            try await house.fixture.test { client in
                try await WorkbenchClient.at(client, "dora").get("/approvals").text.contains("1 for you to decide.")
            }
        }
        try await sweep.sweep()
        #expect(try await house.actions(approval.id) == ["approval.requested"])
        #expect(try await !askedOfDora())
        house.clock.pass(hours: 10)
        async let once: Void = sweep.sweep()
        async let again: Void = sweep.sweep()
        _ = try await (once, again)
        #expect(try await house.approval(approval.id).remindedCount == 1)
        house.clock.pass(hours: 9)
        try await sweep.sweep()
        try await sweep.sweep()
        let climbed = try await house.approval(approval.id)
        #expect(climbed.climbedCount == 1 && climbed.climbAt == nil && climbed.remindedCount == 2)
        #expect(try await askedOfDora())
        house.clock.pass(hours: 170)
        try await house.fixture.test { client in
            let late = try await WorkbenchClient.at(client, "mia").decide("approve", on: approval.id)
            #expect(late.status == .conflict && late.text.contains("Its time is over"), "though nothing swept yet")
        }
        try await sweep.sweep()
        #expect(try await house.approval(approval.id).status == .expired)
        #expect(
            try await house.events(approval.id) == ["requested", "reminded", "climbed", "reminded", "expired"])
    }
}
