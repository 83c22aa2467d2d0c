import Actions
import Documents
import Foundation
import Records
import TestSupport
import Testing

/// Checks whose remittance comes on several papers, from their acceptance to the file in the folder.
@Suite struct JointRemittanceTests {
    /// The example's two claims, each on a paper of its own.
    private static func papers(_ number: String = "1") -> [Document] {
        var (first, second) = (RemittanceExample.document(number), RemittanceExample.document(number))
        first.claims.removeLast()
        first.fields["provider_adjustments"] = nil
        second.claims.removeFirst()
        return [first, second]
    }

    private func problems(_ house: RemittanceHouse) async throws -> [String] {
        try await house.store.read { try $0.waitingPapers(of: "remittances") }.compactMap { $0.first?.detail }
    }

    @Test func papersWaitForEachOtherAndAreOneTransaction() async throws {
        let house = try await RemittanceHouse()
        let papers = Self.papers()
        let first = try await house.accept(papers[0])
        try await house.accept(RemittanceExample.document("2"))
        house.advance(hours: 6)
        #expect(try await house.sweep().map(\.setCount) == [1], "what is whole does not wait")
        #expect(try await problems(house).first?.contains("$100.00 of the $180.00 of payment 1 are here") == true)
        let second = try await house.accept(papers[1])
        #expect(try await house.sweep().isEmpty, "they wait for the day's file, as others do")
        #expect(try await problems(house).isEmpty)
        house.advance(hours: 24)
        #expect(try await house.sweep().map(\.paymentCents) == [18_000])
        let file = try #require(try house.files()["remittances-000000002.835"])
        #expect(file.contains("CLP*A1*") && file.contains("*C2~") && file.contains("TRN*1*1*1123456789~"))
        #expect(RemittanceBalancer.findings(in: Data(file.utf8)) == [])
        for document in [first, second] {
            let trail = try await house.store.read { try $0.auditTrail(subject: document) }.map(\.action)
            #expect(trail.contains("remittance.told"))
        }
    }

    /// A payer goes by several names; its papers are those of one payment under any of them.
    @Test func papersUnderTwoNamesMeetUnderOne() async throws {
        let house = try await RemittanceHouse()
        var papers = Self.papers()
        papers[1].fields["payer_name"] = .one(RemittanceExample.field("Acme Health"))
        papers[0].fields["payer_name"] = .one(RemittanceExample.field("ACME HEALTH INSURANCE CO."))
        for paper in papers { try await house.accept(paper) }
        house.advance(hours: 24)
        #expect(try await house.sweep().map(\.paymentCents) == [18_000])
        #expect(try house.files().count == 1)
    }

    @Test func aPaperThatWaitsForTooLongIsAWarningOnRecordOnce() async throws {
        let house = try await RemittanceHouse()
        let document = try await house.accept(Self.papers()[0])
        let batcher = RemittanceBatcher(store: house.store, settings: try house.settings)
        #expect(try await batcher.judgePapers(at: house.now) == 0)
        house.advance(hours: 73)
        #expect(try await batcher.judgePapers(at: house.now) == 1)
        #expect(try await batcher.judgePapers(at: house.now) == 0)
        #expect(try await problems(house).first?.hasSuffix("look for the paper, or ask the payer for it.") == true)
        let trail = try await house.store.read { try $0.auditTrail(subject: document) }.map(\.action)
        #expect(trail.filter { $0 == "remittance.incomplete" }.count == 1)
    }

    /// A second scan of a paper, a paper of a payment that was told, and a whole remittance of a payment in papers.
    @Test func whatIsToldAlreadyIsADuplicate() async throws {
        let house = try await RemittanceHouse()
        let papers = Self.papers()
        try await house.accept(papers[0])
        try await house.accept(papers[0])
        try await house.accept(RemittanceExample.document("1"))
        try await house.accept(papers[1])
        house.advance(hours: 24)
        #expect(try await house.sweep().map(\.paymentCents) == [18_000])
        try await house.accept(papers[1])
        let parked = try await house.store.read { try $0.deliveries(status: .parked) }.compactMap(\.lastError)
        #expect(parked.filter { $0.contains("tells a claim of this one") }.count == 1)
        #expect(
            parked.filter { $0.contains("A part of this payment waits for the rest of it") }.count == 1, "\(parked)")
        #expect(parked.filter { $0.contains("The payment is told already") }.count == 1, "\(parked)")
    }

    @Test func whileOneIsHeldNothingOfThePaymentGoesOut() async throws {
        let house = try await RemittanceHouse()
        let papers = Self.papers()
        let first = try await house.accept(papers[0])
        try await house.accept(papers[1])
        try await house.hold(first)
        house.advance(hours: 24)
        #expect(try await house.sweep().isEmpty)
        try await house.release(first)
        #expect(try await house.sweep().map(\.setCount) == [1])
    }

    @Test func aRecallOfOneTakesAllBackAndTellsItAnewWithWhatComesInItsPlace() async throws {
        let house = try await RemittanceHouse()
        let papers = Self.papers()
        let first = try await house.accept(papers[0])
        try await house.accept(papers[1])
        house.advance(hours: 24)
        try await house.sweep()
        try await house.recall(first)
        #expect(try await house.sweep().isEmpty, "what is taken back waits for the day's file too")
        house.advance(hours: 24)
        #expect(try await house.sweep().map(\.paymentCents) == [0])
        let reversal = try #require(try house.files()["remittances-000000002.835"])
        #expect(
            reversal.contains("*22*-250*-100*") && reversal.contains("*22*-180*-100*") && reversal.contains("*-180~"))
        #expect(try await problems(house).first?.contains("$100.00 of the $180.00") == true)
        var right = papers[0]
        right.claims[0].fields["payer_claim_number"] = .one(RemittanceExample.field("C9"))
        try await house.accept(right, as: first)
        house.advance(hours: 24)
        try await house.sweep()
        let file = try #require(try house.files()["remittances-000000003.835"])
        #expect(file.contains("*12*C9~") && file.contains("*12*C2~") && !file.contains("*22*"))
        #expect(try house.files().values.allSatisfy { RemittanceBalancer.findings(in: Data($0.utf8)) == [] })
        #expect(file.contains("BPR*H*0*"), "the balance that the reversal left is taken up")
    }

    /// A file that reads what receivers read: what each claim was paid in all, and what was paid.
    private struct Books {
        var paidCents: [String: Int64] = [:]
        var paymentCents: Int64 = 0

        init(_ files: some Sequence<String>) throws {
            for file in files {
                for segment in try X12File(Data(file.utf8)).segments {
                    if segment.name == "CLP" { paidCents[segment[7], default: 0] += Money(segment[4])?.cents ?? 0 }
                    if segment.name == "BPR" { paymentCents += Money(segment[2])?.cents ?? 0 }
                }
            }
            paidCents = paidCents.filter { $0.value != 0 }
        }
    }

    /// Random payments on one to four papers, which come in any order, are held, recalled and accepted anew while files are
    /// written: in the end each claim is told once, to the cent, and each file adds up.
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func whateverHappensEachClaimIsToldOnceInTheEnd(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let house = try await RemittanceHouse()
        var papers: [Document] = []
        var (claims, payments): ([String: Int64], Int64) = ([:], 0)
        for number in 1...6 {
            let whole = RemittanceExample.random(number, using: &generator)
            let split = SplitRemittance.papers(of: whole, using: &generator)
            papers += SplitRemittance.parts(split) == nil ? [whole] : split
            let told = try RemittanceReader().remittance(of: whole)
            for claim in told.claims where claim.paid != .zero { claims[claim.payerClaimNumber] = claim.paid.cents }
            payments += told.payment.cents
        }
        papers.shuffle(using: &generator)
        var accepted: [String: Document] = [:]
        var recalled: [String: Document] = [:]
        var (held, wasHeld): (String?, Bool) = (nil, false)
        for _ in 0..<60 {
            switch Int.random(in: 0..<8, using: &generator) {
            case 0, 1, 2:
                if let paper = papers.popLast() { accepted[try await house.accept(paper)] = paper }
            case 3:
                if let id = accepted.keys.sorted().randomElement(using: &generator), held != id {
                    try await house.recall(id)
                    recalled[id] = accepted.removeValue(forKey: id)
                }
            case 4:
                if let id = recalled.keys.sorted().randomElement(using: &generator), let paper = recalled[id] {
                    recalled[id] = nil
                    try await house.accept(paper, as: id)
                    accepted[id] = paper
                }
            case 5:
                if let id = accepted.keys.sorted().randomElement(using: &generator), !wasHeld {
                    try await house.hold(id)
                    (held, wasHeld) = (id, true)
                }
            case 6:
                if let id = held { try await house.release(id) }
                held = nil
            default:
                house.advance(hours: 24)
                try await house.sweep()
            }
        }
        if let id = held { try await house.release(id) }
        for (id, paper) in recalled.sorted(by: { $0.key < $1.key }) { try await house.accept(paper, as: id) }
        while let paper = papers.popLast() { try await house.accept(paper) }
        for _ in 0..<3 {
            house.advance(hours: 24)
            try await house.sweep()
        }
        let parked = try await house.store.read { try $0.deliveries(status: .parked) }.compactMap(\.lastError)
        #expect(parked.isEmpty, "\(parked)")
        let files = try house.files()
        let books = try Books(files.values)
        #expect(books.paidCents == claims && books.paymentCents == payments)
        #expect(files.values.allSatisfy { RemittanceBalancer.findings(in: Data($0.utf8)) == [] })
        let run = try await runProgram(
            packageFolder.appending(path: ".venv/bin/python"),
            ["Tests/ActionsTests/X12/check_structure.py", house.outgoing.path])
        #expect(run.standardOutput == "\(files.count) files\n", "\(run.standardOutput)\(run.standardError)")
    }
}
