import Documents
import Foundation
import Testing

@Suite struct MarksTests {
    private let box = Box(left: 1, top: 2, right: 3, bottom: 4)

    @Test func aSquareKeptBeforeThereWereStatesIsTickedOrEmpty() throws {
        let kept =
            #"[{"box":[1,2,3,4],"checked":true,"confidence":0.9},{"box":[1,2,3,4],"checked":false,"confidence":0.9}]"#
        let squares = try JSONDecoder().decode([Checkbox].self, from: Data(kept.utf8))
        #expect(squares.map(\.state) == [.ticked, .empty])
    }

    @Test(arguments: Checkbox.State.allCases)
    func aSquareSaysItsStateAndWhetherItIsChosen(state: Checkbox.State) throws {
        let square = Checkbox(box: box, state: state, confidence: 0.75)
        let encoded = try JSONEncoder().encode(square)
        #expect(try JSONDecoder().decode(Checkbox.self, from: encoded) == square)
        #expect(String(decoding: encoded, as: UTF8.self).contains(#""checked":\#(state != .empty)"#))
    }

    @Test func aPageWithoutSignaturesSaysNothingOfThem() throws {
        var page = Page(number: 1, source: .ocr, width: 10, height: 10, dpi: 72)
        #expect(!String(decoding: try JSONEncoder().encode(page), as: UTF8.self).contains("signatures"))
        page.signatures = [Signature(box: box, confidence: 0.5)]
        #expect(try JSONDecoder().decode(Page.self, from: JSONEncoder().encode(page)) == page)
    }

    @Test func onlyAWrittenWordSaysSo() throws {
        var word = Word(text: "a", box: box, confidence: 1.0, line: 0)
        #expect(!String(decoding: try JSONEncoder().encode(word), as: UTF8.self).contains("handwritten"))
        word.handwritten = true
        #expect(try JSONDecoder().decode(Word.self, from: JSONEncoder().encode(word)) == word)
    }
}
