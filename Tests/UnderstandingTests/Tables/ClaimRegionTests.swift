import Documents
import Testing
import Understanding

@Suite("Claims told from one another")
struct ClaimRegionTests {
    private static func claims(_ text: String) throws -> [Claim] {
        let page = DrawnPaper.page(text)
        return try DrawnPaper.understander().read([page], as: "eob").claims
    }

    private static func values(_ name: String, of claims: [Claim]) -> [String?] {
        claims.map { $0.fields[name]?.fields.first?.value.description }
    }

    @Test("A member's statement whose labels lead to their values by dots has its two claims")
    func leaders() throws {
        let claims = try Self.claims(
            """
            NORTHERN LAKES HEALTH PLAN
            Explanation of Benefits                       THIS IS NOT A BILL

            Member Name.... JANE DOE              Member ID.... NLH5512207

            Claim number.... 26103944177          Provider.... Alice Reed, MD
            Date of        Service              Amount     Your plan     Allowed     Deductible    Copay     Plan
            service        code                 billed     discount      amount                              paid
            02/03/2026     99213                150.00       50.00       100.00        20.00        0.00     80.00
            Total                               150.00       50.00       100.00        20.00        0.00     80.00

            Claim number.... 26103944205          Provider.... Alice Reed, MD
            Date of        Service              Amount     Your plan     Allowed     Deductible    Copay     Plan
            service        code                 billed     discount      amount                              paid
            02/05/2026     73030                100.00       40.00        60.00         0.00       10.00     50.00
            Total                               100.00       40.00        60.00         0.00       10.00     50.00
            """)
        #expect(claims.map(\.serviceLines.count) == [1, 1])
        #expect(Self.values("payer_claim_number", of: claims) == ["26103944177", "26103944205"])
        #expect(Self.values("paid_amount", of: claims) == ["80.00", "50.00"])
    }

    @Test(
        "Bare labels of one word, as line printers have them, begin a claim; totals of all claims are of none",
        arguments: ["\n", ""])
    func linePrinter(gap: String) throws {
        let claims = try Self.claims(
            """
            NORTHERN LAKES HEALTH PLAN                                  PROVIDER VOUCHER
            SERV DATE      PROC      UN      BILLED     ALLOWED     DEDUCT     COINS     GRP/RC     AMT       PAID
            NAME PUBLIC, JOHN        HIC 897302769        ACNT PC-88120       ICN 8151397745400
            02/03/2026     99213     1       150.00     100.00       20.00      0.00     CO-45      50.00     80.00
            CLAIM TOTALS                     150.00     100.00       20.00      0.00                50.00     80.00
            NAME DOE, JANE           HIC 064819150        ACNT PC-90030       ICN 9838111490900
            02/05/2026     73030     1       100.00      60.00        0.00     10.00     CO-45      40.00     50.00
            CLAIM TOTALS                     100.00      60.00        0.00     10.00                40.00     50.00
            \(gap)Total charges, all claims: 250.00
            """)
        #expect(Self.values("patient_control_number", of: claims) == ["PC-88120", "PC-90030"])
        #expect(Self.values("charge_amount", of: claims) == ["150.00", "100.00"])
    }

    @Test("Lines after a total that they do not belong to are another claim's, even where nothing names it")
    func afterTotal() throws {
        let claims = try Self.claims(
            """
            NORTHERN LAKES HEALTH PLAN                                  REMITTANCE ADVICE

            Patient: PUBLIC, JOHN    Claim Number: 26103944102
            Service Date   Procedure   Units    Billed     Allowed    Deductible   Adj Code   Adj Amount     Paid
            02/03/2026     99213       1        150.00     100.00        20.00     CO-45           50.00    80.00
            02/03/2026     73030       1        100.00      60.00        10.00     CO-45           40.00    50.00
            Tolals                              250.00     160.00        30.00                     90.00   130.00

            P8tent: DOE, JANE    Cl8m Nmbr: 26103944177
            02/05/2026     73560       1        210.00     175.00        25.00     CO-45           35.00   150.00
            Tolals                              210.00     175.00        25.00                     35.00   150.00
            """)
        #expect(claims.map(\.serviceLines.count) == [2, 1])
    }

    private static let columns = """
        Service Date   Procedure   Units    Billed     Allowed    Deductible   Adj Code   Adj Amount     Paid

        """

    private static func claims(first: String, second: String) throws -> [Claim] {
        let head = """
            NORTHERN LAKES HEALTH PLAN                                  REMITTANCE ADVICE

            Patient: PUBLIC, JOHN    Claim Number: 26103944102

            """
        let pages = [
            DrawnPaper.page(head + columns + first), DrawnPaper.page(columns + second, number: 2),
        ]
        return try DrawnPaper.understander().read(pages, as: "eob").claims
    }

    @Test("The total of a page does not end the claim that goes on behind it, and is not the claim's")
    func pageTotal() throws {
        let claims = try Self.claims(
            first: """
                02/03/2026     99213       1        150.00     100.00        20.00     CO-45           50.00    80.00
                Page Total                          150.00     100.00        20.00                     50.00    80.00
                """,
            second: """
                02/03/2026     73030       1        100.00      60.00        10.00     CO-45           40.00    50.00
                Claim Total                         250.00     160.00        30.00                     90.00   130.00
                """)
        #expect(claims.map(\.serviceLines.count) == [2])
        #expect(Self.values("paid_amount", of: claims) == ["130.00"])
    }

    @Test("A footer that speaks of claims ends none")
    func footer() throws {
        let claims = try Self.claims(
            first: """
                02/03/2026     99213       1        150.00     100.00        20.00     CO-45           50.00    80.00
                02/03/2026     73030       1        100.00      60.00        10.00     CO-45           40.00    50.00

                Mail corrected claims to PO Box 14079
                """,
            second: """
                Claim Total                         250.00     160.00        30.00                     90.00   130.00
                """)
        #expect(claims.map(\.serviceLines.count) == [2])
        #expect(Self.values("paid_amount", of: claims) == ["130.00"])
    }
}
