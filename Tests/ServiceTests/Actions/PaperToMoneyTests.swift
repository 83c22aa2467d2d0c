import Actions
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

/// Scans that are really read, settled by a reviewer on the pages, and what comes of them: work, approvals, a posted
/// journal, an 835 file, a number in the books.
@Suite(.serialized) struct PaperToMoneyTests {
    @Test func aDenialLetterBecomesAnAppealThatIsDueBeforeThePayersDay() async throws {
        try await PaperHouse.run { house in
            let letter = try await house.settle("denial", ["patient_name": "Violet Sanford"])
            #expect(letter.document.subtype == "denial")
            let work = try #require(try await house.json("/v1/work")["work"] as? [[String: Any]])
            let appeal = try #require(work.first { $0["document_id"] as? String == letter.id })
            #expect(appeal["kind"] as? String == "appeal" && appeal["status"] as? String == "open")
            // The letter names Friday, April 10; three working days before is Tuesday.
            #expect(appeal["deadline"] as? String == "2026-04-10" && appeal["due_date"] as? String == "2026-04-07")
            #expect(appeal["amount_at_stake"] as? String == "605.66")
        }
    }

    @Test func anOverpaymentLetterBecomesARefundThatWhoMayApprovesAndTheLedgerPosts() async throws {
        try await PaperHouse.run { house in
            let small = try await house.refund(of: try await house.settle("overpayment-1545.81"))
            let large = try await house.refund(of: try await house.settle("overpayment-6611.20"))
            let clerk = try await house.browser("cleo")
            let refused = try await clerk.decide("approve", on: small)
            #expect(refused.status == .conflict)
            #expect(refused.text.contains("does not decide approvals"))
            #expect(refused.text.contains("dora and mia may."))
            let manager = try await house.browser("mia")
            #expect(try await manager.decide("approve", on: small).status == .seeOther)
            let over = try await manager.decide("approve", on: large)
            #expect(over.status == .conflict && over.text.contains("ends at $5,000.00. dora may."))
            let director = try await house.browser("dora")
            #expect(try await director.decide("approve", on: large).status == .seeOther)
            let posted = try await eventually("the ledger") {
                let journals = try await house.json("/v1/journals?status=posted")["journals"] as? [[String: Any]]
                return journals?.count == 2 ? journals : nil
            }
            #expect(posted.compactMap { $0["total"] as? String }.sorted() == ["1545.81", "6611.20"])
            #expect(house.ledger.balances == ["2100": 815_701, "1010": -815_701])
            #expect(house.ledger.keys.count == 2)
        }
    }

    @Test func aRemittanceBecomesAn835ThatAnotherValidatorTakesAndThatIsEqualToTheCent() async throws {
        try await PaperHouse.run { house in
            let paper = try await house.settle("remittance-725.24")
            try await house.close835()
            let file = try await eventually("the file in the drop") {
                try FileManager.default.contentsOfDirectory(at: house.drop, includingPropertiesForKeys: nil)
                    .first { $0.pathExtension == "835" }
            }
            let bytes = try Data(contentsOf: file)
            #expect(RemittanceBalancer.findings(in: bytes).isEmpty)
            let segments = try X12File(bytes).segments
            #expect(segments.first { $0.name == "BPR" }?[2] == "725.24")
            let claim = try #require(segments.first { $0.name == "CLP" })
            #expect((claim[3], claim[4], claim[5]) == ("1825.01", "725.24", "191.9"))
            let lines = segments.filter { $0.name == "SVC" }.compactMap { Money($0[3]) }
            #expect(
                lines.map(\.cents) == [25_588, 14_738, 14_976, 1_268, 13_306, 2_648],
                "\(String(decoding: bytes, as: UTF8.self))")
            let check = try await runProgram(
                packageFolder.appending(path: ".venv/bin/python"),
                ["Tests/ActionsTests/X12/check_structure.py", house.drop.path])
            #expect(check.standardOutput == "1 files\n", "\(check.standardOutput)\(check.standardError)")
            let listed = try await house.json("/v1/remittances")["remittances"] as? [[String: Any]]
            #expect(listed?.first?["payment"] as? String == "725.24")
            #expect(try await house.store.read { try $0.remittances(ofDocument: paper.id) }.map(\.status) == [.sent])
        }
    }

    /// The PDF that lies beside the request is read by poppler, and shows the scan's page.
    @Test func anAuthorizationFormBecomesARequestWithItsPages() async throws {
        try await PaperHouse.run { house in
            let form = try await house.settle(
                "000027", of: "samples",
                [
                    "request_type": "initial", "payer_name": "Granite Dental Benefits",
                    "diagnosis_codes[0]": "A06.2",
                ])
            #expect(form.document.type == "authorization_form")
            let parked = try await house.store.read { try $0.deliveries(status: .parked) }
            #expect(parked.compactMap(\.lastError).filter { $0.contains("The form") } == [])
            let files = try await eventually("the files in the drop") {
                let names = try FileManager.default.contentsOfDirectory(atPath: house.drop.path)
                return names.contains { $0.hasSuffix(".json") } ? names : nil
            }
            let number = try #require(files.first { $0.hasSuffix(".278") }?.dropLast(4))
            #expect(Set(files) == ["\(number).pdf", "\(number).278", "\(number).json"])
            let request = try String(contentsOf: house.drop.appending(path: "\(number).278"), encoding: .utf8)
            #expect(
                request.contains("PWK*77*EL***AC*\(number)~") && request.contains("NM1*X3*2*Granite Dental Benefits*"))
            let pdf = house.drop.appending(path: "\(number).pdf").path
            let info = try await runProgram(URL(filePath: "/usr/bin/pdfinfo"), [pdf])
            #expect(info.standardOutput.contains(/Pages: +1\n/) && info.standardError.isEmpty, "\(info.standardError)")
            let images = try await runProgram(URL(filePath: "/usr/bin/pdfimages"), ["-list", pdf])
            #expect(images.standardOutput.split(separator: "\n").count == 3, "\(images.standardOutput)")
        }
    }

    @Test func anApprovedAuthorizationsNumberIsWrittenToTheAccount() async throws {
        try await PaperHouse.run { house in
            try await house.importAccounts(
                """
                account_number,patient_name,member_id,payer_name,service_start,service_end
                7700123,"RIVAS, AMIR K",293237685-25,Gulf Coast Blue Shield Alliance,2025-05-12,2025-05-19
                7700124,"SHELTON, GUADALUPE",K78280831,Windward Health Cooperative,2025-05-12,2025-05-12

                """)
            let letter = try await house.settle(
                "authorization-approval", ["payer_name": "Gulf Coast Blue Shield Alliance"])
            let work = try #require(try await house.store.read { try $0.work(ofDocument: letter.id) }.first)
            #expect(work.status == .closed && work.outcome == "written_back" && work.closedBy == "rules")
            let account = try await house.store.read { try $0.accountWithAuthorizations("7700123") }
            #expect(account?.claims.map(\.authorizationNumber) == ["OP8737281648"])
            let other = try await house.store.read { try $0.authorizations(ofAccount: "7700124") }
            #expect(other.isEmpty)
        }
    }
}
