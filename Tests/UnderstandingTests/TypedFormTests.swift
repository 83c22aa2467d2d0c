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

    @Test("Of two phones under one label, the heading over it says whose it is", arguments: [true, false])
    func sideBySide(isMemberFirst: Bool) throws {
        var paper = DrawnPaper()
        paper.write("Northwind Health Plan", row: 0, column: 0)
        paper.write("Prior Authorization Request Form", row: 2, column: 20)
        let halves = [
            [
                "Member Information (required)", "Name: Rebecca Alden", "Date of birth: 10/14/1961",
                "Phone: 218-555-0143",
            ],
            [
                "Provider Information (required)", "Name: Kathleen Sorensen", "NPI: 1245319599",
                "Phone: 218-555-0199",
            ],
        ]
        for (column, half) in (isMemberFirst ? halves : halves.reversed()).enumerated() {
            for (row, text) in half.enumerated() { paper.write(text, row: 4 + 2 * row, column: column * 56) }
        }
        paper.write("Medication Information (required)", row: 12, column: 30)
        paper.write("Medication Name: Lisinopril", row: 14, column: 0)
        paper.write("Directions: 1 tablet daily", row: 14, column: 56)
        let document = try #require(try DrawnPaper.understander().understand([paper.reading]).first)
        #expect(document.value("patient_name") == "Rebecca Alden")
        #expect(document.value("requesting_provider_npi") == "1245319599")
        #expect(document.value("requesting_provider_phone") == "2185550199")
        #expect(document.value("drug_name") == "Lisinopril")
    }

    @Test("What is filled in half a line higher or lower is beside its label", arguments: [-0.55, -0.4, 0.4, 0.55])
    func halfALineOff(share: Double) throws {
        var page = DrawnPaper.page("Northwind Health Plan\nPrior Authorization Request Form")
        for (row, line) in Self.boxes.enumerated() {
            for (column, box) in line.enumerated() {
                let (left, top) = (150 + Double(column) * 800, 400 + Double(row) * 90)
                page.write(box.0 + ":", left: left, top: top, typed: false)
                page.write(box.1, left: left + 320, top: top + share * 30, typed: false)
            }
        }
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.value("patient_name") == "Daisy E Albright")
        #expect(document.value("patient_birth_date") == "1961-10-14")
        #expect(document.value("requesting_provider_npi") == "1245319599")
        #expect(document.value("diagnosis_codes") == "M54.50")
    }

    @Test(
        "A box that asks for what it ticks says it when it is ticked, other sentences say nothing",
        arguments: [
            ("Check if request is for continuation of therapy", true, "extension"),
            ("Check if request is for continuation of therapy", false, nil),
            ("Check if request is for continuation of therapy", nil, nil),
            ("Records show that the member had continuation of therapy", true, nil),
        ] as [(String, Bool?, String?)])
    func aLoneTick(sentence: String, isTicked: Bool?, type: String?) throws {
        var page = DrawnPaper.page(
            """
            Northwind Health Plan
            Prescription Drug Prior Authorization Request

            Member name: Rebecca Alden          Member ID: NLH4471902
            Medication name: Lisinopril

                 \(sentence)
            """)
        let word = try #require(page.words.first { sentence.hasPrefix($0.text) })
        let side = word.box.height
        let box = Box(
            left: word.box.left - 1.5 * side, top: word.box.top, right: word.box.left - 0.5 * side,
            bottom: word.box.bottom)
        page.checkboxes = isTicked.map { [Checkbox(box: box, checked: $0, confidence: 0.98)] } ?? []
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.type == "authorization_form")
        #expect(document.value("request_type") == type)
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
