import Actions
import Documents
import Foundation
import TestSupport
import Testing

@Suite struct RemittanceWriterTests {
    private func text(_ remittance: Remittance) -> String {
        let bytes = RemittanceExample.interchange().bytes(
            of: "835", [remittance.segments(payer: RemittanceExample.payer)])
        return String(decoding: bytes, as: UTF8.self)
    }

    private func problem(_ change: (inout Document) -> Void) -> String? {
        var document = RemittanceExample.document()
        change(&document)
        do throws(X12Problem) {
            _ = try RemittanceReader().remittance(of: document)
            return nil
        } catch {
            return error.sentence
        }
    }

    @Test func aRemittanceBecomesThisFile() throws {
        let remittance = try RemittanceReader().remittance(of: RemittanceExample.document())
        #expect(
            text(remittance) == """
                ISA*00*          *00*          *ZZ*MAILROOM       *ZZ*HOSPITAL       *270115*0800*^*00501*000000001*0*T*:~
                GS*HP*MAILROOM*HOSPITAL*20270115*0800*1*X*005010X221A1~
                ST*835*0001~
                BPR*I*180*C*CHK************20260220~
                TRN*1*CHK0001*1123456789~
                DTM*405*20260220~
                N1*PR*Acme Health~
                N3*PO Box 1~
                N4*Springfield*IL*62701~
                REF*2U*87726~
                PER*BL*Provider Services*TE*8005551212~
                N1*PE*Springfield Hospital*XX*1234567893~
                REF*TJ*371234567~
                LX*1~
                CLP*A1*1*250*100*50*12*C1~
                NM1*QC*1*SIMPSON*HOMER*J***MI*M123~
                DTM*232*20260203~
                AMT*AU*150~
                SVC*HC:99213*250*100~
                DTM*472*20260203~
                CAS*CO*45*100~
                CAS*PR*1*25**2*25~
                AMT*B6*150~
                CLP*0*1*180*100*20*12*C2~
                NM1*QC*1*Simpson*Marge~
                SVC*HC:97110:GP:59*180*100**2~
                DTM*472*20260204~
                CAS*CO*45*60~
                CAS*PR*3*20~
                LQ*HE*N130~
                PLB*1234567893*20261231*WO:ICN7*20~
                SE*30*0001~
                GE*1*1~
                IEA*1*000000001~

                """)
        #expect(RemittanceBalancer.findings(in: Data(text(remittance).utf8)) == [])
    }

    @Test func whatIsNotExplainedIsNotSent() {
        let lower = problem { $0.claims[1].serviceLines[0]["paid_amount"] = .one(RemittanceExample.field("70.00")) }
        #expect(
            lower == "Claim 2, line 1: 180.00 charged - 80.00 adjusted ≠ 70.00 paid; 30.00 is unexplained.")
        let payment = problem { $0.fields["payment_amount"] = .one(RemittanceExample.field("181.00")) }
        #expect(
            payment
                == "The payment is 181.00, its claims were paid 200.00 and 20.00 was adjusted: 1.00 is unexplained.")
        let claim = problem { $0.claims[0].fields["charge_amount"] = .one(RemittanceExample.field("260.00")) }
        #expect(claim == "Claim 1: 260.00 was charged, its lines sum to 250.00; 10.00 is unexplained.")
        let patient = problem { $0.claims[0].fields["patient_responsibility"] = .one(RemittanceExample.field("25.00")) }
        #expect(patient == "Claim 1: 25.00 is left to the patient, of which the adjustments explain 50.00.")
    }

    @Test func whatIsMissingIsNamed() {
        #expect(problem { $0.fields["payment_number"] = nil }?.contains("(payment_number)") == true)
        #expect(problem { $0.claims[0].fields["payer_claim_number"] = nil }?.hasPrefix("Claim 1 does not give") == true)
        #expect(problem { $0.claims[1].serviceLines[0]["procedure_code"] = nil }?.hasPrefix("Claim 2, line 1") == true)
        #expect(
            problem {
                $0.fields["payee_npi"] = nil; $0.fields["payee_tax_id"] = nil
            }?.contains("NPI") == true)
        #expect(problem { $0.subtype = "member_eob" }?.contains("to a member") == true)
        #expect(problem { $0.type = "invoice" }?.contains("no remittance") == true)
        #expect(
            problem {
                $0.claims = []; $0.fields["provider_adjustments"] = nil
            } != nil)
        let noGroup = problem {
            $0.claims[1].serviceLines[0]["adjustments"] = .groups([RemittanceExample.adjustment(nil, "45", "80.00")])
        }
        #expect(noGroup?.contains("adjustment 1, 45, is of no group") == true)
        let noCode = problem {
            $0.fields["provider_adjustments"] = .groups([
                ["reason": RemittanceExample.field("Recoupment"), "amount": RemittanceExample.field("20.00")]
            ])
        }
        #expect(noCode?.contains("Adjustment 1 of the payment has a reason that is no code") == true)
    }

    /// Payers print what they keep back with either sign.
    @Test func anAdjustmentOfThePaymentHasTheSignThatAddsUp() throws {
        var document = RemittanceExample.document()
        document.fields["provider_adjustments"] = .groups([
            ["reason": RemittanceExample.field("wo - takeback"), "amount": RemittanceExample.field("-20.00")]
        ])
        #expect(
            try RemittanceReader().remittance(of: document).providerAdjustments.map(\.amount) == [Money(cents: 2000)])
    }

    /// A PLB segment has room for six; pyx12 takes a second one for a second footer, so that it is not asked about this.
    @Test func manyAdjustmentsOfThePaymentAreSeveralSegments() throws {
        var document = RemittanceExample.document()
        document.fields["provider_adjustments"] = .groups(
            (1...8).map { number in
                [
                    "reason": RemittanceExample.field("WO"), "reference": RemittanceExample.field("R\(number)"),
                    "amount": RemittanceExample.field("2.50"),
                ]
            })
        let text = text(try RemittanceReader().remittance(of: document))
        #expect(text.contains("WO:R6*2.5~\nPLB*1234567893*20261231*WO:R7*2.5*WO:R8*2.5~"))
        #expect(RemittanceBalancer.findings(in: Data(text.utf8)) == [])
    }

    @Test func aDenialIsOneAndAPaymentOfNothingIsNone() throws {
        var document = RemittanceExample.document()
        document.claims = [document.claims[1]]
        document.claims[0].serviceLines[0]["paid_amount"] = .one(RemittanceExample.field("0.00"))
        document.claims[0].serviceLines[0]["adjustments"] = .groups([
            RemittanceExample.adjustment("CO", "CO-29", "180.00")
        ])
        document.fields["provider_adjustments"] = nil
        document.fields["payment_amount"] = .one(RemittanceExample.field("0.00"))
        let text = text(try RemittanceReader().remittance(of: document))
        #expect(text.contains("BPR*H*0*C*NON************20260220~"))
        #expect(text.contains("CLP*0*1*180*0**12*C2~"), "a denied claim is one that the payer processed")
        #expect(RemittanceBalancer.findings(in: Data(text.utf8)) == [])
    }

    /// Nothing allowed, nothing paid and no reason: that is no contract's doing.
    @Test func aDenialWithoutAReasonIsNoWriteOff() {
        let line = problem { document in
            document.claims[0].serviceLines[0]["allowed_amount"] = .one(RemittanceExample.field("0.00"))
            document.claims[0].serviceLines[0]["paid_amount"] = .one(RemittanceExample.field("0.00"))
            document.claims[0].serviceLines[0]["deductible_amount"] = nil
            document.claims[0].serviceLines[0]["coinsurance_amount"] = nil
        }
        #expect(
            line == "Claim 1, line 1: 250.00 charged - 0.00 adjusted ≠ 0.00 paid; 250.00 is unexplained.")
    }

    @Test func whatAnotherPayerPaidBeforeMakesAClaimSecondary() throws {
        var document = RemittanceExample.document()
        document.claims[1].serviceLines[0]["adjustments"] = .groups([
            RemittanceExample.adjustment("OA", "23", "60.00"), RemittanceExample.adjustment("PR", "3", "20.00"),
        ])
        #expect(try RemittanceReader().remittance(of: document).claims.map(\.status) == [.primary, .secondary])
    }

    @Test(arguments: ["N130", "Z7", "045", "309", "B0"])
    func onlyPublishedReasonsGoOut(_ code: String) {
        let found = problem {
            $0.claims[1].serviceLines[0]["adjustments"] = .groups([
                RemittanceExample.adjustment("CO", code, "60.00"), RemittanceExample.adjustment("PR", "3", "20.00"),
            ])
        }
        #expect(found?.contains("the reason \(code), which is no published code") == true)
    }

    @Test func thePublishedReasonsAreThoseOfTheList() throws {
        let file = packageFolder.appending(path: "Config/code-lists/carc.txt")
        let listed = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
            .filter { !$0.hasPrefix("//") }
        let letters = ["", "A", "B", "D", "P", "W", "Y", "N", "M"]
        let published = letters.flatMap { letter in (0...999).map { "\(letter)\($0)" } }
            .filter(ReasonCodes.isPublished)
        #expect(Set(published) == Set(listed))
    }

    /// The paper's two adjustments fit with either sign.
    @Test func signsThatNothingShowsAreNotGuessed() {
        let found = problem { document in
            document.fields["payment_amount"] = .one(RemittanceExample.field("200.00"))
            document.fields["provider_adjustments"] = .groups([
                ["reason": RemittanceExample.field("WO"), "amount": RemittanceExample.field("50.00")],
                ["reason": RemittanceExample.field("72"), "amount": RemittanceExample.field("-50.00")],
            ])
        }
        #expect(found?.contains("cancel out") == true)
    }

    @Test func whatIsTakenBackAndToldAnewIsAPair() throws {
        let sent = try RemittanceReader().remittance(of: RemittanceExample.document())
        var document = RemittanceExample.document()
        document.claims[0].fields["payer_claim_number"] = .one(RemittanceExample.field("C9"))
        let told = try RemittanceReader().remittance(of: document)
        let pair = try #require(
            RemittanceSettlement(reversed: sent, told: told).remittance(reference: "01K8"))
        #expect(pair.leftForward == .zero)
        let text = text(pair.content)
        #expect(text.contains("BPR*H*0*C*NON") && text.contains("TRN*1*01K8*"))
        #expect(text.contains("CLP*A1*22*-250*-100**12*C1~") && text.contains("CLP*A1*1*250*100*50*12*C9~"))
        #expect(text.contains("CAS*PR*1*-25**2*-25~") && !text.contains("PLB*"))
        #expect(RemittanceBalancer.findings(in: Data(text.utf8)) == [])
    }

    /// Taken back in one file, told anew in a later one: the balance goes over and comes back.
    @Test func aBalanceIsCarriedForwardAndTakenUp() throws {
        let sent = try RemittanceReader().remittance(of: RemittanceExample.document())
        let back = try #require(RemittanceSettlement(reversed: sent, told: nil).remittance(reference: "01K8"))
        #expect(back.leftForward == Money(cents: 18_000) && back.content.payment == .zero)
        #expect(text(back.content).contains("FB:01K8*-180"))
        #expect(RemittanceBalancer.findings(in: Data(text(back.content).utf8)) == [])
        let settlement = RemittanceSettlement(reversed: nil, told: sent, broughtForward: back.leftForward)
        let again = try #require(settlement.remittance(reference: "01K9"))
        #expect(again.leftForward == .zero && again.content.payment == .zero)
        #expect(text(again.content).contains("FB:01K9*180"))
        #expect(RemittanceBalancer.findings(in: Data(text(again.content).utf8)) == [])
    }

    @Test func aNameCannotBreakAFile() throws {
        var document = RemittanceExample.document()
        document.fields["payee_name"] = .one(
            RemittanceExample.field("Św. Łukasz~SE*1*0001~ – “Clinic”:*^\u{0}日本\u{301}"))
        document.claims[0].fields["patient_name"] = .one(RemittanceExample.field("*~"))
        let text = text(try RemittanceReader().remittance(of: document))
        #expect(text.contains("N1*PE*Sw. Lukasz SE 1 0001 - \"Clinic\"*XX*"))
        #expect(text.allSatisfy { $0.isASCII })
        #expect(RemittanceBalancer.findings(in: Data(text.utf8)) == [])
    }

    @Test(
        arguments: [
            ("SMITH, JOHN A", "SMITH", "JOHN", "A", nil), ("John A. Smith Jr.", "Smith", "John", "A.", "Jr"),
            ("Cher", "Cher", nil, nil, nil), ("van der Berg, Anna", "van der Berg", "Anna", nil, nil),
        ] as [(String, String, String?, String?, String?)])
    func aPrintedNameHasItsParts(_ example: (String, String, String?, String?, String?)) throws {
        var document = RemittanceExample.document()
        document.claims[0].fields["patient_name"] = .one(RemittanceExample.field(example.0))
        let text = text(try RemittanceReader().remittance(of: document))
        let parts = [example.1, example.2 ?? "", example.3 ?? "", "", example.4 ?? ""].joined(separator: "*")
        #expect(text.contains("NM1*QC*1*\(parts)*MI*M123~"))
    }
}
