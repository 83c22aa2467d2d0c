/// A type of document that Mailroom knows: what it is called, what is read from it, what must hold in it.
///
/// Each is one file of `Config/document-types`; nothing about a type is compiled in.
package struct DocumentType: Hashable, Sendable {
    package var name: String
    /// What people call it.
    package var title: String
    package var subtypes: [DocumentSubtype]
    package var fields: [FieldDefinition]
    package var claims: ClaimDefinition?
    /// The columns of a table of lines that stands outside of claims, as on an invoice.
    package var lineItems: [FieldDefinition]
    package var checks: [CheckDefinition]
    /// What examples taught of its paper; not in its file.
    package var conventions: TypeConventions?

    package init(
        name: String, title: String, subtypes: [DocumentSubtype] = [], fields: [FieldDefinition] = [],
        claims: ClaimDefinition? = nil, lineItems: [FieldDefinition] = [],
        checks: [CheckDefinition] = []
    ) {
        self.name = name
        self.title = title
        self.subtypes = subtypes
        self.fields = fields
        self.claims = claims
        self.lineItems = lineItems
        self.checks = checks
    }

    /// The definition of the value at `path`, a field's name or `claims[0].paid_amount`,
    /// `claims[0].service_lines[2].units`, `line_items[1].amount`; nil when the type has no such value.
    package func definition(at path: String) -> FieldDefinition? {
        let steps = path.split(separator: ".").map { $0.prefix { $0 != "[" } }
        guard let last = steps.last else { return nil }
        let among: [FieldDefinition]
        switch steps.dropLast() {
        case []: among = fields
        case ["claims"]: among = claims?.fields ?? []
        case ["claims", "service_lines"]: among = claims?.serviceLines ?? []
        case ["line_items"]: among = lineItems
        case let group where group.count == 1: among = fields.first { $0.name == group[0] }?.parts ?? []
        default: return nil
        }
        return among.first { $0.name == last }
    }
}

/// A kind of document within its type.
package struct DocumentSubtype: Codable, Hashable, Sendable {
    package var name: String
    package var title: String

    package init(name: String, title: String) {
        self.name = name
        self.title = title
    }
}

/// What is read from each claim of a remittance.
package struct ClaimDefinition: Codable, Hashable, Sendable {
    package var fields: [FieldDefinition]
    /// The columns of a claim's service lines.
    package var serviceLines: [FieldDefinition]

    package init(fields: [FieldDefinition], serviceLines: [FieldDefinition]) {
        self.fields = fields
        self.serviceLines = serviceLines
    }

    private enum CodingKeys: String, CodingKey {
        case fields
        case serviceLines = "service_lines"
    }
}

extension DocumentType: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, title, subtypes, fields, claims
        case lineItems = "line_items"
        case checks
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            title: try container.decode(String.self, forKey: .title),
            subtypes: try container.decodeIfPresent([DocumentSubtype].self, forKey: .subtypes) ?? [],
            fields: try container.decodeIfPresent([FieldDefinition].self, forKey: .fields) ?? [],
            claims: try container.decodeIfPresent(ClaimDefinition.self, forKey: .claims),
            lineItems: try container.decodeIfPresent([FieldDefinition].self, forKey: .lineItems) ?? [],
            checks: try container.decodeIfPresent([CheckDefinition].self, forKey: .checks) ?? [])
    }
}
