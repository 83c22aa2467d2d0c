import Documents
import Testing
import Understanding

@Suite("Amounts read again by their sums")
struct AmountRepairTests {
    private static let head = """
        NORTHERN LAKES HEALTH PLAN                                  REMITTANCE ADVICE

        Patient: PUBLIC, JOHN    Member ID: NLH4471902    Claim Number: 26103944102    Account: PC-8812

        Service Date   Procedure   Units    Billed     Allowed    Deductible   Coinsurance   Adj Code   Adj Amount     Paid

        """

    private static func claim(
        _ table: String, other: (printed: String, readings: [String])? = nil, source: PageSource = .ocr
    ) throws
        -> Claim
    {
        var page = DrawnPaper.page(head + table)
        page.page.source = source
        if let other, let index = page.words.firstIndex(where: { $0.text == other.printed }) {
            page.words[index].alternatives = other.readings.map { Word.Alternative(text: $0, confidence: 0.6) }
        }
        return try #require(try DrawnPaper.understander().read([page], as: "eob").claims.first)
    }

    private static func field(_ name: String, _ line: Int, of claim: Claim) -> Field? {
        claim.serviceLines.indices.contains(line) ? claim.serviceLines[line][name]?.fields.first : nil
    }

    private static func sums(_ field: Field) -> [String] { (field.evidence ?? []).map(\.text) }

    @Test("A digit that the line and the claim agree on is restored, marked so, named with its sums, and for a person")
    func restored() throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      88.00
            02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
            Claim Total                         250.00     160.00        20.00        10.00                    90.00     130.00
            """)
        let paid = try #require(Self.field("paid_amount", 0, of: claim))
        #expect(paid.value == .text("80.00"))
        #expect(paid.repaired == true)
        #expect(paid.text == "88.00")
        #expect(paid.alternatives?.first == .text("88.00"))
        #expect(paid.confidence <= 0.5)
        #expect(Self.sums(paid).contains { $0.contains("line_adds_up does not hold") && $0.contains("88.00 paid") })
        #expect(Self.sums(paid).contains { $0.contains("claim_adds_up does not hold") })
    }

    @Test("What a file's own text says is never read otherwise: there the payer's sum is wrong")
    func ownText() throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      88.00
            02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
            Claim Total                         250.00     160.00        20.00        10.00                    90.00     130.00
            """, source: .text)
        #expect(Self.field("paid_amount", 0, of: claim)?.value == .text("88.00"))
        #expect(Self.field("paid_amount", 0, of: claim)?.repaired == nil)
    }

    @Test("A digit that one sum alone would have otherwise stays as it is read")
    func oneSum() throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      88.00
            02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
            """)
        #expect(Self.field("paid_amount", 0, of: claim)?.value == .text("88.00"))
        #expect(Self.field("paid_amount", 0, of: claim)?.repaired == nil)
    }

    @Test("Another reading of the ink that adds up wins by one sum, is not marked as restored, and is for a person")
    func otherReading() throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      88.00
            02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
            """, other: ("88.00", ["80.00"]))
        let paid = try #require(Self.field("paid_amount", 0, of: claim))
        #expect(paid.value == .text("80.00"))
        #expect(paid.repaired == nil)
        #expect(paid.confidence <= 0.5)
        #expect(Self.sums(paid).count == 1)
    }

    @Test("Two readings of one amount that mend different sums contradict each other: neither is taken")
    func contradiction() throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      88.00
            02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
            Claim Total                         250.00     160.00        20.00        10.00                    90.00     131.00
            """, other: ("88.00", ["80.00", "81.00"]))
        #expect(Self.field("paid_amount", 0, of: claim)?.value == .text("88.00"))
    }

    @Test(
        "A minus that was read as a point is told by the line's others, one not read at all by the sum",
        arguments: ["20.00.", "20.00"])
    func minusSigns(deductible: String) throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1        150.00-    100.00-       \(deductible)         0.00      CO-45         50.00.     80.00-
            02/05/2026     73030       1        500.00     460.00        0.00         10.00      CO-45         40.00     450.00
            """)
        #expect(Self.field("deductible_amount", 0, of: claim)?.value == .text("-20.00"))
        #expect(Self.field("deductible_amount", 0, of: claim)?.repaired == (deductible.count == 5 ? true : nil))
        #expect(Self.field("paid_amount", 1, of: claim)?.value == .text("450.00"))
        guard case .groups(let groups)? = claim.serviceLines.first?["adjustments"] else {
            Issue.record("The line has no adjustments.")
            return
        }
        #expect(groups.first?["amount"]?.value == .text("-50.00"))
    }

    @Test("Noughts read as letters, and points not read where the line's amounts come to it")
    func lettersAndPoints() throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1        15C.CC     100.00        0.CC         20.00      CO-45         50.00      8000
            02/03/2026     73030       1        100.00      60.00        0.00         10.00      CO-45         40.00      5000
            02/04/2026     7356B       1        210.00     175.00       25.00         30.00      CO-45         35.00    120.00
            """)
        #expect(
            (0..<3).map { Self.field("paid_amount", $0, of: claim)?.value }
                == ["80.00", "50.00", "120.00"].map { .text($0) })
        #expect(Self.field("charge_amount", 0, of: claim)?.value == .text("150.00"))
        #expect(Self.field("deductible_amount", 0, of: claim)?.value == .text("0.00"))
        #expect(Self.field("procedure_code", 2, of: claim)?.value == .text("73568"))
    }

    @Test("A first digit drawn like a dollar sign is a digit unless nobody prints such an amount")
    func dollarSigns() throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1      $1,000.00    $900.00       $50.00        $0.00     CO-45        $100.00    850.00
            02/03/2026     73030       1        $350.00    $310.00        $0.00       $60.00     CO-45         $40.00   8250.00
            """)
        let paid = try #require(Self.field("paid_amount", 0, of: claim))
        #expect(paid.value == .text("850.00"))
        #expect(paid.evidence == nil)
        #expect(Self.field("paid_amount", 1, of: claim)?.value == .text("250.00"))
    }

    @Test("Whole dollars with their comma are not a hundredth of them")
    func wholeDollars() throws {
        let claim = try Self.claim(
            """
            02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      80.00
            02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
            02/04/2026     73560       1       1300.00    1255.00        25.00        30.00      CO-45         45.00      1,200
            """)
        #expect(claim.serviceLines.count == 3)
        #expect(Self.field("paid_amount", 2, of: claim)?.value != .text("12.00"))
    }

    @Test(
        "A point that was not read is put where the column has it; several modifiers, written dates and listed remarks are cells"
    )
    func cells() throws {
        let claim = try Self.claim(
            """
            Feb 3, 2026    99213/25/59 1        150.00     100.00        20.00         0.00      CO-45         50.00      80.00   M53, N501
            Feb 3, 2026    73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
            Feb 4, 2026    73560       1        210.00     175.00        25.00        30.00      CO-45         35.00      12000
            """)
        #expect(claim.serviceLines.count == 3)
        #expect(Self.field("service_date", 0, of: claim)?.value == .text("2026-02-03"))
        #expect(Self.field("procedure_code", 0, of: claim)?.value == .text("99213"))
        #expect(claim.serviceLines.first?["modifiers"]?.fields.map(\.value.description) == ["25", "59"])
        #expect(claim.serviceLines.first?["remark_codes"]?.fields.map(\.value.description) == ["M53", "N501"])
        #expect(Self.field("paid_amount", 2, of: claim)?.value == .text("120.00"))
    }
}
