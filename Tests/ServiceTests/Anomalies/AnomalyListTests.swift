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

/// The lists of anomalies and of contracts, and what a draft says at once.
@Suite(.serialized) struct AnomalyListTests {
    private func remittance(_ number: String, paid: String = "80.00") -> Document {
        var document = AnomalyPaper.remittance(number: number, date: "2026-04-\(10 + number.count)")
        document.claims[0].serviceLines[0]["paid_amount"] = AnomalyPaper.field(paid)
        return document
    }

    /// Three remittances that pay one claim, of two facilities; two of them are held back for it.
    private func house() async throws -> (fixture: WebFixture, tasks: [ReviewTask]) {
        let fixture = try await WebFixture()
        let desk = ReviewDesk(context: fixture.context)
        let caller = try await fixture.person("eva", .seniorReviewer)
        var tasks: [ReviewTask] = []
        for (index, (number, facility)) in [("48151623", "north"), ("9923421", "south"), ("771114", "south")]
            .enumerated()
        {
            let task = try await SampleLetter.seed(
                fixture.context, document: remittance(number), bytes: SampleLetter.png + Data([UInt8(index)]),
                facility: facility
            ).task
            try await desk.take(task.id, by: caller)
            let isConfirmed = try await desk.confirm(task.id, edits: [], seen: 1, by: caller)
            #expect(isConfirmed == (index == 0))
            tasks.append(task)
        }
        return (fixture, tasks)
    }

    @Test func whatIsUnusualIsListedWithinReach() async throws {
        let (fixture, tasks) = try await house()
        let key = try await fixture.keyHeader(.auditor, name: "audit")
        try await fixture.addUser("sam", .seniorReviewer)
        try await fixture.addUser("lea", .seniorReviewer)
        try await fixture.context.store.write { transaction in
            let id = try #require(try transaction.user(named: "lea")).id
            try transaction.setReach(Reach(facilities: ["north"]), of: id)
        }
        try await fixture.test { client in
            func list(_ query: String) async throws -> [[String: Any]] {
                let answer = try await client.execute(uri: "/v1/anomalies\(query)", method: .get, headers: key)
                #expect(answer.status == .ok, "\(answer.text)")
                return try #require(try answer.json()["anomalies"] as? [[String: Any]])
            }
            let all = try await list("")
            #expect(all.map { $0["document_id"] as? String } == [tasks[2].documentID, tasks[1].documentID])
            #expect(all.allSatisfy { $0["state"] as? String == "open" && $0["amount"] as? String == "80.00" })
            let first = try #require(try await list("?limit=1").first?["id"] as? String)
            #expect(
                try await list("?limit=1&before=\(first)").map { $0["document_id"] as? String } == [tasks[1].documentID]
            )
            #expect(try await list("?kind=under_contract").isEmpty)
            #expect(try await list("?state=withdrawn").isEmpty)
            for wrong in ["?kind=low_confidence", "?state=lost"] {
                let answer = try await client.execute(uri: "/v1/anomalies\(wrong)", method: .get, headers: key)
                #expect(answer.status == .badRequest)
            }
            let sam = try await WorkbenchClient.at(client, "sam")
            let page = try await sam.get("/anomalies?kind=duplicate_payment&state=open").text
            #expect(page.contains(tasks[1].documentID) && page.contains(tasks[2].documentID))
            #expect(page.contains("$80.00") && page.contains("In review"))
            #expect(try await sam.get("/anomalies?state=confirmed").text.contains("Nothing unusual is known here."))
            #expect(try await sam.get("/anomalies?kind=%3Cb%3E").status == .badRequest)
            let lea = try await WorkbenchClient.at(client, "lea")
            let near = try await lea.get("/anomalies").text
            #expect(!near.contains(tasks[1].documentID) && near.contains("Nothing unusual is known here."))
            #expect(!near.contains("/contracts"))
            #expect(try await lea.get("/contracts").status == .forbidden)
        }
    }

    @Test func contractsAreListedByPayerAndProcedure() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("sam", .seniorReviewer)
        let rows = (0..<230).map { "Acme <b>Health</b> & Co,\(10_000 + $0),\(10 + $0).50,2026-01-01,2026-12-31" }
        let list = "payer,cpt,allowed,from,to\n" + rows.joined(separator: "\n") + "\nZenith,J1885,3.00,2026-02-01,\n"
        let keeper = ContractKeeper(store: fixture.context.store, clock: fixture.context.clock)
        _ = try await keeper.take(
            ContractFile(csv: Data(list.utf8)), sha256: "0", replacingAll: false, by: "user:rita")
        let key = try await fixture.keyHeader()
        try await fixture.test { client in
            func rates(_ query: String) async throws -> [[String: Any]] {
                let answer = try await client.execute(uri: "/v1/contracts\(query)", method: .get, headers: key)
                #expect(answer.status == .ok, "\(answer.text)")
                #expect(try answer.json()["total"] as? Int == 231)
                let rates = try answer.json()["rates"] as? [[String: Any]]
                return try #require(rates)
            }
            #expect(try await rates("").count == 100)
            #expect(try await rates("?from=200&limit=500").count == 31)
            let one = try #require(try await rates("?payer=zenith%20inc&procedure=j1885").first)
            #expect(one["allowed_amount"] as? String == "3.00" && one["source"] as? String == "user:rita")
            #expect(one["effective_from"] as? String == "2026-02-01" && one["effective_to"] == nil)
            let sam = try await WorkbenchClient.at(client, "sam")
            let payers = try await sam.get("/contracts").text
            #expect(payers.contains("Acme &lt;b&gt;Health&lt;/b&gt; &amp; Co") && payers.contains("Zenith"))
            let link = try #require(payers.firstMatch(of: /"(\/contracts\?payer=Acme[^"]*)"/)).output.1
            let first = try await sam.get(String(link)).text
            #expect(first.contains("10000") && first.contains("10199") && !first.contains("10200"))
            #expect(first.contains("rita") && first.contains("2026-12-31"))
            let next = try #require(first.firstMatch(of: /href="([^"]*from=200)"/)).output.1
            let rest = try await sam.get(String(next).replacing("&amp;", with: "&")).text
            #expect(rest.contains("10200") && rest.contains("10229") && !rest.contains("10199"))
            let found = try await sam.get("/contracts?payer=Zenith&procedure=j1885").text
            #expect(found.contains("$3.00") && !found.contains("10000"))
            #expect(try await sam.get("/contracts?payer=Nobody").text.contains("There is no such rate."))
        }
    }

    @Test func aDraftTellsAtOnceWhatItMadeUnusual() async throws {
        let fixture = try await WebFixture()
        try await fixture.addUser("ana")
        _ = try await SampleLetter.seed(fixture.context, document: remittance("481516"), bytes: SampleLetter.png + [1])
        let task = try await SampleLetter.seed(
            fixture.context, document: remittance("9923421", paid: "10.00"), bytes: SampleLetter.png + [2]
        ).task
        try await fixture.test { client in
            let ana = try await WorkbenchClient.at(client, "ana")
            _ = try await ana.post("/tasks/\(task.id)/take", [], from: "/tasks/\(task.id)")
            func draft(_ value: String, _ version: Int) async throws -> String? {
                let path = "v.claims[0].service_lines[0].paid_amount"
                let answer = try await ana.post(
                    "/tasks/\(task.id)/draft", [("version", "\(version)"), (path, value)], from: "/tasks/\(task.id)")
                #expect(answer.status == .ok, "\(answer.text)")
                return try answer.json()["anomalies"] as? String
            }
            let made = try #require(try await draft("80.00", 1))
            #expect(made.contains("Paid twice?") && made.contains("letter.png"))
            #expect(try await draft("12.00", 2)?.isEmpty == true)
            // Nothing changed, nothing is told.
            #expect(try await draft("12.00", 3) == nil)
        }
    }
}
