package import Documents

extension Policy {
    /// The fields of documents of `type` that two people key, named without places.
    package func blindFields(of type: String) -> Set<String> { types[type]?.doubleBlind ?? [] }

    /// What keys of documents of `type` are given for: keys that were asked for on another list of fields do not count.
    package func keysBasis(of type: String) -> String {
        "\(type)/\(blindFields(of: type).sorted().joined(separator: ","))"
    }

    /// The basis of every type that has fields to key.
    package var keysBases: [String] { types.filter { !$0.value.doubleBlind.isEmpty }.keys.sorted().map(keysBasis) }

    /// Whether people with these permissions may come to key documents, and so must not see the values before.
    package static func mayKey(_ permissions: Set<Permission>) -> Bool { permissions.contains(.reviewDocuments) }

    /// The terms of a task's priority that tell a value of `type` which is keyed blind.
    package func telltaleTerms(of type: String) -> Set<PriorityTerm.Name> {
        guard let rule = types[type], !rule.doubleBlind.isEmpty else { return [] }
        var terms: Set<PriorityTerm.Name> = []
        if !rule.doubleBlind.isDisjoint(with: rule.amountAtStake) { terms.insert(.amount) }
        if let deadline = rule.deadline, rule.doubleBlind.contains(deadline) { terms.insert(.deadline) }
        return terms
    }

    /// The value that `typed` stands for in a field that is keyed, or the sentence that says why it is none.
    package static func keyedValue(
        _ typed: String, at path: FieldPath, in type: String, vocabulary: Vocabulary
    ) -> Result<String, GovernanceError> {
        guard let rule = vocabulary.rule(of: path, in: type), typed.count <= typedCharactersMax else {
            return .failure(GovernanceError(.keyRefused, "At most \(typedCharactersMax) characters can be typed."))
        }
        guard let value = rule.value(typed: typed) else {
            return .failure(
                GovernanceError(
                    .keyRefused, "This is not \(rule.expected). Type one, or tick that it is not on the page."))
        }
        return .success(value.description)
    }

    private static let typedCharactersMax = 4000
}
