import Documents
import Governance
import Testing

struct EarlierPaymentsTests {
    private func repeated(_ document: Document, _ others: Document...) -> [RepeatedPayment] {
        EarlierPayments(others).repeated(in: document).map(\.payment)
    }

    private let later = ["payment_date": "2026-04-20", "payment_number": "99000111"]

    @Test func aClaimPaidInAnotherPaymentIsTold() throws {
        let found = repeated(PaperExample.remittance(later), PaperExample.remittance())
        let payment = try #require(found.first)
        #expect(found.count == 1 && payment.services == ["2026-02-03 99213"])
        #expect((payment.paidHere, payment.paidThere) == (Money(cents: 8000), Money(cents: 8000)))
        // Billed anew, it has another number of the payer's.
        let rebilled = PaperExample.claim(["payer_claim_number": "HP77777777"])
        #expect(repeated(PaperExample.remittance(later, claims: [rebilled]), PaperExample.remittance()).count == 1)
    }

    @Test(
        arguments: [
            PaperExample.line(["service_date": "2026-02-04"]), PaperExample.line(["procedure_code": "99214"]),
            PaperExample.line(["charge_amount": "90.00"]), PaperExample.line(["paid_amount": "0.00"]),
            // The rest of what was allowed.
            PaperExample.line(["paid_amount": "20.00"]),
        ])
    func otherServicesAndTheRestOfAClaimAreNot(line: Row) {
        let paid = line["paid_amount"]?.fields.first?.value.description ?? ""
        let claim = PaperExample.claim(["paid_amount": paid], lines: [line])
        #expect(repeated(PaperExample.remittance(later, claims: [claim]), PaperExample.remittance()).isEmpty)
    }

    @Test func neitherIsWhatWasTakenBackNorACopyForTheMemberNorAnotherPayer() {
        let reversal = PaperExample.claim(
            ["paid_amount": "-80.00"],
            lines: [PaperExample.line(["paid_amount": "-80.00", "charge_amount": "-200.00"])])
        let corrected = PaperExample.remittance(later, claims: [reversal, PaperExample.claim()])
        #expect(repeated(corrected, PaperExample.remittance()).isEmpty)
        let takenBack = PaperExample.remittance(later, claims: [reversal])
        #expect(repeated(PaperExample.remittance(later), takenBack, PaperExample.remittance()).isEmpty)
        // Paid anew after that, and then once more.
        #expect(
            repeated(
                PaperExample.remittance(later), takenBack, PaperExample.remittance(), PaperExample.remittance()
            ).count == 1)
        let copy = PaperExample.remittance(subtype: "member_eob")
        #expect(repeated(PaperExample.remittance(later), copy).isEmpty)
        #expect(repeated(copy, PaperExample.remittance()).isEmpty)
        let secondary = PaperExample.remittance(["payer_name": "Zenith Mutual"])
        #expect(repeated(secondary, PaperExample.remittance()).isEmpty)
    }

    @Test func claimsWithoutLinesAreComparedWhole() {
        let bare = PaperExample.claim(lines: [])
        #expect(
            repeated(PaperExample.remittance(later, claims: [bare]), PaperExample.remittance(claims: [bare])).count == 1
        )
        let rest = PaperExample.claim(["paid_amount": "20.00"], lines: [])
        #expect(
            repeated(PaperExample.remittance(later, claims: [rest]), PaperExample.remittance(claims: [bare])).isEmpty)
    }

    @Test func anAccountPaidBeyondItsChargesIsTold() throws {
        var (first, second) = (PaperExample.remittance(), PaperExample.remittance(later))
        first.accountMatch = AccountMatch(accountNumber: "1", probability: 0.99)
        second.accountMatch = first.accountMatch
        let payments = AccountPayments(account: "1", second, [first])
        #expect(payments.excess(over: Money(cents: 16_000)) == nil)
        let excess = try #require(payments.excess(over: Money(cents: 15_999)))
        #expect((excess.here, excess.total, excess.document) == (Money(cents: 8000), Money(cents: 16_000), 0))
        #expect(AccountPayments(account: "2", second, [first]).excess(over: Money(cents: 1)) == nil)
        // Billed to two payers, a stay was charged once.
        let charge = AccountClaim(chargeAmount: Money(cents: 500))
        #expect(
            PatientAccount(accountNumber: "1", patientName: "A B", claims: [charge, charge]).chargedAmount
                == Money(cents: 500))
        // Billed to one, the facility's claim and the physician's are two charges.
        let claims = [("Acme", 500), ("ACME Inc.", 70), ("Zenith", 500)].map { payer, cents in
            AccountClaim(payerName: payer, chargeAmount: Money(cents: cents))
        }
        #expect(
            PatientAccount(accountNumber: "1", patientName: "A B", claims: claims).chargedAmount == Money(cents: 570))
    }

    @Test func theSameRefundAskedForAgainIsTold() {
        let second = PaperExample.letter(["letter_date": "2026-04-14"])
        #expect(second.asksSameRefund(as: PaperExample.letter()))
        #expect(!second.asksSameRefund(as: PaperExample.letter(["requested_amount": "60.00"])))
        #expect(!second.asksSameRefund(as: PaperExample.letter(["payer_claim_number": "HP1"])))
        #expect(!second.asksSameRefund(as: PaperExample.letter(subtype: "denial")))
    }
}
