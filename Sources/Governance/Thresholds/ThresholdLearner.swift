package import Documents

/// Finds the lowest threshold of which the outcomes of reviews promise that enough of the values above it are right.
///
/// The method is fixed-sequence testing of "Learn then Test" (`RiskTest`): thresholds are tested from high to low, and
/// the first that cannot be shown to keep the target ends the search, so that all tests together err no more often than
/// one. The sequence starts at the highest threshold that has outcomes enough for a test with nothing wrong, which the
/// confidences alone decide; a threshold under policy's own is never lower than values were seen.
///
/// *Selection.* Documents that a person sees because something is doubtful are not like those that nobody sees. Only
/// documents drawn by lot count, each with the same chance whatever policy thought of it (`Policy.isAudited`), and all of
/// them are reviewed: so no outcome needs a weight. What the other reviews show is kept, but says nothing here: weighed by
/// the inverse of its chance to be seen, at a share of 2 % it would weigh a fiftieth. Of the sample those count against
/// which nothing but confidences was said: what a failed check sends to review anyway is accepted at no threshold.
///
/// A document counts once it is settled; one whose review waits longer than others' is missing until then. What the
/// reviewer overlooks counts as right.
///
/// *Unit.* One unit is a document, with the share of its values of the field that is wrong: the values of one remittance
/// are wrong together. The promise is about the share of wrong values in a document, on average over documents.
///
/// *Time.* The promise holds with the certainty asked for at each moment at which it is worked out, not at all moments
/// together; so nothing once promised is kept when later outcomes speak against it.
package struct ThresholdLearner: Hashable, Sendable {
    /// The thresholds that are tested, in ten-thousandths, besides policy's own; fixed before any outcome is seen.
    static let steps = [
        9990, 9980, 9970, 9950, 9900, 9850, 9800, 9750, 9700, 9600, 9500, 9400, 9200, 9000, 8750, 8500, 8000, 7500,
        7000, 6000, 5000,
    ]

    private let test: RiskTest
    /// The chance that the promise is given wrongly: one less the certainty.
    private let level: Double

    /// - Parameters:
    ///   - target: the greatest share of values that may be wrong, in 0…1 without the ends.
    ///   - certainty: how surely the promise must hold, in 0…1 without the ends.
    package init(target: Double, certainty: Double) {
        test = RiskTest(target: target)
        level = 1 - certainty
    }

    /// What the outcomes of one field, or of one type, say; `policy` is the threshold, in ten-thousandths, that holds
    /// without them.
    package func finding(_ outcomes: some Sequence<ValueOutcome>, policy: Int) -> ThresholdFinding {
        let documents = Array(Dictionary(grouping: outcomes, by: \.documentID).values)
        func finding(_ verdict: ThresholdFinding.Verdict, _ step: Int, _ losses: RiskTest.Losses) -> ThresholdFinding {
            ThresholdFinding(
                verdict: verdict, tenThousandths: step, documentCount: losses.count, wrong: losses.sum)
        }
        let needed = test.countNeeded(wrong: 0, level: level)
        var promised: ThresholdFinding?
        var valueCount = 0
        for step in Set(ThresholdLearner.steps + [policy]).sorted(by: >) {
            let losses = ThresholdLearner.losses(documents, from: step)
            guard losses.count >= needed else { continue }
            guard test.chanceOfSoFew(losses) <= level else {
                if let promised { return promised }
                // What is wrong under policy's own threshold says nothing against that.
                guard step >= policy else { break }
                let wrong = Int(losses.sum.rounded(.up))
                return test.chanceOfSoMany(losses) <= level
                    ? finding(.broken, step, losses)
                    : finding(.unproven(needed: test.countNeeded(wrong: wrong, level: level)), step, losses)
            }
            if step >= policy || losses.valueCount > valueCount { promised = finding(.promised, step, losses) }
            valueCount = losses.valueCount
        }
        return promised ?? finding(.tooFew(needed: needed), policy, ThresholdLearner.losses(documents, from: policy))
    }

    private static func losses(_ documents: [[ValueOutcome]], from step: Int) -> RiskTest.Losses {
        var losses = RiskTest.Losses()
        for values in documents {
            var (count, wrong) = (0, 0)
            for value in values where value.confidence.tenThousandths >= step {
                count += 1
                if !value.isRight { wrong += 1 }
            }
            if count > 0 { losses.add(wrong: wrong, of: count) }
        }
        return losses
    }
}
