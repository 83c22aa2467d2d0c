/// What has been learned about which candidate is which field.
package struct FieldModel: Codable, Hashable, Sendable {
    /// Weights of hashed neighbourhoods, crossed with the field.
    package var neighbourhoods: HashedWeights
    /// What the two together say of a pair, in log-odds.
    package var trees: TreeEnsemble
    /// From the score, its lead over the next candidate and the reading's confidence to a probability, by shape.
    package var calibrations: [Calibration]
    /// The same for fields of types that only examples teach, by type and field.
    package var ownCalibrations: [String: Calibration]?
    /// How sure a likely value of a document is; nil where there were too few examples to learn it from.
    package var trust: FieldTrust?

    package init(
        neighbourhoods: HashedWeights, trees: TreeEnsemble, calibrations: [Calibration],
        ownCalibrations: [String: Calibration]? = nil, trust: FieldTrust? = nil
    ) {
        self.neighbourhoods = neighbourhoods
        self.trees = trees
        self.calibrations = calibrations
        self.ownCalibrations = ownCalibrations
        self.trust = trust
    }

    /// Under what name `ownCalibrations` has a field.
    package static func name(of field: String, type: String) -> String { "\(type).\(field)" }

    var isSound: Bool {
        neighbourhoods.outcomes == 1 && trees.isSound(featureCount: FieldFeature.allCases.count)
            && calibrations.count == CandidateShape.allCases.count
            && (ownCalibrations ?? [:]).values.allSatisfy { $0.weights.count == FieldLesson.factCount }
            && trust?.isSound ?? true
    }

    /// From an answer's facts to the probability that it is right, for a field.
    func calibration(of target: LabelLexicon.Target, shape: CandidateShape, type: String) -> Calibration {
        let own = target.scope == .document ? ownCalibrations : nil
        return own?[FieldModel.name(of: target.definition.name, type: type)] ?? calibrations[shape.rawValue]
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
