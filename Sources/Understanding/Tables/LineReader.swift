import Documents
import Foundation

/// Reads the lines of a table as rows of named values.
struct LineReader {
    let text: DocumentText
    let model: TableModel
    let scope: DocumentScope

    /// The row of a line; empty when no column of it is known.
    ///
    /// `more` are lines that go on with it; `holds` says whether the line's arithmetic does (1), does not (-1) or
    /// cannot be told (0).
    func row(_ line: Table.Line, more: [Table.Line] = [], of table: Table, holds: Int = 0) -> Row {
        var row: Row = [:]
        let named = table.columns.count { $0.target != nil }
        let share = Double(named) / Double(max(1, table.columns.count))
        for cell in line.cells {
            guard let column = table.column(of: cell), let target = column.target else { continue }
            let lexical = text.lexicon.targets[target]
            guard lexical.scope == scope, !lexical.definition.repeats,
                let value = value(of: cell, as: lexical.definition, page: table.page),
                row[lexical.definition.name] == nil
            else { continue }
            let field = field(
                cell, value: value, page: table.page,
                facts: [column.likeness, cell.confidence, share, Double(holds)])
            row[lexical.definition.name] = .one(field)
        }
        if scope == .line {
            let parts = ServiceParts(text: text, table: table) { cell, value in
                self.field(cell, value: value, page: table.page, facts: [0.8, cell.confidence, share, Double(holds)])
            }
            row.merge(parts.row(line, more: more)) { found, _ in found }
        }
        return row
    }

    private func value(of cell: TableCell, as definition: FieldDefinition, page: Int) -> String? {
        if cell.kind == .money || cell.kind == .date
            || cell.kind == .code && definition.kind == .procedureCode
        {
            return cell.value
        }
        return switch cell.kind {
        // What looks like a procedure code with a modifier may be an account number: `14822-81`.
        case .code: definition.kind.normalize(text.pages[page].text(cell.tokens))
        // A rule beside the words is read as one of them.
        case .words: definition.kind.normalize(cell.text.trimmingCharacters(in: LineReader.rules))
        default: definition.kind.normalize(cell.text)
        }
    }

    private static let rules = CharacterSet(charactersIn: "|[] ")

    private func field(_ cell: TableCell, value: String, page: Int, facts: [Double]) -> Field {
        Field(
            value: .text(value), text: cell.text, confidence: Confidence(model.cells.probability(facts)),
            page: text.pages[page].number, box: cell.box,
            alternatives: cell.alternatives.isEmpty ? nil : cell.alternatives.map { .text($0) })
    }
}
