import Documents
import Testing
import Understanding

@Suite("What is typed into a printed form")
struct TypedFormTests {
    /// Labels and what is typed below each, as forms have it.
    private static let boxes = [
        [("Member name", "Daisy E Albright"), ("Date of birth", "10-14-1961"), ("Member ID", "NLH4471902")],
        [("Street address", "4416 Juniper Avenue"), ("City and state", "Clearbrook, MN 55410"), ("Group", "10442")],
        [("Requesting provider", "Kathleen Sorensen MD"), ("NPI", "1245319599"), ("Phone", "218-555-0143")],
        [("Diagnosis code", "M54.50"), ("Procedure code", "72148"), ("Facility", "Lakeside Imaging Center")],
    ]

    @Test(
        "A name keeps its words where spaces are as wide as the typewriter's letters",
        arguments: [boxes.flatMap { $0.map(\.0) }, ["Member name", "Requesting provider"]])
    func typedNamesAreWhole(typed: [String]) throws {
        var page = DrawnPaper.page("Northwind Health Plan\nPrior Authorization Request Form")
        for (row, line) in Self.boxes.enumerated() {
            for (column, box) in line.enumerated() {
                let left = 150 + Double(column) * 800
                page.write(box.0, left: left, top: 400 + Double(row) * 150, typed: false)
                page.write(box.1, left: left, top: 445 + Double(row) * 150, typed: typed.contains(box.0))
            }
        }
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.type == "authorization_form")
        #expect(document.value("patient_name") == "Daisy E Albright")
        #expect(document.value("requesting_provider_name") == "Kathleen Sorensen MD")
    }

    @Test("A name that was read as one with its label stands apart from it")
    func namesBehindLabels() throws {
        var page = DrawnPaper.page(
            """
            Northwind Health Plan
            Prior Authorization Request Form

            Member name: Rebecca Alden          Member ID: NLH4471902
            SERVICING PROVIDERJoseph Hodges, MD   NPI: 1245319599
            """)
        page.page.source = .ocr
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.value("servicing_provider_name") == "Joseph Hodges, MD")
    }

    @Test(
        "The title of a paper is nobody's name",
        arguments: ["Specialist Referral Request Form", "Primary Care Physician Referral", "Referral to Specialist"])
    func aTitleIsNoPayer(title: String) throws {
        var page = DrawnPaper.page(title)
        for (row, line) in Self.boxes.enumerated() {
            for (column, box) in line.enumerated() {
                let left = 150 + Double(column) * 800
                page.write("\(box.0): \(box.1)", left: left, top: 400 + Double(row) * 150, typed: false)
            }
        }
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.value("payer_name") == nil)
    }
}

extension PageReading {
    /// Writes words with the spaces of a typewriter, or with letters of widths of their own.
    fileprivate mutating func write(_ text: String, left: Double, top: Double, typed isTyped: Bool) {
        var x = left
        for word in text.split(separator: " ") {
            let width = isTyped ? Double(word.count) * 22 - 6 : word.reduce(0) { $0 + Self.width(of: $1) }
            words.append(
                Word(
                    text: String(word),
                    box: Box(left: x, top: top, right: x + width, bottom: top + (isTyped ? 22 : 30)),
                    confidence: 0.98, line: Int(top)))
            x += width + (isTyped ? 28 : 9)
        }
    }

    /// About as Times has them (Adobe Font Metrics), at 30 pixels.
    private static func width(of letter: Character) -> Double {
        if "iljtf:,.-1I".contains(letter) { return 9 }
        if "mwMW".contains(letter) { return 24 }
        return letter.isUppercase ? 20 : 14
    }
}
