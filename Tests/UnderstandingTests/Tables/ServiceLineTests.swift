import Documents
import Testing
import Understanding

@Suite("Service lines of remittances")
struct ServiceLineTests {
    private static let head = """
        NORTHERN LAKES HEALTH PLAN                                  REMITTANCE ADVICE

        Payee: Cedar Valley Orthopedics             Check Number: 30045811
        NPI: 1245319599                             Check Date: 04/02/2026
        Tax ID: 41-1234567                          Check Amount: $130.00

        Patient: PUBLIC, JOHN    Member ID: NLH4471902    Claim Number: 26103944102    Account: PC-8812

        """

    /// A head that no reading made sense of.
    private static let unreadable =
        "5e=vice @a~e   Pr##ed     _nits    B~1_d      A_~~ed     D~d~~~~ble   ~oi~~~ance              Adj _~~nt     P_~\n"

    private static func lines(of table: String) throws -> [Row] {
        let page = DrawnPaper.page(head + table)
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        return document.claims.flatMap(\.serviceLines)
    }

    private static func value(_ name: String, of line: Row) -> String? {
        line[name]?.fields.first?.value.description
    }

    /// The parts of each line's adjustments, by their names.
    private static func adjustments(of line: Row?) -> [[String: String]] {
        guard case .groups(let groups)? = line?["adjustments"] else { return [] }
        return groups.map { $0.mapValues(\.value.description) }
    }

    @Test("Columns whose heads cannot be read are named by what adds up")
    func headsLost() throws {
        let lines = try Self.lines(
            of: Self.unreadable + """
                02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      80.00
                02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
                02/03/2026     73560       1        210.00     175.00        25.00        30.00      CO-45         35.00     120.00
                """)
        #expect(lines.count == 3)
        #expect(lines.map { Self.value("charge_amount", of: $0) } == ["150.00", "100.00", "210.00"])
        #expect(lines.map { Self.value("allowed_amount", of: $0) } == ["100.00", "60.00", "175.00"])
        #expect(lines.map { Self.value("paid_amount", of: $0) } == ["80.00", "50.00", "120.00"])
    }

    @Test("A column of adjustments without codes gives their amounts alone")
    func amountsAlone() throws {
        let lines = try Self.lines(
            of: """
                Date of        Service              Amount     Your plan     Allowed     Deductible    Copay     Plan
                service        code                 billed     discount      amount                              paid
                02/03/2026     99213                150.00       50.00       100.00        20.00        0.00     80.00
                02/03/2026     73030                100.00       40.00        60.00         0.00       10.00     50.00
                """)
        #expect(lines.count == 2)
        #expect(lines.map(Self.adjustments) == [[["amount": "50.00"]], [["amount": "40.00"]]])
    }

    @Test("A number under the head of remarks is the reason of the line's adjustment, one digit that of a footnote")
    func reasonsAmongRemarks() throws {
        let lines = try Self.lines(
            of: """
                Date of        Service              Amount     Your plan     Allowed     Deductible    Copay     Plan      Notes
                service        code                 billed     discount      amount                              paid
                02/03/2026     99213                150.00       50.00       100.00        20.00        0.00     80.00     45
                02/03/2026     73030                100.00       40.00        60.00         0.00       10.00     50.00     2
                """)
        #expect(lines.map(Self.adjustments) == [[["amount": "50.00", "reason": "45"]], [["amount": "40.00"]]])
    }

    @Test("What sequestration takes off leaves the columns their names")
    func sequestration() throws {
        let lines = try Self.lines(
            of: Self.unreadable + """
                02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      78.40
                                                                                                    CO-253         1.60
                02/03/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      49.00
                                                                                                    CO-253         1.00
                02/03/2026     73560       1        210.00     175.00        25.00        30.00      CO-45         35.00     117.60
                                                                                                    CO-253         2.40
                """)
        #expect(lines.map { Self.value("allowed_amount", of: $0) } == ["100.00", "60.00", "175.00"])
        #expect(lines.map { Self.value("deductible_amount", of: $0) } == ["20.00", "0.00", "25.00"])
        #expect(lines.map { Self.value("paid_amount", of: $0) } == ["78.40", "49.00", "117.60"])
    }

    @Test("A head is that of the lines below whose claim they are, with paper between them")
    func headOverABand() throws {
        let lines = try Self.lines(
            of: """
                Service Date   Procedure   Units    Billed     Allowed    Copay     Coinsurance   Adj Code   Adj Amount     Paid

                Patient: DOE, JANE    Member ID: NLH5512207    Claim Number: 26103944177    Account: PC-9003
                02/05/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
                """)
        #expect(lines.map { Self.value("copay_amount", of: $0) } == ["0.00"])
        #expect(lines.map { Self.value("coinsurance_amount", of: $0) } == ["10.00"])
    }

    @Test("Modifiers in a column of their own, a code read with a nought for an O, remarks under the line")
    func partsOfALine() throws {
        let lines = try Self.lines(
            of: """
                Service Date   Procedure   Mod       Units    Billed     Allowed    Deductible   Adj Code   Adj Amount     Paid
                02/03/2026     99213       25 59     1        150.00     100.00        20.00     C0-45           50.00    80.00
                Remark: N130
                02/03/2026     73030       RT        1        100.00      60.00        10.00     Pl-45           40.00    50.00
                """)
        let first = try #require(lines.first)
        #expect(first["modifiers"]?.fields.map(\.value.description) == ["25", "59"])
        #expect(first["remark_codes"]?.fields.map(\.value.description) == ["N130"])
        let code = ["group": "CO", "reason": "CO-45", "amount": "50.00"]
        #expect(Self.adjustments(of: first) == [code])
        #expect(Self.adjustments(of: lines.last).map { $0["reason"] } == ["PI-45"])
        #expect(lines.last?["modifiers"]?.fields.map(\.value.description) == ["RT"])
        #expect(lines.last?["remark_codes"] == nil)
    }

    @Test("Claims under one head have its columns")
    func oneHead() throws {
        let lines = try Self.lines(
            of: """
                Service Date   Procedure   Units    Billed     Allowed    Deductible   Coinsurance   Adj Code   Adj Amount     Paid
                02/03/2026     99213       1        150.00     100.00        20.00         0.00      CO-45         50.00      80.00
                Claim Total                         150.00     100.00        20.00         0.00                    50.00      80.00

                Patient: DOE, JANE    Member ID: NLH5512207    Claim Number: 26103944177    Account: PC-9003

                02/05/2026     73030       1        100.00      60.00         0.00        10.00      CO-45         40.00      50.00
                Claim Total                         100.00      60.00         0.00        10.00                    40.00      50.00
                """)
        #expect(lines.map { Self.value("paid_amount", of: $0) } == ["80.00", "50.00"])
        #expect(lines.map { Self.value("coinsurance_amount", of: $0) } == ["0.00", "10.00"])
    }
}
