import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import TestSupport
import Testing

/// Typed papers, handed in over HTTP, read and decided on by the pipeline, and settled on their pages.
@Suite(.serialized) struct UnusualPaperTests {
    private struct Desk: Sendable {
        let house: PipelineHouse
        let client: any TestClientProtocol
        let key: HTTPFields

        func send(_ uri: String, _ body: Data, type: String) async throws -> TestResponse {
            var headers = key
            headers[.contentType] = type
            headers[try header("Prefer")] = "wait=60"
            return try await client.execute(
                uri: uri, method: .post, headers: headers, body: ByteBuffer(bytes: body))
        }

        func send(_ uri: String, csv: String) async throws {
            let answer = try await send(uri, Data(csv.utf8), type: "text/csv")
            #expect(answer.status == .ok, "\(answer.text)")
        }

        /// The document that the pipeline made of the file.
        func handIn(_ pdf: Data) async throws -> DocumentRecord {
            let answer = try await send("/v1/documents", pdf, type: "application/pdf")
            #expect(answer.status == .ok, "\(answer.text)")
            let sha256 = Originals.sha256(of: pdf)
            return try #require(try await house.store.read { try $0.documents(of: sha256) }.first)
        }

        func anomalies(_ query: String) async throws -> [[String: Any]] {
            let answer = try await client.execute(uri: "/v1/anomalies?\(query)", method: .get, headers: key)
            #expect(answer.status == .ok, "\(answer.text)")
            return try #require(try answer.json()["anomalies"] as? [[String: Any]])
        }

        /// Takes the document's task, expects the words on its page, and sends the page's form with these fields.
        func settle(_ record: DocumentRecord, by name: String, seeing words: [String], _ fields: [(String, String)])
            async throws -> DocumentRecord
        {
            let task = try #require(try await house.store.read { try $0.task(ofDocument: record.id) })
            let person = try await WorkbenchClient.at(client, name)
            _ = try await person.post("/tasks/\(task.id)/take", [], from: "/queues/\(task.queue)")
            let page = try await person.get("/tasks/\(task.id)").text
            for word in words { #expect(page.contains(word), "\(word) in \(page)") }
            let version = try WorkbenchClient.value(of: "version", in: page)
            let answer = try await person.post(
                "/tasks/\(task.id)", [("version", version), ("queue", task.queue)] + fields, from: "/tasks/\(task.id)")
            #expect(answer.status == .seeOther, "\(answer.text)")
            return try #require(try await house.store.read { try $0.document(record.id) })
        }
    }

    private func running(_ body: @escaping @Sendable (Desk) async throws -> Void) async throws {
        let house = try await PipelineHouse(policy: {
            // What is doubted of a value, and what the books say of it, is not what this is about.
            $0.replacing("\nfield_confidence: 0.90", with: "\nfield_confidence: 0")
                .replacing("\naudit_share: 0.02", with: "\naudit_share: 0")
                .replacing("\naccount_reasons: [no_account, account_disagrees]", with: "\naccount_reasons: []")
                .replacing("\n  least_history: 50", with: "\n  least_history: 10")
        })
        try await house.service.accounts.addUser(
            name: "rita", role: .seniorReviewer, password: WorkbenchClient.password, by: "test")
        let secret = try await house.service.accounts.addKey(name: "erp", role: .service, by: "test")
        let server = WebServer(
            context: house.context, accounts: house.service.accounts, metrics: PrometheusRegistry())
        try await house.running {
            try await server.test { client in
                try await body(Desk(house: house, client: client, key: [.authorization: "Bearer \(secret)"]))
            }
        }
    }

    @Test func anAccountPaidMoreThanItsChargeAndALineUnderContractAreReviewedAndLetStand() async throws {
        try await running { desk in
            try await desk.send(
                "/v1/accounts",
                csv: """
                    account_number,patient_name,payer_name,service_start,service_end,charge_amount
                    P0620649,"GUERRERO, BEVERLY",Zenith Mutual,2024-10-15,2024-10-15,900.00
                    P0620649,"GUERRERO, BEVERLY",Umbrella Life,2024-10-15,2024-10-15,900.00

                    """)
            try await desk.send(
                "/v1/contracts", csv: "payer,cpt,allowed,from\n\"Umbrella Life, Inc.\",99213,550.00,2024-01-01\n")
            let first = try await desk.handIn(TypedPaper().remittance)
            #expect(first.status == .accepted, "\(first.document.reasons)")
            var other = TypedPaper(payer: "Umbrella Life", number: "0077711145", date: "05/20/2026", claim: "UL1234567")
            (other.allowed, other.adjustment, other.coinsurance, other.paid) = ("500.00", "400.00", "100.00", "400.00")
            let second = try await desk.handIn(other.remittance)
            #expect(second.document.reasons.map(\.code) == ["account_overpaid", "under_contract"])
            let settled = try await desk.settle(
                second, by: "rita",
                seeing: [
                    "Account P0620649 was charged 900.00. Payers paid 700.00 so far, and this document pays 400.00: that is 1100.00 in all, 200.00 over the charge.",
                    "Paid more than was charged?", "Less than the contract says",
                    "Allowed 500.00, and the contract with Umbrella Life, Inc. says 550.00",
                    "/documents/\(first.id)",
                ], [("action", "confirm")])
            #expect(settled.status == .accepted)
            let found = try await desk.anomalies("state=confirmed")
            #expect(Set(found.compactMap { $0["kind"] as? String }) == ["account_overpaid", "under_contract"])
            #expect(Set(found.compactMap { $0["amount"] as? String }) == ["200.00", "50.00"])
            #expect(found.contains { $0["other_document_id"] as? String == first.id })
            #expect(try await desk.anomalies("state=open").isEmpty)
        }
    }

    @Test func aRefundAskedForASecondTimeIsReviewedAndRefused() async throws {
        try await running { desk in
            let first = try await desk.handIn(TypedPaper.refundRequest(date: "March 14, 2026"))
            #expect(first.status == .accepted, "\(first.document.reasons)")
            let another = try await desk.handIn(TypedPaper.refundRequest(date: "March 20, 2026", amount: "75.00"))
            #expect(another.status == .accepted, "\(another.document.reasons)")
            let second = try await desk.handIn(TypedPaper.refundRequest(date: "April 14, 2026"))
            #expect(second.document.reasons.map(\.code) == ["repeated_refund_request"])
            let settled = try await desk.settle(
                second, by: "rita",
                seeing: [
                    "A refund asked for twice?", "pay it once", "2026-04-14", "2026-03-14", "/documents/\(first.id)",
                ],
                [("action", "reject"), ("reason", "already_handled"), ("note", "")])
            #expect(settled.status == .rejected)
            let found = try await desk.anomalies("kind=repeated_refund_request")
            #expect(found.map { $0["state"] as? String } == ["refused"])
            #expect(found.map { $0["amount"] as? String } == ["120.00"])
            let approvals = try await desk.house.store.read { try $0.openApprovals(limit: 9).map(\.documentID) }
            #expect(Set(approvals) == [first.id, another.id])
        }
    }

    @Test func anAdjustmentOutOfTheOrdinaryIsReviewedOnceThereIsAHistory() async throws {
        try await running { desk in
            func paper(_ number: Int, allowed: Int) -> Data {
                TypedPaper(
                    number: "009923\(1000 + number)", account: "P06\(20100 + 37 * number)",
                    claim: "ZM77\(10_000 + 411 * number)", allowed: "\(allowed).00", adjustment: "\(900 - allowed).00",
                    paid: "\(allowed).00"
                ).remittance
            }
            // The first that takes off much has nothing to be compared with.
            let early = try await desk.handIn(paper(0, allowed: 300))
            #expect(early.status == .accepted, "\(early.document.reasons)")
            for number in 1...30 {
                let usual = try await desk.handIn(paper(number, allowed: 805 + number % 3))
                #expect(usual.status == .accepted, "\(usual.document.reasons)")
            }
            let unusual = try await desk.handIn(paper(31, allowed: 200))
            #expect(unusual.document.reasons.map(\.code) == ["unusual_adjustment"])
            let settled = try await desk.settle(
                unusual, by: "rita",
                seeing: [
                    "An unusual adjustment", "CO-45 took 78 % of the charge (700.00 of 900.00)",
                    "lines with it nine in ten are at",
                ],
                [("action", "confirm")])
            #expect(settled.status == .accepted)
            #expect(try await desk.anomalies("kind=unusual_adjustment&state=confirmed").count == 1)
        }
    }
}
