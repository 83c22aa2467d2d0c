/// How sure a likely value is, from its score and what its ink says (`InkFacts`): a logistic curve and boosted trees, which
/// together err less than either.
package struct FieldTrust: Codable, Hashable, Sendable {
    package var curve: Calibration
    package var trees: TreeEnsemble

    package init(curve: Calibration, trees: TreeEnsemble) {
        self.curve = curve
        self.trees = trees
    }

    var isSound: Bool { curve.weights.count == InkFacts.count && trees.isSound(featureCount: InkFacts.count) }

    /// The mean of what the two say, in log-odds, as a probability.
    func probability(_ facts: [Double]) -> Double {
        let linear = Calibration.logit(curve.probability(facts))
        return Calibration.logistic((linear + Double(trees.score(facts.map { Float($0) }))) / 2)
    }
}
