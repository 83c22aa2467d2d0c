import Documents
import Foundation
import Governance
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOFoundationCompat
import Reading
import Records
import Service
import Testing

struct DocumentsHTTPTests {
    private func headers(
        _ key: HTTPFields, _ mediaType: String = "image/png", name: String = "scan.png", extra: (String, String)? = nil
    ) throws -> HTTPFields {
        var headers = key
        headers[.contentType] = mediaType
        headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        if let extra { headers[try header(extra.0)] = extra.1 }
        return headers
    }

    private var body: ByteBuffer { ByteBuffer(data: SampleLetter.png) }

    @Test func aSubmittedFileIsTakenInUnderItsHash() async throws {
        let fixture = try await WebFixture()
        let headers = try headers(try await fixture.keyHeader())
        try await fixture.test { client in
            let response = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: body)
            let sha256 = Originals.sha256(of: SampleLetter.png)
            let answer = try response.json()
            #expect(response.status == .accepted)
            #expect(response.headers[.location] == "/v1/documents/\(sha256)")
            #expect(answer["id"] as? String == sha256)
            #expect(answer["status"] as? String == "processing")
            #expect(answer["duplicate"] as? Bool == false)
            #expect((answer["correlation_id"] as? String)?.count == 26)
        }
        let arrivals = try await fixture.context.store.read { try $0.arrivals() }
        #expect(arrivals.map(\.source) == ["http:engine"])
        #expect(arrivals.map(\.name) == ["scan.png"])
    }

    @Test func theSameBytesAgainAreTheSameResourceAndADuplicateArrival() async throws {
        let fixture = try await WebFixture()
        let headers = try headers(try await fixture.keyHeader())
        try await fixture.test { client in
            let first = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: body)
            let again = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: body)
            #expect(again.status == .accepted)
            #expect(try again.json()["duplicate"] as? Bool == true)
            #expect(try again.json()["correlation_id"] as? String == first.json()["correlation_id"] as? String)
            #expect(again.headers[.location] == first.headers[.location])
        }
    }

    @Test func aRepeatedIdempotencyKeyGivesTheFirstAnswerAndTakesNothingIn() async throws {
        let fixture = try await WebFixture()
        let headers = try headers(try await fixture.keyHeader(), extra: ("Idempotency-Key", "order-17"))
        try await fixture.test { client in
            let first = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: body)
            let again = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: body)
            #expect(again.status == first.status)
            #expect(again.text == first.text)
            #expect(again.headers[.location] == first.headers[.location])
        }
        #expect(try await fixture.context.store.read { try $0.arrivals() }.count == 1)
    }

    @Test func anIdempotencyKeyOfAnotherFileIsRefused() async throws {
        let fixture = try await WebFixture()
        let headers = try headers(try await fixture.keyHeader(), extra: ("Idempotency-Key", "\"order-17\""))
        try await fixture.test { client in
            _ = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: body)
            let other = ByteBuffer(data: SampleLetter.png + Data([0]))
            let refused = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: other)
            #expect(refused.status == .unprocessableContent)
            #expect(try refused.json()["type"] as? String == "urn:mailroom:problem:idempotency-key-reused")
        }
    }

    @Test func aProcessedFileIsAnsweredAtOnceToACallerWhoWaits() async throws {
        let fixture = try await WebFixture()
        _ = try await SampleLetter.seed(fixture.context)
        let headers = try headers(try await fixture.keyHeader(), extra: ("Prefer", "respond-async, wait=10"))
        try await fixture.test { client in
            let response = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: body)
            #expect(response.status == .ok)
            #expect(try response.headers[header("Preference-Applied")] == "wait=10")
            let result = try #require(try response.json()["result"] as? [String: Any])
            #expect((result["documents"] as? [Any])?.count == 1)
        }
    }

    @Test func aFileThatIsNotDoneInTimeIsAnsweredAsAccepted() async throws {
        let fixture = try await WebFixture()
        let headers = try headers(try await fixture.keyHeader(), extra: ("Prefer", "wait=1"))
        try await fixture.test { client in
            let response = try await client.execute(uri: "/v1/documents", method: .post, headers: headers, body: body)
            #expect(response.status == .accepted)
            #expect(try response.headers[header("Preference-Applied")] == nil)
        }
    }

    @Test(arguments: [
        ("text/html", Data("%PDF-".utf8), 415, "unsupported-media-type"),
        ("application/pdf", Data("hello, world: this is no scan".utf8), 415, "unsupported-media-type"),
        ("application/pdf", Data("%PDF-1.7 and no end".utf8), 422, "unreadable-file"),
        ("application/octet-stream", Data(), 422, "unreadable-file"),
        ("image/png", Data(repeating: 0x89, count: 2000), 413, "body-too-large"),
    ])
    func whatIsNoFileToReadIsRefused(mediaType: String, bytes: Data, status: Int, problem: String) async throws {
        let fixture = try await WebFixture(limits: ReaderLimits(fileBytesMax: 1000))
        let headers = try headers(try await fixture.keyHeader(), mediaType)
        try await fixture.test { client in
            let response = try await client.execute(
                uri: "/v1/documents", method: .post, headers: headers, body: ByteBuffer(data: bytes))
            #expect(response.status.code == status)
            #expect(response.headers[.contentType] == "application/problem+json")
            #expect(try response.json()["type"] as? String == "urn:mailroom:problem:\(problem)")
        }
    }

    @Test func aFileAndItsDocumentsAreShownByTheirIDs() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        let key = try await fixture.keyHeader()
        try await fixture.test { client in
            let file = try await client.execute(
                uri: "/v1/documents/\(seeded.record.sha256)", method: .get, headers: key)
            #expect(try file.json()["status"] as? String == "processed")
            let entries = try #require(try file.json()["documents"] as? [[String: Any]])
            #expect(entries.first?["status"] as? String == "in_review")
            let address = try #require(entries.first?["href"] as? String)

            let document = try await client.execute(uri: address, method: .get, headers: key)
            #expect(try document.json()["document_id"] as? String == seeded.record.id)
            #expect(try document.json()["type"] as? String == "payer_letter")
            #expect(try document.headers[header("X-Correlation-ID")] == seeded.record.correlationID)

            let image = try await client.execute(uri: "\(address)/pages/1/image", method: .get, headers: key)
            #expect(image.status == .ok)
            #expect(image.headers[.contentType] == "image/png")
            let missing = try await client.execute(uri: "\(address)/pages/2/image", method: .get, headers: key)
            #expect(missing.status == .notFound)
        }
        let trail = try await fixture.context.store.read { try $0.auditTrail(subject: seeded.record.id) }
        #expect(trail.map(\.action) == ["document.viewed", "page.viewed"])
        #expect(trail.allSatisfy { $0.actor == "key:engine" })
    }

    @Test func whatSpeaksForAValueIsAnsweredWhenAskedFor() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        let key = try await fixture.keyHeader()
        try await fixture.test { client in
            let uri = "/v1/documents/\(seeded.record.id)"
            let plain = try await client.execute(uri: uri, method: .get, headers: key)
            #expect(!plain.text.contains("\"shape\""))
            for id in [seeded.record.id, seeded.record.sha256] {
                let explained = try await client.execute(
                    uri: "/v1/documents/\(id)?explain=true", method: .get, headers: key)
                #expect(explained.text.contains(#"{"kind":"shape","text":"identifier"}"#))
            }
            let unclear = try await client.execute(uri: "\(uri)?explain=perhaps", method: .get, headers: key)
            #expect(unclear.status == .badRequest)
        }
        let stored = try await fixture.context.store.read { try $0.document(seeded.record.id) }
        #expect(stored?.document == seeded.record.document, "explanations are not stored")
    }

    @Test func whatAFormerModelReadIsNotExplained() async throws {
        let fixture = try await WebFixture()
        var record = try await SampleLetter.seed(fixture.context).record
        record.versions.model = "a former model"
        record = try await fixture.context.store.write { [record] in try $0.updateDocument(record, at: Date()) }
        let key = try await fixture.keyHeader()
        try await fixture.test { [record] client in
            let refused = try await client.execute(
                uri: "/v1/documents/\(record.id)?explain=true", method: .get, headers: key)
            #expect(refused.status == .conflict)
            #expect(refused.text.contains("a former model"))
        }
    }

    @Test func anUnchangedResourceIsNotSentAgain() async throws {
        let fixture = try await WebFixture()
        let seeded = try await SampleLetter.seed(fixture.context)
        let key = try await fixture.keyHeader()
        try await fixture.test { client in
            let uri = "/v1/documents/\(seeded.record.id)"
            let first = try await client.execute(uri: uri, method: .get, headers: key)
            var conditional = key
            conditional[.ifNoneMatch] = first.headers[.eTag]
            let again = try await client.execute(uri: uri, method: .get, headers: conditional)
            #expect(again.status == .notModified)
            #expect(again.body.readableBytes == 0)
        }
    }

    @Test func whoHasNoKeyOrNoRightIsToldSo() async throws {
        let fixture = try await WebFixture()
        let auditor = try await fixture.keyHeader(.auditor, name: "auditor")
        try await fixture.test { client in
            let none = try await client.execute(uri: "/v1/documents/abc", method: .get)
            #expect(none.status == .unauthorized)
            #expect(none.headers[.wwwAuthenticate] == "Bearer realm=\"mailroom\"")
            let bad = try await client.execute(
                uri: "/v1/documents/abc", method: .get, headers: [.authorization: "Bearer mrk_wrong"])
            #expect(bad.status == .unauthorized)
            let refused = try await client.execute(
                uri: "/v1/documents", method: .post, headers: try headers(auditor), body: body)
            #expect(refused.status == .forbidden)
            #expect(try refused.json()["detail"] as? String ?? "" != "")
        }
    }

    @Test func anUnknownIDIsAProblemWithTheRequestsID() async throws {
        let fixture = try await WebFixture()
        let key = try await fixture.keyHeader()
        try await fixture.test { client in
            let response = try await client.execute(uri: "/v1/documents/nothing", method: .get, headers: key)
            let problem = try response.json()
            #expect(response.status == .notFound)
            #expect(problem["status"] as? Int == 404)
            #expect(problem["title"] as? String == "There is nothing here")
            #expect(try problem["instance"] as? String == response.headers[header("X-Request-ID")])
        }
    }
}
