import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOFoundationCompat
import Records
import Service
import TestSupport
import Testing

/// The denial worklist, the work and its packet, as programs and people get them.
@Suite struct DenialHTTPTests {
    private static func fixture() async throws -> WebFixture { try await WebFixture(clock: { DeniedLetter.now }) }

    @Test func theWorklistIsOrderedFilteredAndCounted() async throws {
        let fixture = try await Self.fixture()
        let small = try await DeniedLetter.accept(
            DeniedLetter.document("denial", ["charge_amount": "10.00"]), into: fixture.context)
        let large = try await DeniedLetter.accept(
            DeniedLetter.document("denial", ["charge_amount": "90000.00", "payer_name": "Beta"]), into: fixture.context,
            file: 1)
        let header = try await fixture.keyHeader()
        try await fixture.test { client in
            let all = try await client.execute(uri: "/v1/denials", method: .get, headers: header).json()
            let denials = try #require(all["denials"] as? [[String: Any]])
            #expect(denials.map { $0["document_id"] as? String } == [large.id, small.id])
            // 50 thousand at most, 4 points each; the deadline is too far away to count.
            #expect(denials.map { $0["points"] as? Double } == [200, 0.04])
            let payers = try #require(all["by_payer"] as? [[String: Any]])
            #expect(payers.map { $0["payer"] as? String } == ["Beta", "Acme Health"])
            let beta = try await client.execute(uri: "/v1/denials?payer=BETA", method: .get, headers: header).json()
            #expect((beta["denials"] as? [[String: Any]])?.count == 1)
            let work = try await client.execute(uri: "/v1/work", method: .get, headers: header).json()
            let first = try #require((work["work"] as? [[String: Any]])?.first)
            #expect(first["due_date"] as? String == "2026-05-20" && first["status"] as? String == "open")
            let one = try await client.execute(
                uri: "/v1/work/\(first["id"] as? String ?? "")", method: .get, headers: header)
            #expect(try one.json()["amount_at_stake"] as? String == "90000.00")
            let metrics = try await client.execute(uri: "/metrics", method: .get).text
            #expect(metrics.contains(#"mailroom_denials{category="prior_authorization"} 2"#))
            #expect(metrics.contains(#"mailroom_denials_age{age="under 1 day",category="prior_authorization"} 2"#))
            #expect(metrics.contains(#"mailroom_work{status="open"} 2"#))
        }
    }

    @Test func whatIsOfOthersIsNotThere() async throws {
        let fixture = try await Self.fixture()
        let north = try await DeniedLetter.accept(into: fixture.context, facility: "north")
        let south = try await DeniedLetter.accept(
            DeniedLetter.document("denial", ["payer_name": "South Plan"]), into: fixture.context, file: 1,
            facility: "south")
        try await fixture.addUser("ana")
        try await fixture.accounts.limit(userNamed: "ana", to: Reach(facilities: ["north"]), by: "test")
        let own = try #require(try await fixture.work(of: north).first)
        let foreign = try #require(try await fixture.work(of: south).first)
        let denial = try #require(try await fixture.denials(of: south).first)
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let list = try await browser.get("/denials").text
            #expect(list.contains("Acme Health") && !list.contains("South Plan"))
            let work = try await browser.get("/work").text
            #expect(work.contains(own.id) && !work.contains(foreign.id))
            #expect(try await browser.get("/work/\(own.id)").status == .ok)
            for page in ["/work/\(foreign.id)", "/work/\(foreign.id)/packet"] {
                #expect(try await browser.get(page).status == .notFound)
            }
            for (page, form) in [
                ("/work/\(foreign.id)", [("act", "take"), ("version", "1")]), ("/denials/\(denial.id)/appeal", []),
            ] {
                #expect(try await browser.post(page, form, from: "/denials").status == .notFound)
            }
        }
    }

    @Test func thePageSaysWhatThePaperSaysAndEscapesIt() async throws {
        let fixture = try await Self.fixture()
        let record = try await DeniedLetter.accept(into: fixture.context)
        let work = try #require(try await fixture.work(of: record).first)
        try await fixture.addUser("ana")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let page = try await browser.get("/work/\(work.id)").text
            #expect(page.contains("&lt;b&gt;the MRI&lt;/b&gt; &amp; was") && !page.contains("<b>the MRI"))
            #expect(page.contains("Claim number: C778") && page.contains("CO-197"))
            for (form, wanted) in [
                ([("act", "take"), ("version", "1")], HTTPResponse.Status.seeOther),
                ([("act", "take"), ("version", "1")], .conflict),
                ([("act", "close:sent"), ("version", "2")], .conflict),
                ([("act", "close:lost"), ("version", "2")], .seeOther),
                ([("act", "x"), ("version", "3")], .badRequest),
            ] {
                let answer = try await browser.post("/work/\(work.id)", form, from: "/denials")
                #expect(answer.status == wanted, "\(form)")
            }
            let list = try await browser.get("/denials").text
            #expect(list.contains("No denial waits here"))
            #expect(try await browser.get("/denials?all=true").text.contains("lost"))
            #expect(try await browser.get("/work?done=true").text.contains(work.id))
        }
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: record.id) }.map(\.action)
        #expect(trail.contains("document.viewed") && trail.contains("work.taken") && trail.contains("work.closed"))
    }

    @Test func thePacketOfAClaimHasNoPageOfOthers() async throws {
        let fixture = try await Self.fixture()
        func field(_ text: String) -> Field { Field(value: .text(text), confidence: 0.99, page: 1) }
        func line(_ reason: String) -> Row {
            [
                "charge_amount": .one(field("100.00")), "paid_amount": .one(field("0.00")),
                "adjustments": .groups([["reason": field(reason), "amount": field("100.00")]]),
            ]
        }
        var remittance = SampleRemittance.document
        remittance.pages = [1]
        remittance.claims = ["CO-50", "PR-96"].map { Claim(fields: [:], serviceLines: [line($0)]) }
        let record = try await DeniedLetter.accept(remittance, into: fixture.context)
        let denials = try await fixture.denials(of: record)
        #expect(denials.map(\.amountAtStake) == [Money(cents: 10_000), .zero])
        let work = try await WorkDesk(context: fixture.context).openAppeal(
            ofDenial: try #require(denials.first).id, by: try await fixture.person("ben"))
        try await fixture.addUser("ana")
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "packet.pdf")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            #expect(try await browser.get("/denials").text.contains("$100 left to the patient"))
            try Data(buffer: try await browser.get("/work/\(work.id)/packet").body).write(to: file)
        }
        let text = try await runProgram(URL(filePath: "/usr/bin/pdftotext"), ["-layout", file.path, "-"])
        #expect(text.standardOutput.contains("These pages are left out"))
        let images = try await runProgram(URL(filePath: "/usr/bin/pdfimages"), ["-list", file.path])
        #expect(images.standardOutput.split(separator: "\n").count == 2, "no image, only the head")
    }

    @Test func thePacketHasTheLetterTheFactsAndThePages() async throws {
        let fixture = try await Self.fixture()
        var document = DeniedLetter.document(
            "denial",
            [
                "patient_name": "José (Pepe) Exämple \\ Łuk Čapek Co.",
                "denial_reason": String(repeating: "Not so. ", count: 900),
            ])
        document.pages = [1]
        let record = try await DeniedLetter.accept(document, into: fixture.context)
        let work = try #require(try await fixture.work(of: record).first)
        try await fixture.addUser("ana")
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "packet.pdf")
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let answer = try await browser.get("/work/\(work.id)/packet")
            #expect(answer.headers[.contentType] == "application/pdf")
            try Data(buffer: answer.body).write(to: file)
        }
        try await fixture.context.store.write { [context = fixture.context] transaction in
            try context.raise(.documentRecalled, about: record, in: transaction, at: context.clock())
        }
        try await fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            #expect(try await browser.get("/work/\(work.id)/packet").status != .ok, "withdrawn work is not packed")
        }
        let text = try await runProgram(URL(filePath: "/usr/bin/pdftotext"), ["-layout", file.path, "-"])
        #expect(text.status == 0 && text.standardError.isEmpty, "\(text.standardError)")
        #expect(text.standardOutput.contains("Patient: José (Pepe) Exämple \\ Luk Capek Co."))
        #expect(text.standardOutput.contains("Claim number: C778"))
        #expect(text.standardOutput.contains("Refused: "))
        let images = try await runProgram(URL(filePath: "/usr/bin/pdfimages"), ["-list", file.path])
        #expect(images.status == 0 && images.standardError.isEmpty)
        #expect(images.standardOutput.split(separator: "\n").count == 3, "a head of two lines and one image")
    }
}
