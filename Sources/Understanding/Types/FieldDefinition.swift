package import Documents

/// A value that is read from a type of document: its name, its kind, and the words that stand beside it on paper.
package struct FieldDefinition: Hashable, Sendable {
    /// The name in the document result.
    package var name: String
    /// What people call it.
    package var title: String
    /// The kind of its value; of a field with `parts`, the kind of the part that names the group.
    package var kind: NormalForm
    /// Words that announce the value, beside or above it or at the head of its column; case and signs do not count.
    package var labels: [String]
    /// Whether a document can hold several.
    package var repeats: Bool
    /// Whether a document without it cannot be settled without a person.
    package var required: Bool
    /// Whether it names who sends the paper, and so is the same on every paper of a layout.
    package var namesSender: Bool
    /// What a choice can be.
    package var options: [ChoiceOption]
    /// The parts of a field that is a group of values, as an adjustment is of group, reason and amount.
    package var parts: [FieldDefinition]

    package init(
        name: String, title: String, kind: NormalForm, labels: [String] = [], repeats: Bool = false,
        required: Bool = false, namesSender: Bool = false, options: [ChoiceOption] = [], parts: [FieldDefinition] = []
    ) {
        self.name = name
        self.title = title
        self.kind = kind
        self.labels = labels
        self.repeats = repeats
        self.required = required
        self.namesSender = namesSender
        self.options = options
        self.parts = parts
    }
}

/// One answer of a group of checkboxes.
package struct ChoiceOption: Codable, Hashable, Sendable {
    package var name: String
    /// The words beside its box, or printed as the value.
    package var words: [String]

    package init(name: String, words: [String]) {
        self.name = name
        self.words = words
    }
}

extension FieldDefinition: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, title, kind, labels, repeats, required
        case namesSender = "names_sender"
        case options, parts
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            title: try container.decode(String.self, forKey: .title),
            kind: try container.decode(NormalForm.self, forKey: .kind),
            labels: try container.decodeIfPresent([String].self, forKey: .labels) ?? [],
            repeats: try container.decodeIfPresent(Bool.self, forKey: .repeats) ?? false,
            required: try container.decodeIfPresent(Bool.self, forKey: .required) ?? false,
            namesSender: try container.decodeIfPresent(Bool.self, forKey: .namesSender) ?? false,
            options: try container.decodeIfPresent([ChoiceOption].self, forKey: .options) ?? [],
            parts: try container.decodeIfPresent([FieldDefinition].self, forKey: .parts) ?? [])
    }
}
