/// What two people key of a document without seeing the machine's values or one another's, and what follows from it.
///
/// A pure value. The document is settled by two people who key the same, or by a third who decides where they differ:
/// nothing else makes `settled` true. A place without a value in a key is one where the person found nothing on the page.
package struct BlindKeys: Hashable, Sendable {
    /// What one person keyed: values in normal form by place.
    package struct Key: Hashable, Sendable {
        package let person: String
        package let values: [String: String]

        package init(person: String, values: [String: String]) {
            self.person = person
            self.values = values
        }
    }

    /// What the document waits for.
    package enum Stage: String, Hashable, Sendable {
        case first, second
        /// A third person decides where the keys differ.
        case difference
        case settled
    }

    /// The places to key, in the order of the page; fixed when the rest of the document is reviewed.
    package let places: [String]
    package private(set) var first: Key?
    package private(set) var second: Key?
    /// What the third person decided of the places where the keys differ.
    package private(set) var decision: Key?

    package init(places: [String]) { self.places = places }

    package var stage: Stage {
        guard first != nil else { return places.isEmpty ? .settled : .first }
        guard second != nil else { return .second }
        return differences.isEmpty || decision != nil ? .settled : .difference
    }

    /// The places where the two keys are not the same.
    package var differences: [String] {
        guard let first, let second else { return [] }
        return places.filter { first.values[$0] != second.values[$0] }
    }

    /// The value of each place that has one, once all is settled; nil before.
    package var settledValues: [String: String]? {
        guard stage == .settled else { return nil }
        var values = first?.values ?? [:]
        for place in differences { values[place] = decision?.values[place] }
        return values
    }

    /// Everybody who had a hand in it, in order.
    package var people: [String] { [first, second, decision].compactMap { $0?.person } }

    /// Why `person` cannot do what the document waits for, as a sentence; nil when they can.
    ///
    /// - Parameter maySettle: whether they may decide between two keys.
    package func refusal(of person: String, maySettle: Bool) -> String? {
        if stage != .settled, people.contains(person) {
            return "You have keyed this document: the next to do so is another person, who does not see your values."
        }
        if stage == .difference, !maySettle {
            return "Two people keyed different values: somebody who may settle differences decides."
        }
        return nil
    }

    /// The keys with the next person's values; they are the first, or the second, who is another person.
    ///
    /// Throws `keyRefused`.
    package func keyed(_ values: [String: String], by person: String) throws(GovernanceError) -> BlindKeys {
        try check(values, by: person, of: places)
        var keys = self
        switch stage {
        case .first: keys.first = Key(person: person, values: values)
        case .second: keys.second = Key(person: person, values: values)
        case .difference, .settled:
            throw GovernanceError(.keyRefused, "Two people have keyed this document. It takes no third key.")
        }
        return keys
    }

    /// The keys with a third person's decision of every place where the two differ.
    ///
    /// Throws `keyRefused`.
    package func decided(
        _ values: [String: String], by person: String, maySettle: Bool
    ) throws(GovernanceError) -> BlindKeys {
        guard stage == .difference else {
            throw GovernanceError(.keyRefused, "There is no difference to decide: look at the document again.")
        }
        if let refusal = refusal(of: person, maySettle: maySettle) { throw GovernanceError(.keyRefused, refusal) }
        try check(values, by: person, of: differences)
        var keys = self
        keys.decision = Key(person: person, values: values)
        return keys
    }

    private func check(
        _ values: [String: String], by person: String, of asked: [String]
    ) throws(GovernanceError) {
        if people.contains(person), let refusal = refusal(of: person, maySettle: true) {
            throw GovernanceError(.keyRefused, refusal)
        }
        if let unknown = values.keys.sorted().first(where: { !asked.contains($0) }) {
            throw GovernanceError(.keyRefused, "'\(unknown)' is not asked for. Load the page again.")
        }
    }
}
