/// Edits that belong together, with the places where rows are put in before them.
package struct EditBatch: Codable, Hashable, Sendable {
    /// Where room is made before the edits.
    package var places: [FieldPath]
    package var edits: [FieldEdit]

    package init(places: [FieldPath] = [], edits: [FieldEdit]) {
        self.places = places
        self.edits = edits
    }
}

extension FieldPath: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let path = FieldPath(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is no place of a value"))
        }
        self = path
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
