package import Documents

/// The place of an amount in a document, as an equation names it: `claims[0].service_lines[2].paid_amount`.
package struct AmountPlace {
    private let steps: [(name: String, index: Int?)]

    package init(_ term: String) {
        steps = term.split(separator: ".").map { step in
            let parts = step.split { "[]".contains($0) }
            return (String(parts[0]), parts.count > 1 ? Int(parts[1]) : nil)
        }
    }

    /// The service line that it is on, as claim and line; nil elsewhere.
    var line: (claim: Int, line: Int)? {
        guard steps.count > 2, steps[1].name == "service_lines", let claim = steps[0].index, let line = steps[1].index
        else { return nil }
        return (claim, line)
    }

    /// The field there; nil when there is none.
    package func field(in document: Document) -> Field? {
        row(in: document).flatMap { AmountPlace.field($0.steps, in: $0.row) }
    }

    /// Puts a field in the place of the one there.
    func put(_ field: Field, into document: inout Document) {
        guard let first = steps.first else { return }
        switch (first.name, first.index) {
        case ("claims", let claim?) where document.claims.indices.contains(claim):
            if let place = line, document.claims[claim].serviceLines.indices.contains(place.line) {
                AmountPlace.put(field, steps.dropFirst(2), into: &document.claims[claim].serviceLines[place.line])
            } else {
                AmountPlace.put(field, steps.dropFirst(), into: &document.claims[claim].fields)
            }
        case ("line_items", let item?) where document.lineItems.indices.contains(item):
            AmountPlace.put(field, steps.dropFirst(), into: &document.lineItems[item])
        default: AmountPlace.put(field, steps[...], into: &document.fields)
        }
    }

    private typealias Steps = ArraySlice<(name: String, index: Int?)>

    private func row(in document: Document) -> (row: Row, steps: Steps)? {
        guard let first = steps.first else { return nil }
        switch (first.name, first.index) {
        case ("claims", let claim?):
            guard document.claims.indices.contains(claim) else { return nil }
            guard let place = line else { return (document.claims[claim].fields, steps.dropFirst()) }
            let lines = document.claims[claim].serviceLines
            return lines.indices.contains(place.line) ? (lines[place.line], steps.dropFirst(2)) : nil
        case ("line_items", let item?):
            return document.lineItems.indices.contains(item) ? (document.lineItems[item], steps.dropFirst()) : nil
        default: return (document.fields, steps[...])
        }
    }

    private static func field(_ steps: Steps, in row: Row) -> Field? {
        guard let first = steps.first, let leaf = row[first.name] else { return nil }
        switch leaf {
        case .one(let field): return field
        case .groups(let groups):
            guard let index = first.index, groups.indices.contains(index), let part = steps.dropFirst().first else {
                return nil
            }
            return groups[index][part.name]
        case .many: return nil
        }
    }

    private static func put(_ field: Field, _ steps: Steps, into row: inout Row) {
        guard let first = steps.first, let leaf = row[first.name] else { return }
        switch leaf {
        case .one: row[first.name] = .one(field)
        case .groups(var groups):
            guard let index = first.index, groups.indices.contains(index), let part = steps.dropFirst().first else {
                return
            }
            groups[index][part.name] = field
            row[first.name] = .groups(groups)
        case .many: break
        }
    }
}
