package import Documents
package import Governance
import Records

/// What is keyed of a document so far, with what the machine read there.
package struct KeyCase: Sendable {
    package var keys: BlindKeys
    /// By place; its ink is for whoever keys, its value for whoever decides.
    package var machine: [String: Field]

    init?(of record: DocumentRecord, policy: Policy, in transaction: Transaction) throws {
        guard record.status == .inReview, !policy.blindFields(of: record.type).isEmpty,
            let round = try transaction.keyRound(
                of: record.id, version: record.version, bases: [policy.keysBasis(of: record.type)])
        else { return nil }
        keys = try BlindKeys(round)
        let places = Set(keys.places)
        machine = Dictionary(
            record.document.locatedFields.map { ($0.path.description, $0.field) }.filter { places.contains($0.0) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension BlindKeys {
    /// The keys that the store has.
    init(_ round: KeyRound) throws(GovernanceError) {
        var keys = BlindKeys(places: round.places)
        for key in [round.first, round.second] {
            if let key { keys = try keys.keyed(key.values, by: key.person) }
        }
        self = keys
    }
}
