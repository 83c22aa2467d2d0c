package import Understanding

extension Vocabulary {
    /// The vocabulary of the document types in force.
    package init(_ catalog: DocumentTypeCatalog) {
        self.init(
            types: Dictionary(
                catalog.types.map { ($0.name, Vocabulary.rules($0)) }, uniquingKeysWith: { first, _ in first }),
            subtypes: Dictionary(
                catalog.types.map { ($0.name, Set($0.subtypes.map(\.name))) }, uniquingKeysWith: { first, _ in first })
        )
    }

    private static func rules(_ type: DocumentType) -> [String: FieldRule] {
        let tables: [(prefix: String, fields: [FieldDefinition])] = [
            ("", type.fields), ("claims.", type.claims?.fields ?? []),
            ("claims.service_lines.", type.claims?.serviceLines ?? []), ("line_items.", type.lineItems),
        ]
        var rules: [String: FieldRule] = [:]
        for table in tables {
            for field in table.fields {
                let name = table.prefix + field.name
                guard field.parts.isEmpty else {
                    for part in field.parts { rules["\(name).\(part.name)"] = FieldRule(part, required: false) }
                    continue
                }
                rules[name] = FieldRule(field, required: field.required)
            }
        }
        return rules
    }
}

extension Vocabulary.FieldRule {
    fileprivate init(_ definition: FieldDefinition, required: Bool) {
        self.init(
            title: definition.title, kind: definition.kind, repeats: definition.repeats, required: required,
            options: definition.options.map(\.name))
    }
}
