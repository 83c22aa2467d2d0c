import Actions
import Documents
import Foundation
import TestSupport
import Testing

/// What pyx12, a validator of others, says of our files; `.ci/bench-835` asks it of more.
@Suite struct RemittanceStructureTests {
    @Test func anotherValidatorTakesEveryFile() async throws {
        let count = ProcessInfo.processInfo.environment["BENCH_835_COUNT"].flatMap { Int($0) } ?? 100
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 5010)
        var (balanced, claims, bytes) = (0, 0, 0)
        var sent: Remittance?
        for number in 1...count {
            let remittance = try RemittanceReader().remittance(
                of: RemittanceExample.random(number, using: &generator))
            // Every fourth file also takes back what the one before told.
            let settlement = RemittanceSettlement(reversed: number.isMultiple(of: 4) ? sent : nil, told: remittance)
            let content = try #require(settlement.remittance(reference: "R\(number)")).content
            let file = RemittanceExample.interchange(number).bytes(
                of: "835", [content.segments(payer: RemittanceExample.payer)])
            if RemittanceBalancer.findings(in: file).isEmpty { balanced += 1 }
            try file.write(to: folder.url.appending(path: "\(number).835"))
            (sent, claims, bytes) = (remittance, claims + content.claims.count, bytes + file.count)
        }
        let run = try await runProgram(
            packageFolder.appending(path: ".venv/bin/python"),
            ["Tests/ActionsTests/X12/check_structure.py", folder.url.path])
        #expect(run.standardOutput == "\(count) files\n", "\(run.standardError)")
        #expect(balanced == count)
        if count > 100 {
            print("\(count) files, \(claims) claims, \(bytes) bytes: \(balanced) balance; pyx12: \(run.standardOutput)")
        }
    }
}
