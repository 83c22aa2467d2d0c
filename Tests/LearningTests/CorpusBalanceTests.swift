import Documents
import Foundation
import Learning
import Testing

@Suite("Amounts of drawn remittances")
struct CorpusBalanceTests {
    private static let drawn = Result {
        let generator = try CorpusGenerator(seed: 23, wordLists: CorpusFolders.words)
        return try (0..<250).map { number in
            let name = number % 5 == 0 ? "member-eob" : "remittance"
            return try generator.document(family: "\(name)/\(number)", number: number)
        }
    }
    private let documents: [LabelledDocument]

    init() throws { documents = try CorpusBalanceTests.drawn.get() }

    @Test("On every line charge = paid + adjustments, the patient's share by kind among them")
    func linesBalance() throws {
        var count = 0
        for document in documents {
            for line in document.truth.claims.flatMap(\.serviceLines) {
                guard let charge = line.money("charge_amount"), let paid = line.money("paid_amount"),
                    document.truth.subtype == "remittance_advice"
                else { continue }
                let shares = ["deductible_amount", "coinsurance_amount", "copay_amount"].compactMap(line.money)
                let adjusted = line.groupAmounts("adjustments") + shares
                #expect(charge == adjusted.reduce(paid, +), "\(document.family): \(line)")
                count += 1
            }
        }
        #expect(count > 300)
    }

    @Test("Lines add up to their claim")
    func claimsAddUp() throws {
        var count = 0
        for document in documents {
            for claim in document.truth.claims where !claim.serviceLines.isEmpty {
                for name in ["charge_amount", "paid_amount", "allowed_amount"] {
                    let lines = claim.serviceLines.compactMap { $0.money(name) }
                    guard let total = claim.fields.money(name), lines.count == claim.serviceLines.count else {
                        continue
                    }
                    #expect(lines.reduce(.zero, +) == total, "\(document.family): \(name)")
                    count += 1
                }
            }
        }
        #expect(count > 300)
    }

    @Test("Claims less provider adjustments add up to the payment")
    func paymentsAddUp() throws {
        var count = 0
        for document in documents where document.truth.subtype == "remittance_advice" {
            guard let payment = document.truth.fields.money("payment_amount") else { continue }
            let claims = document.truth.claims.compactMap { claim in
                let lines = claim.serviceLines.compactMap { $0.money("paid_amount") }
                return claim.fields.money("paid_amount") ?? (lines.isEmpty ? nil : lines.reduce(.zero, +))
            }
            guard claims.count == document.truth.claims.count else { continue }
            let adjusted = document.truth.fields.groupAmounts("provider_adjustments").reduce(.zero, +)
            #expect(claims.reduce(.zero, +) - adjusted == payment, "\(document.family)")
            count += 1
        }
        #expect(count > 80)
    }
}

extension Row {
    fileprivate func money(_ name: String) -> Money? {
        guard case .one(let field) = self[name] else { return nil }
        return Money(field.value.description)
    }

    fileprivate func groupAmounts(_ name: String) -> [Money] {
        guard case .groups(let groups) = self[name] else { return [] }
        return groups.compactMap { $0["amount"].flatMap { Money($0.value.description) } }
    }
}
