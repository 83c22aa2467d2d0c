import Documents
import Foundation
import Testing

@Suite struct DocumentResultTests {
    private let result = DocumentResult(
        file: FileDescription(
            name: "a.tif", sha256: String(repeating: "0", count: 64), mediaType: "image/tiff", pageCount: 1),
        pages: [Page(number: 1, source: .ocr, width: 2550, height: 3300, dpi: 300, rotation: 90, textConfidence: 0.94)],
        documents: [
            Document(
                type: "eob", subtype: "remittance_advice", typeConfidence: 0.99, pages: [1],
                fields: [
                    "payment_amount": .one(
                        Field(
                            value: .text("1.00"), text: "$1.00", confidence: 0.9, page: 1,
                            box: Box(left: 1, top: 2, right: 3, bottom: 4))),
                    "provider_adjustments": .groups([
                        [
                            "reason": Field(
                                value: .text("WO"), text: "WO", confidence: 0.5, page: 1,
                                box: Box(left: 0, top: 0, right: 1, bottom: 1))
                        ]
                    ]),
                ],
                claims: [
                    Claim(
                        fields: ["patient_name": .one(Field(value: .text("Ann"), confidence: 0.5))],
                        serviceLines: [["modifiers": .many([])]])
                ])
        ],
        versions: Versions(model: "m", policy: "p", reader: "r"))

    @Test func aResultComesBackFromItsJSON() throws {
        #expect(try JSONDecoder().decode(DocumentResult.self, from: result.json()) == result)
    }

    @Test func theSameResultGivesTheSameBytes() throws {
        #expect(try result.json() == result.json())
    }

    @Test func absentValuesAreAbsentAndNamesAreTheContracts() throws {
        let json = try #require(String(data: result.json(), encoding: .utf8))
        #expect(json.contains("\"text_confidence\":0.94"))
        #expect(json.contains("\"box\":[1,2,3,4]"))
        #expect(!json.contains("null"))
        #expect(!json.contains("derived_from"))
        #expect(!json.contains("source_reason"))
    }

    @Test func aPageSaysWhyItsWordsComeFromWhereTheyDo() throws {
        let page = Page(number: 1, source: .ocr, sourceReason: .textNotShown, width: 8, height: 9, dpi: 72)
        let json = try JSONEncoder().encode(page)
        #expect(String(decoding: json, as: UTF8.self).contains("\"source_reason\":\"text_not_shown\""))
        #expect(try JSONDecoder().decode(Page.self, from: json) == page)
    }

    @Test func theSchemaKnowsEveryReason() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Documents")
        let schema = try String(
            contentsOf: folder.appending(path: "document-result.schema.json"), encoding: .utf8)
        let listed = try #require(schema.split(separator: "\"source_reason\"").last?.split(separator: "]").first)
        for reason in SourceReason.allCases { #expect(listed.contains("\"\(reason.rawValue)\"")) }
    }
}
