import Actions
import Documents
import Foundation
import TestSupport
import Testing

/// One payment whose remittance comes on several papers.
@Suite struct JointPaymentTests {
    private func part(_ document: Document) throws -> Remittance {
        let paper = try RemittanceReader().paper(of: document)
        guard case .part(let remittance) = paper else {
            Issue.record("The paper tells the whole payment.")
            return paper.remittance
        }
        return remittance
    }

    /// The example's two claims, each on a paper of its own; the second has the adjustment.
    private func papers(_ change: (inout Document) -> Void = { _ in }) throws -> [Remittance] {
        var (first, second) = (RemittanceExample.document(), RemittanceExample.document())
        first.claims.removeLast()
        first.fields["provider_adjustments"] = nil
        second.claims.removeFirst()
        change(&second)
        return [try part(first), try part(second)]
    }

    @Test func papersThatAddUpAreTheRemittanceOfOne() throws {
        let whole = try RemittanceReader().remittance(of: RemittanceExample.document())
        #expect(try JointPayment(papers()).standing == .whole(whole))
        #expect(try RemittanceReader().paper(of: RemittanceExample.document()) == .whole(whole))
    }

    /// Payers print either sign: what alone shows none is shown by the sum.
    @Test func theSumOfAllShowsTheSignsOfAdjustments() throws {
        let negative = try papers {
            $0.fields["provider_adjustments"] = .groups([
                [
                    "reason": RemittanceExample.field("WO"), "reference": RemittanceExample.field("ICN7"),
                    "amount": RemittanceExample.field("-20.00"),
                ]
            ])
        }
        guard case .whole(let whole) = JointPayment(negative).standing else {
            Issue.record("It adds up.")
            return
        }
        #expect(whole.providerAdjustments.map(\.amount) == [Money(cents: 2000)])
    }

    @Test func whatIsMissingIsSaid() throws {
        let papers = try papers()
        #expect(
            JointPayment([papers[0]]).standing
                == .incomplete(
                    """
                    $100.00 of the $180.00 of payment CHK0001 are here, on 1 paper: another paper of it is still to come, or \
                    an amount was misread. Nothing of it is told before all is here.
                    """))
    }

    @Test(arguments: [
        ("payment_amount", "190.00", "say different amounts: $180.00 and $190.00."),
        ("payment_date", "2026-02-21", "say different dates: 2026-02-20 and 2026-02-21."),
        ("payee_npi", "1679576722", "different NPIs: 1234567893 and 1679576722."),
        ("payee_tax_id", "371234568", "different tax ids: 371234567 and 371234568."),
    ])
    func papersThatDoNotFitAreNotJoined(_ field: String, _ value: String, _ sentence: String) throws {
        let papers = try papers { $0.fields[field] = .one(RemittanceExample.field(value)) }
        guard case .incomplete(let problem) = JointPayment(papers).standing else {
            Issue.record("They are of two payments.")
            return
        }
        #expect(problem.contains(sentence) && problem.hasSuffix("Correct or recall the wrong one."), "\(problem)")
    }

    @Test func moreThanWasPaidIsNoPart() throws {
        var document = RemittanceExample.document()
        document.fields["payment_amount"] = .one(RemittanceExample.field("90.00"))
        let error = #expect(throws: X12Problem.self) { try RemittanceReader().paper(of: document) }
        #expect(error?.sentence.contains("is unexplained") == true)
        let papers = try papers()
        guard case .incomplete(let problem) = JointPayment(papers + [papers[0]]).standing else {
            Issue.record("One is there twice.")
            return
        }
        #expect(problem.contains("is unexplained"), "\(problem)")
        #expect(papers[0].repeats(papers[0]) && !papers[0].repeats(papers[1]))
    }

    /// However a remittance is dealt out to papers, and in whatever order they come: nothing is told before all are here,
    /// and then what the one paper would have told, to the cent.
    @Test func whateverTheSplitAllOfItIsToldOnceAllIsHere() async throws {
        var generator = SeededGenerator(seed: 835)
        let folder = try TemporaryFolder()
        var splits = 0
        for number in 1...150 {
            let document = RemittanceExample.random(number, using: &generator)
            var papers = SplitRemittance.papers(of: document, using: &generator)
            papers.shuffle(using: &generator)
            guard papers.count > 1, let parts = SplitRemittance.parts(papers) else { continue }
            let whole = try RemittanceReader().remittance(of: document)
            splits += 1
            var isWhole = false
            for count in 1...parts.count {
                guard case .whole(let joined) = JointPayment(Array(parts.prefix(count))).standing else { continue }
                isWhole = true
                #expect(count == parts.count)
                #expect(Set(joined.claims) == Set(whole.claims) && joined.claims.count == whole.claims.count)
                #expect(joined.payment == whole.payment && joined.providerAdjustments == whole.providerAdjustments)
                let bytes = RemittanceExample.interchange(number).bytes(
                    of: "835", [joined.segments(payer: RemittanceExample.payer)])
                #expect(RemittanceBalancer.findings(in: bytes) == [])
                try bytes.write(to: folder.url.appending(path: "\(number).835"))
            }
            #expect(isWhole, "split \(number)")
        }
        let run = try await runProgram(
            packageFolder.appending(path: ".venv/bin/python"),
            ["Tests/ActionsTests/X12/check_structure.py", folder.url.path])
        #expect(splits > 40 && run.standardOutput == "\(splits) files\n", "\(run.standardOutput)\(run.standardError)")
    }
}
