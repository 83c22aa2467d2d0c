/// What a layout family is used for; no family is used for two things.
package enum CorpusSplit: String, CaseIterable, Codable, Sendable {
    case training, calibration, evaluation

    /// Six families in ten train, two calibrate, two evaluate; which does what follows from the family's name alone.
    init(family: String) {
        self =
            switch Dice.hash("split of \(family)") % 10 {
            case 0..<6: .training
            case 6..<8: .calibration
            default: .evaluation
            }
    }
}
