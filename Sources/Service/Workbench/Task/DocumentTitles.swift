import Documents
import Understanding

/// What the screen calls a type, its subtypes and its fields.
struct DocumentTitles {
    struct Definition {
        let title: String
        let kind: NormalForm
        let options: [String]
    }

    /// Nil for a type that the configuration no longer has.
    let type: DocumentType?
    let typeName: String

    /// - Parameter hidden: fields that a person must not see now, and that no form has.
    init(_ typeName: String, catalog: DocumentTypeCatalog, hiding hidden: Set<String> = []) {
        self.typeName = typeName
        type = catalog[typeName]?.hiding(hidden)
    }

    var title: String { type?.title ?? DocumentTitles.words(typeName) }

    func subtypeTitle(_ name: String?) -> String? {
        name.map { name in type?.subtypes.first { $0.name == name }?.title ?? DocumentTitles.words(name) }
    }

    /// The title of the value at `path` and nothing of the row that it is in.
    func title(of path: String) -> String {
        definition(at: path)?.title ?? DocumentTitles.words(String(path.split(separator: ".").last ?? ""))
    }

    func definition(at path: String) -> Definition? {
        (type?.definition(at: path) ?? part(at: path)).map {
            Definition(title: $0.title, kind: $0.kind, options: $0.options.map(\.name))
        }
    }

    /// The part of a group in a row, such as the amount of a line's adjustment.
    private func part(at path: String) -> FieldDefinition? {
        let steps = path.split(separator: ".")
        let group = type?.definition(at: steps.dropLast().joined(separator: "."))
        return group?.parts.first { $0.name == steps.last.map(String.init) }
    }

    private static func words(_ name: String) -> String { name.replacing("_", with: " ") }
}

extension DocumentType {
    /// The type without these fields, named without places.
    fileprivate func hiding(_ definitions: Set<String>) -> DocumentType {
        guard !definitions.isEmpty else { return self }
        func left(_ fields: [FieldDefinition], _ prefix: String) -> [FieldDefinition] {
            fields.filter { !definitions.contains(prefix + $0.name) }
        }
        var type = self
        type.fields = left(fields, "")
        type.lineItems = left(lineItems, "line_items.")
        type.claims?.fields = left(claims?.fields ?? [], "claims.")
        type.claims?.serviceLines = left(claims?.serviceLines ?? [], "claims.service_lines.")
        return type
    }
}
