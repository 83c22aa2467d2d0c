package import Foundation

/// What people keyed so far of the double-blind fields of one document.
package struct KeyRound: Sendable, Hashable {
    /// What one person keyed: values by place.
    package struct Key: Sendable, Hashable {
        package var person: String
        package var values: [String: String]

        package init(person: String, values: [String: String]) {
            self.person = person
            self.values = values
        }
    }

    package var documentID: String
    /// The version of the document that the places are of: with any other it counts no more.
    package var documentVersion: Int
    /// The type and the fields that policy asked for: with others it counts no more.
    package var basis: String
    package var places: [String]
    package var openedAt: Date
    package var first: Key?
    package var second: Key?

    package init(documentID: String, documentVersion: Int, basis: String, places: [String], openedAt: Date) {
        self.documentID = documentID
        self.documentVersion = documentVersion
        self.basis = basis
        self.places = places
        self.openedAt = openedAt
    }
}

/// Which tasks a person may not be given for the sake of double-blind keys.
package struct KeyBar: Sendable, Hashable {
    package var person: String
    /// Whether they may decide between two keys that differ.
    package var maySettle: Bool
    /// The bases that policy has now.
    package var bases: [String]

    package init(person: String, maySettle: Bool, bases: [String]) {
        self.person = person
        self.maySettle = maySettle
        self.bases = bases
    }

    /// The condition on `review_tasks` that the person may be given the task.
    ///
    /// A round with two keys is still there only where they differ.
    var mayTake: SQLStatement {
        guard !bases.isEmpty else { return SQLStatement.all([]) }
        let ofOthers: SQLStatement = maySettle ? "k.second_by = \(person)" : "1 = 1"
        return """
            NOT EXISTS (
                SELECT 1 FROM key_rounds k JOIN documents d ON d.id = k.document_id
                WHERE k.document_id = review_tasks.document_id AND k.document_version = d.version
                    AND k.basis IN (\(list: bases))
                    AND (k.first_by = \(person) OR k.second_by IS NOT NULL AND \(ofOthers)))
            """
    }
}

extension KeyRound: SQLRecord {
    static let columns: SQLStatement =
        """
        document_id, document_version, basis, places, opened_at, first_by, first_values, second_by, second_values
        """

    init(row: SQLRow) throws {
        self.init(
            documentID: try row["document_id"], documentVersion: try row["document_version"],
            basis: try row["basis"], places: try row.json("places"), openedAt: try row["opened_at"])
        func key(_ name: String) throws -> Key? {
            let person: String? = try row["\(name)_by"]
            return try person.map { Key(person: $0, values: try row.json("\(name)_values")) }
        }
        first = try key("first")
        second = try key("second")
    }
}
