import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("Papers drawn from outlines")
struct OutlineTests {
    @Test("Values that name a field are the truth, where they stand")
    func truthOfOutlines() throws {
        let cards =
            try GivenPaper.cards("learn", .training, count: 30) + GivenPaper.cards("judge", .evaluation, count: 30)
        let type = try #require(try GivenPaper.catalog.get()["id_card"])
        for card in cards {
            #expect(card.truth.type == "id_card" && card.truth.fields["member_id"] != nil)
            for (name, leaf) in card.truth.fields {
                let definition = try #require(type.fields.first { $0.name == name })
                for field in leaf.fields {
                    #expect(definition.kind.normalize(field.value.description) == field.value.description)
                    let (page, box) = (try #require(field.page), try #require(field.box))
                    #expect(card.pages[page - 1].words.contains { $0.box.overlapArea(box) > 0 }, "\(name)")
                }
            }
        }
        #expect(Set(cards.flatMap { $0.truth.fields.keys }) == Set(type.fields.map(\.name)))
    }

    @Test(
        "What cannot be drawn is said",
        arguments: [
            ("say hello", "holds no outline"), ("[a]\nshout hello", "'shout hello' does not begin with one of"),
            ("[a]\nsay {ghost}", "'{ghost}' is no value"), ("[a]\nsay {pick:}", "'{pick:}' is no value"),
        ])
    func badOutlines(text: String, sentence: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "outline-\(UUID()).txt")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        let error = #expect(throws: LearningError.self) {
            try CorpusGenerator(seed: 1, wordLists: CorpusFolders.words, outlines: file)
        }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "nothing")")
    }
}
