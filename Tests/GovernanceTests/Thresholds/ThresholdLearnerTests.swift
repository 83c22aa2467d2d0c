import Documents
import Governance
import TestSupport
import Testing

@Suite struct ThresholdLearnerTests {
    /// Outcomes of documents with one value each, all of one confidence.
    private func outcomes(_ count: Int, wrong: Int = 0, confidence: Confidence = 0.95) -> [ValueOutcome] {
        (0..<count).map { Outcomes.outcome("D\($0)", confidence, isRight: $0 >= wrong) }
    }

    private let onePercent = ThresholdLearner(target: 0.01, certainty: 0.95)
    private let tenPercent = ThresholdLearner(target: 0.1, certainty: 0.9)

    /// 299, 473 and 628 are the sample sizes of an error rate of 1 % at 95 % with none, one and two errors.
    @Test(arguments: [
        (298, 0, ThresholdFinding.Verdict.tooFew(needed: 299)), (299, 0, .promised), (472, 1, .unproven(needed: 473)),
        (473, 1, .promised), (627, 2, .unproven(needed: 628)), (628, 2, .promised),
    ])
    func theExactSampleSizeIsNeeded(count: Int, wrong: Int, verdict: ThresholdFinding.Verdict) {
        let finding = onePercent.finding(outcomes(count, wrong: wrong), policy: 9000)
        #expect(finding.verdict == verdict)
        #expect(finding.documentCount == count)
        #expect(finding.wrong == Double(wrong))
    }

    /// Of 50 trials with a chance of 0.1 each at least 9 succeed with a probability of 0.058, at least 8 with 0.122.
    @Test func aPromiseIsBrokenOnceTheTargetIsNotCredible() {
        #expect(tenPercent.finding(outcomes(50, wrong: 9), policy: 9000).verdict == .broken)
        #expect(tenPercent.finding(outcomes(50, wrong: 8), policy: 9000).verdict == .unproven(needed: 128))
    }

    @Test func nothingIsKnownWithoutOutcomes() {
        let finding = onePercent.finding([], policy: 9000)
        #expect(finding.verdict == .tooFew(needed: 299))
        #expect(
            finding.description
                == "not enough outcomes yet: 299 documents with a value at 0.90 or more are needed, 0 are there")
    }

    /// The bound of Hoeffding is 0.105 for half a document wrong in 36, and 0.096 for half of one in 37.
    @Test(arguments: [(36, false), (37, true)])
    func theValuesOfADocumentAreOneOutcome(count: Int, isPromised: Bool) {
        var values = outcomes(count)
        values.append(Outcomes.outcome("D0", 0.95, isRight: false, path: "member_id[1]"))
        let finding = tenPercent.finding(values, policy: 9000)
        #expect((finding.verdict == .promised) == isPromised)
        #expect(finding.documentCount == count)
        #expect(finding.wrong == 0.5)
    }

    @Test func theThresholdIsPolicysOwnWhereNothingWasSeenBelowIt() {
        let finding = onePercent.finding(outcomes(400), policy: 9000)
        #expect(finding.verdict == .promised)
        #expect(finding.tenThousandths == 9000)
    }

    @Test func theThresholdGoesDownAsFarAsValuesAreRight() {
        var values = outcomes(400)
        values += (0..<40).map { Outcomes.outcome("E\($0)", 0.82, isRight: true) }
        values += (0..<40).map { Outcomes.outcome("F\($0)", 0.72, isRight: false) }
        let finding = onePercent.finding(values, policy: 9000)
        #expect(finding.verdict == .promised)
        #expect(finding.tenThousandths == 8000)
        #expect(finding.documentCount == 440)
    }

    @Test func theThresholdGoesUpWherePolicysOwnLetsTooMuchThrough() {
        var values = outcomes(400, confidence: 0.991)
        values += (0..<40).map { Outcomes.outcome("E\($0)", 0.91, isRight: $0 % 2 == 0) }
        let finding = onePercent.finding(values, policy: 9000)
        #expect(finding.verdict == .promised)
        #expect(finding.tenThousandths == 9200)
    }

    @Test func aFieldThatIsNeverSureEnoughForPolicyMayBeTrustedAllTheSame() {
        let finding = onePercent.finding(outcomes(300, confidence: 0.93), policy: 9500)
        #expect(finding.verdict == .promised)
        #expect(finding.tenThousandths == 9200)
    }

    @Test func whatIsWrongUnderPolicysOwnThresholdDoesNotCondemnIt() {
        var values = outcomes(200)
        values += (0..<400).map { Outcomes.outcome("E\($0)", 0.6, isRight: $0 % 2 == 0) }
        let finding = onePercent.finding(values, policy: 9000)
        #expect(finding.verdict == .tooFew(needed: 299))
        #expect(finding.documentCount == 200)
    }

    // MARK: The promise itself

    /// A population of values: how a confidence is drawn and how often a value of that confidence is right.
    struct Population: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The least confidence; others are even between it and 1.
        let least: Double
        let chanceRight: @Sendable (Double) -> Double

        /// The share of wrong values from `threshold` on.
        func risk(from threshold: Double) -> Double {
            let points = (0..<2000).map { least + (1 - least) * (Double($0) + 0.5) / 2000 }.filter { $0 >= threshold }
            return points.reduce(0) { $0 + 1 - chanceRight($1) } / Double(max(1, points.count))
        }
    }

    static let populations = [
        Population(testDescription: "calibrated", least: 0.5) { $0 },
        Population(testDescription: "too sure of itself", least: 0.5) { $0 - 0.06 },
        Population(testDescription: "wrong just too often at any confidence", least: 0.5) { _ in 0.8999 },
        Population(testDescription: "worst where it is surest", least: 0.5) { $0 > 0.97 ? 0.8 : 0.93 },
        Population(testDescription: "fine, and then worthless", least: 0.7) { $0 >= 0.9 ? 0.97 : 0.4 },
    ]

    /// In how many of the runs the promise was given, and in how many it was given and does not hold.
    private func runs(_ population: Population, count: Int, documents: Int) -> (promised: Int, broken: Int) {
        var generator = SeededGenerator(seed: 20_261_122)
        var (promised, broken) = (0, 0)
        for _ in 0..<count {
            let outcomes = (0..<documents).map { number in
                let confidence = Confidence(Double.random(in: population.least...1, using: &generator))
                let isRight =
                    Double.random(in: 0..<1, using: &generator) < population.chanceRight(confidence.probability)
                return Outcomes.outcome("D\(number)", confidence, isRight: isRight)
            }
            let finding = tenPercent.finding(outcomes, policy: 9000)
            guard finding.verdict == .promised else { continue }
            promised += 1
            if population.risk(from: Double(finding.tenThousandths) / 10_000) > 0.1 { broken += 1 }
        }
        return (promised, broken)
    }

    /// Chance may give a few more than the 10 % that the certainty leaves: 13 % would be three standard deviations.
    @Test(arguments: populations)
    func thePromiseFailsNoMoreOftenThanItsCertaintyLeaves(population: Population) {
        let (_, broken) = runs(population, count: 400, documents: 300)
        #expect(broken <= 56)
    }

    @Test func thePromiseIsMostlyGivenWhereItHolds() throws {
        let calibrated = try #require(ThresholdLearnerTests.populations.first)
        #expect(runs(calibrated, count: 100, documents: 1000).promised >= 80)
    }
}
