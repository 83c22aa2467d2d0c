import Documents
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Records
import Service
import TestSupport
import Testing

struct RemittancesHTTPTests {
    /// A store with one file that tells of one document, and the file's identifier.
    private static func house() async throws -> (fixture: WebFixture, document: String, batch: String) {
        let fixture = try await WebFixture()
        let document = try await ReleasedLetters.put(1, into: fixture.context)[0]
        let now = Date()
        let batch = RemittanceBatch(
            id: Identifier.make(at: now), sender: "remittances", payer: "acme health", controlNumber: 1,
            fileName: "remittances-000000001.835", sha256: "00", setCount: 1, paymentCents: 18_000, madeAt: now)
        try await fixture.context.store.write { transaction in
            try transaction.addRemittanceBatch(batch, bytes: Data("ISA*~".utf8))
            let event = try #require(try transaction.events(subject: document).first)
            var item = RemittanceItem(
                id: Identifier.make(at: now), idempotencyKey: "k", sender: "remittances", documentID: document,
                eventID: event.id, payer: "acme health", paymentNumber: "1", content: "{}", createdAt: now,
                correlationID: "C")
            try transaction.addRemittance(item)
            (item.status, item.batchID) = (.sent, batch.id)
            try transaction.updateRemittance(item, from: .waiting)
        }
        return (fixture, document, batch.id)
    }

    @Test func aFileIsListedAndServedAndTheLookIsOnRecord() async throws {
        let house = try await Self.house()
        let header = try await house.fixture.keyHeader()
        try await house.fixture.test { client in
            let list = try await client.execute(uri: "/v1/remittances", method: .get, headers: header)
            let listed = try #require((try list.json()["remittances"] as? [[String: Any]])?.first)
            #expect(listed["payment"] as? String == "180.00" && listed["delivery"] == nil)
            let href = try #require(listed["href"] as? String)
            let file = try await client.execute(uri: href, method: .get, headers: header)
            #expect(file.status == .ok && file.text == "ISA*~")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"remittances-000000001.835\"")
            let none = try await client.execute(uri: "/v1/remittances/none/file", method: .get, headers: header)
            #expect(none.status == .notFound)
        }
        let trail = try await house.fixture.context.store.read { try $0.auditTrail(subject: house.document) }
        #expect(trail.last?.action == "remittance.viewed" && trail.last?.actor.hasPrefix("key:") == true)
    }

    @Test func theCommandLineWritesTheSameBytesOnce() async throws {
        let house = try await Self.house()
        let store = house.fixture.folder.url.path
        let list = try await runMailroom(["remittances", "list", "--store", store])
        #expect(list.standardOutput.contains("\(house.batch)  ") && list.standardOutput.contains("180.00  kept"))
        let out = house.fixture.folder.url.appending(path: "out.835").path
        let write = try await runMailroom(["remittances", "write", house.batch, "--out", out, "--store", store])
        #expect(write.status == 0, "\(write.standardError)")
        #expect(try Data(contentsOf: URL(filePath: out)) == Data("ISA*~".utf8))
        let again = try await runMailroom(["remittances", "write", house.batch, "--out", out, "--store", store])
        #expect(again.status != 0)
        let check = try await runMailroom(["remittances", "check", out])
        #expect(check.status == 2 && check.standardError.contains("ISA segment is not whole"))
    }
}
