package import Documents

/// The document types that exist and what their fields hold: all that policy and reviewers' edits need to know of them.
package struct Vocabulary: Hashable, Sendable {
    /// One field of a type.
    package struct FieldRule: Hashable, Sendable {
        /// What people call the field.
        package var title: String
        package var kind: NormalForm
        /// Whether the field holds a list of values.
        package var repeats: Bool
        /// Whether a document without the field goes to review, unless policy lists other fields.
        package var required: Bool
        /// The values that a choice may have.
        package var options: [String]

        package init(
            title: String, kind: NormalForm, repeats: Bool = false, required: Bool = false, options: [String] = []
        ) {
            self.title = title
            self.kind = kind
            self.repeats = repeats
            self.required = required
            self.options = options
        }
    }

    /// For each type, its fields by name.
    ///
    /// Fields of tables are named from the outside in: `claims.paid_amount`, `claims.service_lines.charge_amount`,
    /// `provider_adjustments.amount`.
    package var types: [String: [String: FieldRule]]

    /// For each type that has subtypes, their names.
    package var subtypes: [String: Set<String>]

    package init(types: [String: [String: FieldRule]], subtypes: [String: Set<String>] = [:]) {
        self.types = types
        self.subtypes = subtypes
    }

    /// The rule of the field that `path` names in documents of `type`; nil when the type has no such field.
    package func rule(of path: FieldPath, in type: String) -> FieldRule? { types[type]?[path.definition] }
}
