import Documents
import Understanding

/// All values of a document as the task's page shows them: single fields that need a look, the least certain first; the
/// other fields in the order of the type; the tables.
struct DocumentForm: Sendable {
    struct ClaimPart: Sendable {
        let title: String
        let place: String
        /// Whether its fields are shown without a click: there is a claim, or policy misses one.
        let isOpen: Bool
        var fields: [FieldInput]
        var lines: FieldTable?
    }

    /// Values that are there or that policy misses.
    var fields: [FieldInput]
    /// Fields of the type that were not found and that nothing asks for.
    var more: [FieldInput]
    var groups: [FieldTable]
    var claims: [ClaimPart]
    var lineItems: FieldTable?

    init(_ inputs: FieldInputs) {
        let document = inputs.document
        let type = inputs.definitions.type
        var single: [FieldInput] = []
        groups = []
        for definition in type?.fields ?? [] {
            if definition.parts.isEmpty {
                single += DocumentForm.inputs(for: definition, leaf: document.fields[definition.name], inputs)
            } else {
                groups.append(FieldTable(group: definition, leaf: document.fields[definition.name], inputs: inputs))
            }
        }
        fields =
            single.filter(\.isDoubtful).sorted { ($0.percent ?? 0) < ($1.percent ?? 0) }
            + single.filter { $0.percent != nil && !$0.isDoubtful }
        more = single.filter { $0.percent == nil && !$0.isDoubtful }
        claims = DocumentForm.claims(document.claims, type?.claims, inputs)
        if let columns = type?.lineItems, !columns.isEmpty {
            lineItems = FieldTable(
                caption: "Line items", place: "line_items", within: "", rows: document.lineItems, columns: columns,
                inputs: inputs)
        }
        rank()
    }

    private static func inputs(
        for definition: FieldDefinition, leaf: Leaf?, _ inputs: FieldInputs
    ) -> [FieldInput] {
        guard definition.repeats else {
            if case .one(let field)? = leaf {
                return [inputs.input(definition.name, field: field, label: definition.title)]
            }
            return [inputs.input(definition.name, field: nil, label: definition.title)]
        }
        var fields: [Field?] = []
        if case .many(let found)? = leaf { fields = found }
        return (fields + [nil]).enumerated().map { index, field in
            inputs.input(
                "\(definition.name)[\(index)]", field: field, label: "\(definition.title) \(index + 1)")
        }
    }

    /// Every claim of the document and, where the type has claims, an empty one to add.
    private static func claims(
        _ claims: [Documents.Claim], _ definition: ClaimDefinition?, _ inputs: FieldInputs
    ) -> [ClaimPart] {
        guard let definition else { return [] }
        return (claims + [Documents.Claim(fields: [:])]).enumerated().map { index, claim in
            let isNew = index == claims.count
            let title = isNew ? "Add a claim" : "Claim \(index + 1)"
            let fields = definition.fields.map { field -> FieldInput in
                var found: Field?
                if case .one(let value)? = claim.fields[field.name] { found = value }
                return inputs.input(
                    "claims[\(index)].\(field.name)", field: found, label: field.title, within: title)
            }
            let lines = FieldTable(
                caption: "Service lines", place: "claims[\(index)].service_lines", within: title,
                rows: claim.serviceLines, columns: definition.serviceLines, inputs: inputs)
            return ClaimPart(
                title: [title, claim.accountMatch?.words].compactMap { $0 }.joined(separator: " · "),
                place: "claims[\(index)]",
                isOpen: !isNew || fields.contains(where: \.isDoubtful), fields: fields,
                lines: isNew ? nil : lines)
        }
    }

    /// Numbers the values that need a look: single fields as they stand, then the tables from the top.
    private mutating func rank() {
        var next = 1
        func number(_ input: inout FieldInput) {
            guard input.isDoubtful else { return }
            input.rank = next
            next += 1
        }
        func number(_ table: inout FieldTable) {
            for row in table.rows.indices {
                for cell in table.rows[row].cells.indices {
                    for line in table.rows[row].cells[cell].lines.indices {
                        for input in table.rows[row].cells[cell].lines[line].inputs.indices {
                            number(&table.rows[row].cells[cell].lines[line].inputs[input])
                        }
                    }
                }
            }
        }
        for index in fields.indices { number(&fields[index]) }
        for index in groups.indices { number(&groups[index]) }
        for index in claims.indices {
            for field in claims[index].fields.indices { number(&claims[index].fields[field]) }
            if var lines = claims[index].lines {
                number(&lines)
                claims[index].lines = lines
            }
        }
        if var items = lineItems {
            number(&items)
            lineItems = items
        }
    }

    /// Every input of the form, in its order.
    var inputs: [FieldInput] {
        let tables = groups + claims.compactMap(\.lines) + (lineItems.map { [$0] } ?? [])
        let cells = tables.flatMap { $0.rows.flatMap { $0.cells.flatMap { $0.lines.flatMap(\.inputs) } } }
        return fields + more + claims.flatMap(\.fields) + cells
    }
}
