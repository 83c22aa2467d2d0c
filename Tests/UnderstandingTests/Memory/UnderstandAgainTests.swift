import Documents
import Foundation
import Testing
import Understanding

@Suite("A document is understood again, and its confirmed values are put to their ink")
struct UnderstandAgainTests {
    @Test(
        "Nothing learned meanwhile, it is the same document",
        arguments: [UnderstanderTests.letter, UnderstanderTests.remittance])
    func same(text: String) throws {
        let understander = try DrawnPaper.understander()
        let page = DrawnPaper.page(text)
        let document = try #require(understander.understand([page]).first)
        #expect(understander.understandAgain(document, pages: [page]) == document)
        #expect(understander.followedLayout(document, pages: [page]) == nil)
    }

    @Test("What was learned has its say, and says in how many values")
    func taught() throws {
        var understander = try DrawnPaper.understander()
        let page = DrawnPaper.page(UnderstanderTests.letter)
        let before = try #require(understander.understand([page]).first)
        let memory = try understander.learn(before, pages: [page])
        let after = understander.understandAgain(before, pages: [page])
        #expect(after == understander.understand([page]).first)
        let followed = try #require(understander.followedLayout(after, pages: [page]))
        #expect(followed.memoryID == memory.id && followed.valueCount > 0)
        let words = try #require(understander.layoutWords(of: before, pages: [page]))
        #expect(understander.follows(memory.id, words, type: before.type))
        #expect(!understander.follows("0", words, type: before.type))
        #expect(abs(memory.strength - 0.9) < 1e-9 && !memory.holdings.isEmpty)
    }

    /// The document with a value typed where `place` was read, as a reviewer's correction leaves it.
    private func typed(_ value: String, at place: Field?) -> Field {
        var field = Field(value: .text(value), text: value, confidence: 1.0, page: place?.page, box: place?.box)
        if place?.box == nil { field.derivedFrom = ["reviewer"] }
        return field
    }

    @Test("A name of which a part was read goes to all of its ink")
    func halfRead() throws {
        let understander = try DrawnPaper.understander()
        let page = DrawnPaper.page("Twin Rivers Preferred Health Network\n\nNotice of claim denial\nDear Provider:")
        func box(_ words: [String]) -> Box? {
            Box.enclosing(page.words.filter { words.contains($0.text) && $0.line == 0 }.map(\.box))
        }
        let read = Field(
            value: .text("Rivers Preferred Health Network"), confidence: 0.5, page: 1,
            box: box(["Rivers", "Preferred", "Health", "Network"]))
        let document = Document(
            type: "payer_letter", typeConfidence: 1.0, pages: [1],
            fields: ["payer_name": .one(typed("Twin Rivers Preferred Health Network", at: read))])
        let placed = understander.onInk(document, pages: [page]).fields["payer_name"]?.fields.first
        #expect(placed?.box == box(["Twin", "Rivers", "Preferred", "Health", "Network"]))
    }

    @Test("A value that was typed over another goes to the ink that says it")
    func typedOver() throws {
        let understander = try DrawnPaper.understander()
        let page = DrawnPaper.page("Member ID: ABC1234567\nClaim number: 7710394410\nDate: 03/14/2026")
        func box(_ text: String) throws -> Box { try #require(page.words.first { $0.text == text }?.box) }
        let wrong = Field(value: .text("7710394410"), confidence: 0.5, page: 1, box: try box("7710394410"))
        let misread = Field(value: .text("7710394419"), confidence: 0.5, page: 1, box: try box("7710394410"))
        let document = Document(
            type: "payer_letter", typeConfidence: 1.0, pages: [1],
            fields: [
                "member_id": .one(typed("ABC1234567", at: wrong)),
                "payer_claim_number": .one(typed("7710394419", at: misread)),
                "letter_date": .one(typed("2026-03-14", at: nil)),
                "patient_name": .one(typed("Maria Example", at: wrong)),
            ])
        let placed = understander.onInk(document, pages: [page])
        func place(_ name: String) -> Box? { placed.fields[name]?.fields.first?.box }
        #expect(try place("member_id") == box("ABC1234567"))
        #expect(try place("payer_claim_number") == box("7710394410"), "misread there")
        #expect(try place("letter_date") == box("03/14/2026"))
        #expect(place("patient_name") == nil, "it stands nowhere")
        #expect(
            placed.fields.mapValues { $0.fields.map(\.value) } == document.fields.mapValues { $0.fields.map(\.value) })
    }
}
