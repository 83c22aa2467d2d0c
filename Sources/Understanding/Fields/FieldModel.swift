/// What has been learned about which candidate is which field.
package struct FieldModel: Codable, Hashable, Sendable {
    /// Weights of hashed neighbourhoods, crossed with the field.
    package var neighbourhoods: HashedWeights
    /// What the two together say of a pair, in log-odds.
    package var trees: TreeEnsemble
    /// From the score, its lead over the next candidate and the reading's confidence to a probability, by shape.
    package var calibrations: [Calibration]

    package init(neighbourhoods: HashedWeights, trees: TreeEnsemble, calibrations: [Calibration]) {
        self.neighbourhoods = neighbourhoods
        self.trees = trees
        self.calibrations = calibrations
    }

    var isSound: Bool {
        neighbourhoods.outcomes == 1 && trees.isSound(featureCount: FieldFeature.allCases.count)
            && calibrations.count == CandidateShape.allCases.count
    }

    /// What a candidate's surroundings say for the field with `key`, in log-odds.
    func learned(_ hashes: [UInt64], key: UInt64) -> Float {
        hashes.reduce(0) { $0 + neighbourhoods.weight(FieldModel.crossed($1, with: key)) }
    }

    /// The hashes of a candidate's surroundings as seen for one field.
    package static func crossed(_ hash: UInt64, with key: UInt64) -> UInt64 {
        StableHash.of(hash, key)
    }
}
