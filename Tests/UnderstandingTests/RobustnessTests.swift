import Documents
import Testing
import Understanding

@Suite("Understanding holds whatever pages come")
struct RobustnessTests {
    /// A small seeded generator, so that a failure can be repeated.
    struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    static let words = [
        "Patient", "Name:", "Claim", "#", "ID:12345", "$1,250.00", "03/14/2026", "1245319599", "Total", "CO-45",
        "99213",
        "(", ")", "-", "#", ":", "::", "/", "Page", "2", "of", "3", "within", "60", "days", "☒", "é", "日本", "\u{200B}",
        "...",
        "01/02/26-01/09/26", "M54.50", "signature", "Date", "12-3456789", "999999999999.99", "-$5.00", "N130", "March",
    ]

    static func page(number: Int, count: Int, dice: inout Dice) -> PageReading {
        var reading = PageReading(
            page: Page(number: number, source: .ocr, width: 2550, height: 3300, dpi: 300, blank: count == 0))
        for _ in 0..<count {
            let left = Double(Int.random(in: -50...2600, using: &dice))
            let top = Double(Int.random(in: -50...3350, using: &dice))
            reading.words.append(
                Word(
                    text: words[Int.random(in: 0..<words.count, using: &dice)],
                    box: Box(
                        left: left, top: top, right: left + Double(Int.random(in: 0...400, using: &dice)),
                        bottom: top + Double(Int.random(in: 0...60, using: &dice))),
                    confidence: Confidence(Double.random(in: 0...1, using: &dice)), line: 0))
        }
        for index in 0..<count / 20 {
            let left = Double(index * 40)
            let box = Box(left: left, top: 100, right: left + 30, bottom: 130)
            reading.checkboxes.append(Checkbox(box: box, checked: index % 2 == 0, confidence: 0.9))
        }
        return reading
    }

    @Test("Every page that is not blank is in exactly one document, in order", arguments: 1...25)
    func partition(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        let count = Int.random(in: 0...9, using: &dice)
        let pages = (0..<count).map { index in
            Self.page(number: index + 1, count: [0, 3, 40, 200][Int.random(in: 0..<4, using: &dice)], dice: &dice)
        }
        let documents = try DrawnPaper.understander().understand(pages)
        #expect(documents.flatMap(\.pages) == pages.filter { !$0.page.blank }.map(\.page.number))
        for document in documents {
            for field in document.fields.values.flatMap(\.fields) {
                #expect((0...1).contains(field.confidence.probability))
                #expect(!field.value.description.isEmpty)
                #expect(field.page.map(document.pages.contains) == true)
            }
        }
    }

    @Test("A page of ten thousand words, of one word, of words without size or place, is borne")
    func extremes() throws {
        var dice = Dice(state: 7)
        let understander = try DrawnPaper.understander()
        #expect(understander.understand([]).isEmpty)
        #expect(understander.understand([Self.page(number: 1, count: 10_000, dice: &dice)]).count == 1)
        var odd = PageReading(page: Page(number: 1, source: .ocr, width: 0, height: .infinity, dpi: 0))
        odd.words = [
            Word(text: "A", box: Box(left: .nan, top: 0, right: 0, bottom: 0), confidence: 1.0, line: 0),
            Word(text: "", box: Box(left: 0, top: 0, right: 0, bottom: 0), confidence: 1.0, line: 0),
            Word(
                text: String(repeating: "9", count: 100_000), box: Box(left: 0, top: 0, right: 1, bottom: 1),
                confidence: 1.0, line: 0),
            Word(text: "Invoice", box: Box(left: 5, top: 5, right: 5, bottom: 5), confidence: 1.0, line: -4),
        ]
        #expect(understander.understand([odd]).count == 1)
    }

    @Test("An unreadable page belongs to a document, too")
    func unreadable() throws {
        var page = PageReading(page: Page(number: 1, source: .unreadable, width: 100, height: 100, dpi: 72))
        page.problem = "The image is damaged."
        let documents = try DrawnPaper.understander().understand([page])
        #expect(documents.map(\.pages) == [[1]])
        #expect(documents.first?.type == "other")
    }
}
