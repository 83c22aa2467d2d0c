import Documents
import Governance
import Testing

struct DocumentLikenessTests {
    private func isDuplicate(_ document: Document, _ other: Document, pagesLookAlike: Bool? = nil) -> Bool {
        DocumentLikeness(
            document, other, pagesLookAlike: pagesLookAlike, vocabulary: PaperExample.vocabulary
        ).isDuplicate
    }

    @Test func theSamePaperOnceMoreIsTold() {
        #expect(isDuplicate(PaperExample.letter(), PaperExample.letter()))
        #expect(isDuplicate(PaperExample.remittance(), PaperExample.remittance()))
        // A fax does without some values, and reads letters for digits.
        let faxed = PaperExample.letter(["payer_claim_number": "HP2O260417", "patient_name": "", "appeal_fax": "1"])
        #expect(isDuplicate(faxed, PaperExample.letter()))
    }

    @Test(
        arguments: [
            ["letter_date": "2026-04-14"], ["payer_claim_number": "HP20260418"], ["patient_name": "Otto Other"],
            ["requested_amount": "121.00"], ["member_id": "W123456780"], ["letter_date": ""],
        ])
    func oneValueThatIsClearlyAnotherMakesItAnotherPaper(changes: [String: String]) {
        #expect(!isDuplicate(PaperExample.letter(changes), PaperExample.letter(), pagesLookAlike: true))
    }

    @Test func aCorrectedRemittanceIsNone() {
        let first = PaperExample.remittance()
        #expect(!isDuplicate(PaperExample.remittance(["payment_date": "2026-04-01"]), first, pagesLookAlike: true))
        let others = [PaperExample.claim(["payer_claim_number": "HP999", "patient_control_number": "5551212"])]
        #expect(!isDuplicate(PaperExample.remittance(claims: others), first, pagesLookAlike: true))
    }

    @Test func thatPagesLookAlikeDecidesNothingAndSupports() {
        let thin = ["payer_claim_number": "", "requested_amount": ""]
        #expect(!isDuplicate(PaperExample.letter(thin), PaperExample.letter(thin)))
        #expect(!isDuplicate(PaperExample.letter(thin), PaperExample.letter(thin), pagesLookAlike: false))
        #expect(isDuplicate(PaperExample.letter(thin), PaperExample.letter(thin), pagesLookAlike: true))
        #expect(!isDuplicate(PaperExample.letter(), PaperExample.remittance(), pagesLookAlike: true))
    }

    @Test func aDoubtfulReadingMayBeAMisreading() {
        var misread = PaperExample.letter()
        misread.fields["payer_claim_number"] = .one(PaperExample.field("HP20280417", 0.5))
        #expect(isDuplicate(misread, PaperExample.letter(), pagesLookAlike: true))
        misread.fields["payer_claim_number"] = .one(PaperExample.field("HP20280417", 0.97))
        #expect(!isDuplicate(misread, PaperExample.letter(), pagesLookAlike: true))
    }

    @Test func requestsForOtherDrugsOrProceduresAreOtherPapers() {
        let drug = PaperExample.request(drug: "Adalimumab")
        #expect(isDuplicate(drug, drug, pagesLookAlike: true))
        #expect(!isDuplicate(drug, PaperExample.request(drug: "Semaglutide"), pagesLookAlike: true))
        let procedures = PaperExample.request(procedures: ["73721", "73723"])
        #expect(isDuplicate(procedures, PaperExample.request(procedures: ["73721"]), pagesLookAlike: true))
        #expect(!isDuplicate(procedures, PaperExample.request(procedures: ["27447"]), pagesLookAlike: true))
        // A doubtful code may be one of them, misread.
        let misread = PaperExample.request(procedures: ["78721"], confidence: 0.5)
        #expect(isDuplicate(procedures, misread, pagesLookAlike: true))
    }

    @Test func papersThatAreSurelyOfOtherSubtypesAreTwo() {
        let approval = PaperExample.letter(subtype: "authorization_approval")
        var denial = PaperExample.letter(subtype: "authorization_denial")
        #expect(!isDuplicate(approval, denial, pagesLookAlike: true))
        denial.typeConfidence = 0.8
        #expect(isDuplicate(approval, denial, pagesLookAlike: true))
    }

    @Test func whatIsLikeOneWayIsLikeTheOther() {
        let papers = [
            PaperExample.letter(), PaperExample.letter(["letter_date": "2026-04-14"]), PaperExample.remittance(),
            PaperExample.remittance(["payment_number": "7"]), PaperExample.letter(["payer_claim_number": ""]),
            PaperExample.request(drug: "Adalimumab"), PaperExample.request(procedures: ["73721"]),
            PaperExample.request(procedures: ["78721"], confidence: 0.5), PaperExample.letter(subtype: "general"),
            Document(type: "eob", typeConfidence: 0.9, pages: [1], fields: [:]),
        ]
        for one in papers {
            for other in papers {
                for look in [nil, false, true] {
                    #expect(
                        isDuplicate(one, other, pagesLookAlike: look) == isDuplicate(other, one, pagesLookAlike: look))
                }
            }
        }
    }

    @Test func pagesLookAlikeByFewBits() {
        #expect(PageHashes.lookAlike([], [1]) == nil)
        #expect(PageHashes.lookAlike([0xFF], [0xFE, 0xFF00_FF00_FF00]) == true)
        #expect(PageHashes.lookAlike([0xFF], [0xFFFF_FFFF]) == false)
        #expect(PageHashes.lookAlike([1], [1, 2, 3]) == false)
    }
}
