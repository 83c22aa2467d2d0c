import Documents
import Governance
import Testing

/// Which pages of a remittance may be sent to the payer because of one of its claims.
@Suite struct ClaimPagesTests {
    private static func remittance(_ claims: [[Int]]) -> Document {
        Document(
            type: "eob", typeConfidence: 0.99, pages: [1, 2, 3, 4],
            claims: claims.map { pages in
                Claim(
                    fields: [:],
                    serviceLines: pages.map { page in
                        ["paid_amount": .one(Field(value: .text("0.00"), confidence: 0.99, page: page))]
                    })
            })
    }

    @Test func pagesOfOtherClaimsAreLeftOut() {
        let remittance = Self.remittance([[1, 2], [2, 4], [3]])
        let pages = (0..<3).map { ClaimPages(ofClaim: $0, in: remittance) }
        #expect(pages.map(\.own) == [[1], [4], [3]])
        #expect(pages.map(\.shared) == [[2], [2], []])
    }

    @Test func aClaimAloneHasAllPages() {
        #expect(ClaimPages(ofClaim: 0, in: Self.remittance([[2]])).own == [1, 2, 3, 4])
    }

    /// Values that people typed have no ink: they may stand on any page.
    @Test func withoutInkNoPageIsSure() {
        let remittance = Self.remittance([[1], []])
        #expect(ClaimPages(ofClaim: 0, in: remittance).own.isEmpty)
        #expect(ClaimPages(ofClaim: 0, in: remittance).shared == [1])
        #expect(ClaimPages(ofClaim: 1, in: remittance).own.isEmpty)
        #expect(ClaimPages(ofClaim: 1, in: remittance).shared == [1, 2, 3, 4])
    }
}
