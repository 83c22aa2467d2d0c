import Documents
import Understanding

/// Rows of values edited as a table: service lines, line items, adjustments.
struct FieldTable: Sendable {
    struct Row: Sendable {
        let label: String
        /// The path that the row's values have in common.
        let place: String
        let isBlank: Bool
        var cells: [Cell]
    }

    /// One line for a single value or for each of several; a group's parts stand on one line.
    struct Cell: Sendable {
        var lines: [Line]
    }

    struct Line: Sendable {
        var inputs: [FieldInput]
    }

    let caption: String
    /// What a screen reader calls it among the tables of the page.
    let region: String
    let columns: [String]
    /// Whether there is a row besides the blank one.
    let hasRows: Bool
    var rows: [Row]

    /// A table of `rows` at the path `place` (`claims[0].service_lines`), with a blank row to add one.
    init(
        caption: String, place: String, within context: String, rows: [Documents.Row], columns: [FieldDefinition],
        inputs: FieldInputs
    ) {
        self.caption = caption
        region = context.isEmpty ? caption : "\(caption), \(context)"
        self.columns = columns.map(\.title)
        hasRows = !rows.isEmpty
        self.rows = (rows + [[:]]).enumerated().map { index, row in
            let label = index == rows.count ? "new row" : "row \(index + 1)"
            let cells = columns.map { column in
                Cell(
                    lines: FieldTable.lines(
                        of: row[column.name], column: column, path: "\(place)[\(index)].\(column.name)",
                        within: context.isEmpty ? label : "\(label), \(context)", inputs: inputs))
            }
            return Row(label: label, place: "\(place)[\(index)]", isBlank: index == rows.count, cells: cells)
        }
    }

    /// A table of the groups of one field, such as the adjustments of a payment, with a blank row to add one.
    init(group definition: FieldDefinition, leaf: Leaf?, inputs: FieldInputs) {
        var groups: [[String: Field]] = []
        if case .groups(let found)? = leaf { groups = found }
        caption = definition.title
        region = caption
        columns = definition.parts.map(\.title)
        hasRows = !groups.isEmpty
        rows = (groups + [[:]]).enumerated().map { index, group in
            let label = index == groups.count ? "new row" : "row \(index + 1)"
            let cells = definition.parts.map { part in
                let input = inputs.input(
                    "\(definition.name)[\(index)].\(part.name)", field: group[part.name], label: part.title,
                    within: label)
                return Cell(lines: [Line(inputs: [input])])
            }
            return Row(
                label: label, place: "\(definition.name)[\(index)]", isBlank: index == groups.count, cells: cells)
        }
    }

    /// The lines of one cell; a cell that can hold several values ends with an empty line.
    private static func lines(
        of leaf: Leaf?, column: FieldDefinition, path: String, within place: String, inputs: FieldInputs
    ) -> [Line] {
        func input(_ path: String, _ field: Field?) -> FieldInput {
            inputs.input(path, field: field, label: column.title, within: place)
        }
        if !column.parts.isEmpty {
            var groups: [[String: Field]] = []
            if case .groups(let found)? = leaf { groups = found }
            return (groups + [[:]]).enumerated().map { index, group in
                Line(
                    inputs: column.parts.map { part in
                        inputs.input(
                            "\(path)[\(index)].\(part.name)", field: group[part.name], label: part.title,
                            within: "\(column.title), \(place)")
                    })
            }
        }
        guard column.repeats else {
            if case .one(let field)? = leaf { return [Line(inputs: [input(path, field)])] }
            return [Line(inputs: [input(path, nil)])]
        }
        var fields: [Field?] = []
        if case .many(let found)? = leaf { fields = found }
        return (fields + [nil]).enumerated().map { Line(inputs: [input("\(path)[\($0.offset)]", $0.element)]) }
    }
}
