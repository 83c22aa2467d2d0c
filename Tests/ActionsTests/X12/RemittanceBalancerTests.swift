import Actions
import Documents
import Foundation
import TestSupport
import Testing

@Suite struct RemittanceBalancerTests {
    /// Samples of payers and of a parser's tests; the first has no envelope and counts itself wrong.
    @Test(arguments: [
        (
            "blue_cross_nc_sample",
            [
                "The file has no interchange envelope (ISA, IEA).",
                "SE counts 33; the transaction set has 32.",
            ]
        ), ("emedny_sample", []),
        ("state_medicaid", []), ("united_healthcare_legacy_sample", []),
    ])
    func samplesOfPayersBalance(_ name: String, _ findings: [String]) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples/\(name).txt")
        let found = RemittanceBalancer.findings(in: try Data(contentsOf: file))
        #expect(found == findings)
    }

    /// 1,000 remittances drawn at random, one mutant of each kind from each.
    @Test func everyFileBalancesAndNoMutantDoes() throws {
        var generator = SeededGenerator(seed: 835)
        var (mutants, missed) = (0, [RemittanceMutant: Int]())
        for number in 1...1000 {
            let document = RemittanceExample.random(number, using: &generator)
            let remittance = try RemittanceReader().remittance(of: document)
            let bytes = RemittanceExample.interchange(number).bytes(
                of: "835", [remittance.segments(payer: RemittanceExample.payer)])
            #expect(RemittanceBalancer.findings(in: bytes) == [])
            let file = try X12File(bytes)
            for kind in RemittanceMutant.allCases {
                guard let mutant = kind.bytes(of: file, using: &generator) else { continue }
                mutants += 1
                if RemittanceBalancer.findings(in: mutant).isEmpty { missed[kind, default: 0] += 1 }
            }
        }
        #expect(missed == [:])
        #expect(mutants > 12_000)
        if ProcessInfo.processInfo.environment["BENCH_835_COUNT"] != nil {
            print("\(mutants) mutants of 1000 files: \(mutants - missed.values.reduce(0, +)) rejected")
        }
    }

    /// Whatever is sent and however it is recalled, the pair of taking back and telling anew balances, and nothing is left
    /// or lost over all files together.
    @Test func everySequenceOfRecallsBalances() throws {
        var generator = SeededGenerator(seed: 22)
        for number in 1...300 {
            var sent: Remittance?
            var forward = Money.zero
            var paid = Money.zero
            for _ in 0..<5 {
                let isToldAnew = Bool.random(using: &generator)
                let told =
                    isToldAnew || sent == nil
                    ? try RemittanceReader().remittance(of: RemittanceExample.random(number, using: &generator)) : nil
                let settlement = RemittanceSettlement(reversed: sent, told: told, broughtForward: forward)
                let (content, left) = try #require(settlement.remittance(reference: "R\(number)"))
                let bytes = RemittanceExample.interchange().bytes(
                    of: "835", [content.segments(payer: RemittanceExample.payer)])
                #expect(RemittanceBalancer.findings(in: bytes) == [])
                paid = paid + content.payment
                (sent, forward) = (told, left)
                #expect(paid - forward == sent?.payment ?? .zero)
            }
        }
    }
}
