import Documents

extension Document {
    /// Puts an empty row, or an empty value of a list, before the one at `path`.
    ///
    /// Does nothing at the end of a list: a value that is put there makes the list longer.
    mutating func makeRoom(at path: FieldPath) {
        guard let last = path.steps.last, let index = last.index else { return }
        switch (path.steps.count, path.steps[0].name, last.name) {
        case (1, "claims", _):
            if index < claims.count { claims.insert(Claim(fields: [:]), at: index) }
        case (1, "line_items", _):
            if index < lineItems.count { lineItems.insert([:], at: index) }
        case (2, "claims", "service_lines"):
            guard let claim = path.steps[0].index, claims.indices.contains(claim),
                index < claims[claim].serviceLines.count
            else { return }
            claims[claim].serviceLines.insert([:], at: index)
        default:
            _ = changeRow(of: path) { row, steps in row.makeRoom(at: steps) }
        }
    }
}

extension Row {
    fileprivate mutating func makeRoom(at steps: ArraySlice<FieldPath.Step>) -> Bool {
        guard let step = steps.first, steps.count == 1, let index = step.index else { return false }
        switch self[step.name] {
        case .many(var fields) where index < fields.count:
            fields.insert(Field(value: .text(""), confidence: 0.0), at: index)
            self[step.name] = .many(fields)
        case .groups(var groups) where index < groups.count:
            groups.insert([:], at: index)
            self[step.name] = .groups(groups)
        default: return false
        }
        return true
    }
}
