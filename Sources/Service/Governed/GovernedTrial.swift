import Records
package import Settings

/// What checking a text and trying it on what came showed, before anybody proposes or confirms it.
package struct GovernedTrial<Value: Governed>: Sendable {
    /// What the text says; nil while there is a problem.
    package let value: Value?
    /// The hash of the one in service that it is compared with.
    package let base: String
    package let problems: [SettingsError]
    package let warnings: [SettingsError]
    /// In what it differs from the one in service.
    package let differences: [SettingsDifference]
    /// What would change, in words and tables; empty while there is a problem.
    package let report: String

    /// - Parameter context: one that holds its policy.
    init(_ text: String, context: ServiceContext) async throws {
        let inService = Value.inService(context).current
        let check = Value.check(text, path: Value.kind.fileName, on: Value.ground(of: context))
        let kept = try await context.store.read { transaction in
            try transaction.governed(Value.kind, hash: inService.hash).flatMap {
                try transaction.governedText($0.number)?.text
            }
        }
        value = check.value
        base = inService.hash
        problems = check.problems
        warnings = check.warnings
        let differences = kept.map { SettingsDifference.between($0, text) } ?? []
        self.differences = differences
        report = try await check.value?.report(against: inService, differences, context) ?? ""
    }
}
