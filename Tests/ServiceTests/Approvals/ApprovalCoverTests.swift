import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import Testing

/// Approvals that nobody has authority over, and more of them than a page holds.
@Suite struct ApprovalCoverTests {
    @Test func whatNoOnesAuthorityCoversIsRefusedAndSaysWhatItLacks() async throws {
        let house = try await ApprovalsHouse(matrixText: {
            $0.replacing(
                "      - bands:\n          - {up_to: 5000,",
                with: """
                          - cost_centres: [radiology]
                            bands:
                              - {roles: [director]}
                          - bands:
                              - {up_to: 5000,
                    """)
        })
        let (_, approval) = try await house.refund("900.00")
        let key = try await house.fixture.keyHeader()
        try await house.fixture.test { client in
            func ask(_ body: String) async throws -> TestResponse {
                try await client.execute(
                    uri: "/v1/approvals", method: .post, headers: key, body: ByteBuffer(string: body))
            }
            let lacking = try await ask(#"{"kind": "refund", "amount": "900.00"}"#)
            #expect(lacking.status.code >= 400 && lacking.text.contains("Name the cost centre ('cost_centre')"))
            let surgery = try await ask(#"{"kind": "refund", "amount": "900.00", "cost_centre": "surgery"}"#)
            #expect(surgery.status == .created)
            let id = try #require(try surgery.json()["id"] as? String)
            let shown = try await client.execute(uri: "/v1/approvals/\(id)", method: .get, headers: key).json()
            #expect(shown["may_decide"] as? [String] == ["dirk", "dora", "max", "mia"])

            let mia = try await WorkbenchClient.at(client, "mia")
            let page = try await mia.get("/approvals/\(approval.id)").text
            #expect(page.contains("which no one&#39;s authority covers") && !page.contains("value=\"approve\""))
            let approved = try await mia.decide("approve", on: approval.id)
            #expect(approved.text.contains("it names no cost centre, on which depends who may decide"))
            #expect(try await mia.decide("refuse", on: approval.id, because: "No centre").status == .seeOther)
        }
        #expect(try await house.approval(approval.id).status == .refused)
        #expect(try await house.decisions(on: approval.id).map(\.person) == ["mia"])
    }

    @Test func whatNoPageHoldsIsOnTheNextAndIsNotForgotten() async throws {
        let house = try await ApprovalsHouse()
        let now = house.clock.now
        let amounts: [Int64] = Array(repeating: 9_000_000, count: ApprovalDesk.openCountMax) + [100, 200]
        let ids = try await house.fixture.context.store.write { transaction in
            try amounts.enumerated().map { index, cents in
                let content = ApprovalContent(kind: "write_off", amount: Money(cents: cents))
                let moment = now.addingTimeInterval(Double(index))
                let approval = Approval(
                    id: Identifier.make(at: moment), requestKey: "\(index)", kind: content.kind,
                    content: try content.canonicalJSON(), contentHash: try content.sha256(), amountCents: cents,
                    facility: nil, documentID: nil, requestedBy: "key:erp", involved: [], requestedAt: moment,
                    correlationID: "C")
                _ = try transaction.addApproval(approval)
                return approval.id
            }
        }
        try await house.fixture.test { client in
            let mia = try await WorkbenchClient.at(client, "mia")
            let first = try await mia.get("/approvals").text
            #expect(first.contains("0 for you to decide on this page.") && first.contains("/approvals?page=1"))
            let second = try await mia.get("/approvals?page=1").text
            #expect(second.contains("2 for you to decide.") && !second.contains("?page=2"))
            let done = try await mia.decide("approve", on: ids[ids.count - 2])
            #expect(done.headers[.location]?.hasPrefix("/approvals/\(ids[ids.count - 1])") == true)
            #expect(try await mia.get("/approvals?page=-9223372036854775808").status == .ok)
            #expect(try await mia.get("/approvals?page=9223372036854775807").text.contains("There is nothing here."))
        }
    }
}
