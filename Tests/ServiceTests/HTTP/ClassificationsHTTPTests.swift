import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOFoundationCompat
import Records
import Service
import TestSupport
import Testing

struct ClassificationsHTTPTests {
    private func answer(_ name: String, mediaType: String) async throws -> TestResponse {
        let fixture = try await WebFixture()
        var headers = try await fixture.keyHeader()
        headers[.contentType] = mediaType
        let bytes = try Data(contentsOf: packageFolder.appending(path: "Corpus/samples").appending(path: name))
        let body = ByteBuffer(data: bytes)
        let sent = headers
        let response = try await fixture.test { client in
            try await client.execute(uri: "/v1/classifications", method: .post, headers: sent, body: body)
        }
        let arrivals = try await fixture.context.store.read { try $0.arrivals() }
        #expect(arrivals.isEmpty)
        return response
    }

    @Test(arguments: [
        ("000022.pdf", "application/pdf", "payer_letter", ["text_layer"]),
        ("000033.pdf", "application/pdf", "eob", ["text_layer"]),
        ("000008.tif", "image/tiff", "payer_letter", ["part_of_page", "whole_pages"]),
    ])
    func theTypeComesWithWhatItRestsOn(name: String, mediaType: String, type: String, bases: [String]) async throws {
        let response = try await answer(name, mediaType: mediaType)
        #expect(response.status == .ok)
        let found = try response.json()
        #expect(found["type"] as? String == type)
        #expect(try #require(found["confidence"] as? Double) > 0.5)
        #expect(bases.contains(try #require(found["basis"] as? String)))
        #expect(found["page_count"] as? Int == 1)
        #expect((found["alternatives"] as? [Any])?.isEmpty == false)
        #expect(Set(try #require(found["versions"] as? [String: String]).keys) == ["model", "reader"])
    }

    @Test func theAnswerIsAsDescribed() async throws {
        let found = Set(try await answer("000022.pdf", mediaType: "application/pdf").json().keys)
        let fixture = try await WebFixture()
        try await fixture.test { client in
            let description = try await client.execute(uri: "/v1/openapi.json", method: .get).json()
            let schemas = (description["components"] as? [String: Any])?["schemas"] as? [String: Any]
            let schema = try #require(schemas?["Classification"] as? [String: Any])
            let properties = try #require(schema["properties"] as? [String: [String: Any]])
            #expect(found.isSubset(of: properties.keys))
            #expect(Set(try #require(schema["required"] as? [String])).isSubset(of: found))
            let bases = try #require(properties["basis"]?["enum"] as? [String])
            #expect(bases == ["text_layer", "part_of_page", "whole_pages"])
        }
    }

    @Test func whatCannotBeReadIsRefused() async throws {
        let fixture = try await WebFixture()
        let headers = try await fixture.keyHeader()
        try await fixture.test { client in
            for (bytes, status) in [
                ("Dear Sir or Madam", HTTPResponse.Status.unsupportedMediaType), ("%PDF-1.4", .unprocessableContent),
            ] {
                let response = try await client.execute(
                    uri: "/v1/classifications", method: .post, headers: headers, body: ByteBuffer(string: bytes))
                #expect(response.status == status)
                #expect(response.headers[.contentType] == "application/problem+json")
            }
        }
    }
}
