package import Foundation
package import Governance
package import Settings

/// What the house says of denials: `Config/denials.yaml` and the letter that appeals begin with.
package struct DenialRules: Sendable {
    package let table: DenialTable
    let appealLetter: AppealLetter

    /// Reads and checks both in the folder `config`; throws the first problem.
    package static func load(config: URL) throws(SettingsError) -> DenialRules {
        DenialRules(
            table: try DenialTable.load(config: config),
            appealLetter: try AppealLetter(file: config.appending(path: "templates/appeal.txt")))
    }
}
