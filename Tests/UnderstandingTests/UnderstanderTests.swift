import Documents
import Foundation
import Testing
import Understanding

@Suite("Pages become documents")
struct UnderstanderTests {
    static let letter = """
        NORTHERN LAKES HEALTH PLAN
        P.O. Box 1200, Duluth, MN 55802


        March 14, 2026

        Cedar Valley Orthopedics
        88 Elm Street
        Duluth, MN 55803

        RE: Notice of claim denial

        Patient:        John Q. Public
        Member ID:      NLH4471902
        Claim Number:   26-1039441-02
        Date of Service: 02/03/2026
        Billed Amount:  $250.00

        Dear Provider:

        We have reviewed the claim shown above and have denied it. The claim was denied because the service
        was not authorized before it was provided.

        Reason code: CO-197

        You may appeal this decision. Your written appeal must be received by May 13, 2026.
        Fax your appeal to 218-555-0143.

        Sincerely,
        Appeals Department
        """
    static let remittance = """
        NORTHERN LAKES HEALTH PLAN                                  REMITTANCE ADVICE

        Payee: Cedar Valley Orthopedics             Check Number: 30045811
        NPI: 1245319599                             Check Date: 04/02/2026
        Tax ID: 41-1234567                          Check Amount: $130.00

        Patient: PUBLIC, JOHN    Member ID: NLH4471902    Claim Number: 26103944102    Account: PC-8812

        Service Date   Procedure   Units    Billed     Allowed    Deductible   Coinsurance   Adj Code   Adj Amount     Paid
        02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      80.00
        02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
        Claim Total                         250.00     160.00        20.00        10.00                    90.00     130.00

        Total Paid: $130.00
        """

    @Test("Only what is clear is judged surely")
    func sureness() throws {
        let understander = try DrawnPaper.understander()
        let (letter, isSure) = understander.judge([DrawnPaper.page(Self.letter)])
        #expect(letter.type == "payer_letter" && isSure)
        #expect(!understander.judge([DrawnPaper.page("")]).isSure)
        #expect(!understander.judge([DrawnPaper.page("Page 1 of 2")]).isSure)
    }

    @Test("A denial letter's facts are found")
    func denial() throws {
        let documents = try DrawnPaper.understander().understand([DrawnPaper.page(Self.letter)])
        let document = try #require(documents.first)
        #expect(documents.count == 1)
        #expect(document.type == "payer_letter")
        #expect(document.subtype == "denial")
        #expect(document.value("letter_date") == "2026-03-14")
        #expect(document.value("member_id") == "NLH4471902")
        #expect(document.value("payer_claim_number") == "26-1039441-02")
        #expect(document.value("service_start") == "2026-02-03")
        #expect(document.value("charge_amount") == "250.00")
        #expect(document.value("response_due_date") == "2026-05-13")
        #expect(document.value("appeal_fax") == "2185550143")
        #expect(document.value("reason_codes") == "CO-197")
        #expect(document.disposition == .review)
        #expect(document.reasons.isEmpty)
    }

    @Test("The name in large type is whole, though its words stand as unevenly as the small lines beside them")
    func letterhead() throws {
        var page = DrawnPaper.page(Self.letter.replacing("NORTHERN LAKES HEALTH PLAN\nP.O. Box", with: "\nP.O. Box"))
        func write(_ text: String, left: Double, top: Double, height: Double, line: Int) {
            let width = Double(text.count) * height * 0.6
            page.words.append(
                Word(
                    text: text, box: Box(left: left, top: top, right: left + width, bottom: top + height),
                    confidence: 0.98, line: line))
        }
        for (index, word) in ["Golden", "Prairie", "Benefit", "Administrators"].enumerated() {
            write(
                word, left: 150 + [0, 240, 515, 790][index], top: 100 + [0, 8, 20, 27][index], height: 60, line: 100)
        }
        write("88 Elm Street, Duluth, MN 55803", left: 1700, top: 100, height: 26, line: 101)
        write("Phone 218-555-0100", left: 1700, top: 136, height: 26, line: 102)
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.value("payer_name") == "Golden Prairie Benefit Administrators")
    }

    @Test("A payer whose name begins with a number has a name; an amount that goes on is not its beginning")
    func numbersBeforeWords() throws {
        let letter = Self.letter.replacing("NORTHERN LAKES HEALTH PLAN", with: "1199 SEIU National Benefit Fund")
            .replacing("$250.00", with: "$2, 026:00")
        let document = try #require(try DrawnPaper.understander().understand([DrawnPaper.page(letter)]).first)
        #expect(document.value("payer_name") == "1199 SEIU National Benefit Fund")
        #expect(document.value("charge_amount") != "2.00")
    }

    @Test("Dirt and full stops beside a value are none of it; a question is no answer")
    func signsBesideValues() throws {
        let letter = Self.letter.replacing("John Q. Public", with: "Elizabeth Carver.")
            .replacing("26-1039441-02", with: ".26-1039441-02").replacing(
                "We have reviewed the claim shown above and have denied it. The claim was denied because the service\n"
                    + "was not authorized before it was provided.",
                with: "Why did we deny your claim? The service was not authorized before it was provided.")
        let document = try #require(try DrawnPaper.understander().understand([DrawnPaper.page(letter)]).first)
        #expect(document.value("patient_name") == "Elizabeth Carver")
        #expect(document.value("payer_claim_number") == "26-1039441-02")
        #expect(document.value("denial_reason") == "The service was not authorized before it was provided.")
    }

    @Test("A name is written as where it is printed first")
    func spellings() throws {
        let text = Self.letter.replacing(
            "Cedar Valley Orthopedics\n88 Elm", with: "JOHN Q. PUBLIC\n88 Elm")
        #expect(try Self.document(text).value("patient_name") == "JOHN Q. PUBLIC")
    }

    @Test("One date under From/To begins the service and ends nothing; days with a letter misread are days")
    func datesOnce() throws {
        let text = Self.letter.replacing("Date of Service:", with: "From/To Dates:").replacing(
            "Your written appeal must be received by May 13, 2026.",
            with: "We must receive your appeal within 60 daya of the date of this letter.")
        let document = try Self.document(text)
        #expect(document.value("service_start") == "2026-02-03")
        #expect(document.value("service_end") == nil)
        #expect(document.value("response_due_date") == "2026-05-13")
    }

    @Test("A range of dates that are written out has both its ends", arguments: ["-", "through"])
    func writtenRanges(between: String) throws {
        let text = Self.letter.replacing("02/03/2026", with: "August 7, 2025 \(between) September 6, 2025")
        let document = try Self.document(text)
        #expect(document.value("service_start") == "2025-08-07")
        #expect(document.value("service_end") == "2025-09-06")
        #expect(document.fields["service_start"]?.fields.first?.text == "August 7, 2025")
    }

    @Test("A diagnosis is no amount, and a brand's capitals no label")
    func noAmounts() throws {
        let text = Self.letter.replacing("$250.00", with: "$4.OO").replacing("Cedar Valley", with: "PACIFICsource")
            .replacing("Reason code: CO-197", with: "Reason code: CO-197   Diagnosis: C34.90")
        let document = try Self.document(text)
        #expect(document.value("charge_amount") == "4.00")
        #expect(document.value("provider_name") == "PACIFICsource Orthopedics")
    }

    private static func document(_ text: String) throws -> Document {
        var page = DrawnPaper.page(text)
        page.page.source = .ocr
        return try #require(try DrawnPaper.understander().understand([page]).first)
    }

    @Test("A remittance's claim has its lines, and they add up")
    func remittance() throws {
        let document = try #require(try DrawnPaper.understander().understand([DrawnPaper.page(Self.remittance)]).first)
        #expect(document.type == "eob")
        #expect(document.value("payment_number") == "30045811")
        #expect(document.value("payment_amount") == "130.00")
        let claim = try #require(document.claims.first)
        #expect(document.claims.count == 1)
        #expect(claim.fields["charge_amount"]?.fields.first?.value == .text("250.00"))
        #expect(claim.fields["paid_amount"]?.fields.first?.value == .text("130.00"))
        try #require(claim.serviceLines.count == 2)
        let line = claim.serviceLines[0]
        #expect(line["procedure_code"]?.fields.first?.value == .text("99213"))
        #expect(line["charge_amount"]?.fields.first?.value == .text("150.00"))
        #expect(line["deductible_amount"]?.fields.first?.value == .text("20.00"))
        #expect(line["paid_amount"]?.fields.first?.value == .text("80.00"))
        let checks = document.checks.filter { ["line_adds_up", "claim_adds_up", "payment_adds_up"].contains($0.name) }
        #expect(checks.count >= 4)
        #expect(checks.filter { !$0.passed }.isEmpty)
    }

    @Test("What does not add up is said with its sum")
    func imbalance() throws {
        let page = DrawnPaper.page(Self.remittance.replacing("40.00      50.00", with: "40.00      55.00"))
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        let failed = document.checks.filter { !$0.passed }
        #expect(
            failed.contains { $0.name == "line_adds_up" && $0.detail?.contains("100.00 charged; 55.00 paid") == true })
        #expect(failed.contains { $0.name == "claim_adds_up" })
    }

    @Test("A bill's lines are read, also one for freight that stands among them")
    func bill() throws {
        let page = DrawnPaper.page(
            """
            SENTRY MEDICAL SUPPLY LLC                                 INVOICE

            Bill to: Cardinal Infusion Center      Invoice Number: 2026-5425
                                                   Invoice Date: 07/24/2026

            Description                    Quantity      Unit Price        Amount
            Freight and handling                 2           10.00         20.00
            Wheelchair, standard                 3          100.00        300.00

            Subtotal:                                                     320.00
            Freight:                                                        5.00
            Total Due:                                                   $325.00
            """)
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.type == "invoice")
        let amounts = document.lineItems.map { $0["amount"]?.fields.first?.value.description }
        #expect(amounts == ["20.00", "300.00"])
        #expect(document.lineItems.first?["quantity"]?.fields.first?.value.description == "2")
    }

    @Test("The same pages give the same bytes")
    func determinism() throws {
        let pages = [DrawnPaper.page(Self.letter, number: 1), DrawnPaper.page(Self.remittance, number: 2)]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let understander = try DrawnPaper.understander()
        let first = try encoder.encode(understander.understand(pages))
        for _ in 0..<50 {
            let again = try encoder.encode(try DrawnPaper.understander().understand(pages))
            #expect(again == first)
        }
    }

    @Test("A page with ink and no words is in a document too")
    func inkWithoutWords() throws {
        var stamp = DrawnPaper.page("", number: 2)
        stamp.page.blank = false
        let understander = try DrawnPaper.understander()
        let documents = understander.understand([DrawnPaper.page(Self.letter, number: 1), stamp])
        #expect(documents.map(\.pages) == [[1, 2]])
        let alone = try #require(understander.understand([stamp]).first)
        #expect(alone.type == "other" && alone.pages == [2])
        #expect(alone.typeConfidence.probability == 0)
    }

    @Test("A term of days becomes a date, with what it was worked out from")
    func term() throws {
        let text = Self.letter.replacing(
            "Your written appeal must be received by May 13, 2026.",
            with: "We must receive your appeal within 60 days of the date of this letter.")
        let document = try #require(try DrawnPaper.understander().understand([DrawnPaper.page(text)]).first)
        guard case .one(let due)? = document.fields["response_due_date"] else {
            Issue.record("No due date was found.")
            return
        }
        #expect(due.value == .text("2026-05-13"))
        #expect(due.derivedFrom == ["letter_date"])
        #expect(due.text?.contains("60") == true)
    }

    @Test("Paper of no known type is other, without values")
    func stranger() throws {
        let page = DrawnPaper.page(
            """
            MENU OF THE WEEK

            Monday      Lentil soup with bread
            Tuesday     Baked trout, potatoes, green beans
            Wednesday   Mushroom risotto
            Thursday    Chicken curry with rice
            Friday      Vegetable pie
            """)
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.type == "other")
        #expect(document.fields.isEmpty)
    }
}
