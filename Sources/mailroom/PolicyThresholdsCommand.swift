import ArgumentParser
import Foundation
import Governance
import Records
import Settings
import Understanding

/// `mailroom policy thresholds`: what reviews promise.
struct PolicyThresholdsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thresholds",
        abstract: "Shows for each field the threshold that reviews promise, or why there is none yet.",
        discussion: """
            Only documents drawn by lot count (audit_share in policy.yaml), read by the model in service. One document
            is one outcome of a field: wrong is how many had a wrong value, a part of one where some of its values
            were right. With 'thresholds: learned' in the policy in service what is learned decides.
            """)

    @OptionGroup var location: StoreLocation

    func run() async throws {
        let ground = try PolicyGround()
        let store = try await location.open()
        let (text, name) = try await ground.inService(in: store)
        let policy = try ground.policy(text, name: name)
        let model = try UnderstandingModel.load(from: ground.installation.models).version
        let (outcomes, otherCount) = try await store.read {
            (try $0.sampledOutcomes(model: model), try $0.otherOutcomeCount(model: model))
        }
        try await store.close()
        let learned = LearnedThresholds(outcomes, policy: policy)
        let fieldCount = ground.vocabulary.types.values.reduce(0) { $0 + $1.count }
        print(ThresholdTable(policy: policy, learned: learned, fieldCount: fieldCount))
        if otherCount > 0 {
            print(
                "\(otherCount) other values were reviewed because something was doubtful; they do not say how often values are wrong that nobody looks at."
            )
        }
    }
}
