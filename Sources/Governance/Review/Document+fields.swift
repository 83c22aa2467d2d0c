package import Documents

/// A field and its place in the document.
package struct LocatedField: Hashable, Sendable {
    package var path: FieldPath
    package var field: Field

    package init(path: FieldPath, field: Field) {
        self.path = path
        self.field = field
    }
}

extension Document {
    /// Every field of the document: its own by name, then claim by claim with the service lines, then line items.
    package var locatedFields: [LocatedField] {
        var located = fields.located(under: [])
        for (index, claim) in claims.enumerated() {
            let place = FieldPath.Step("claims", index)
            located += claim.fields.located(under: [place])
            for (line, row) in claim.serviceLines.enumerated() {
                located += row.located(under: [place, FieldPath.Step("service_lines", line)])
            }
        }
        for (index, row) in lineItems.enumerated() {
            located += row.located(under: [FieldPath.Step("line_items", index)])
        }
        return located
    }

    /// Puts `field` at `path`; a place that is one past the end of its list makes the list longer.
    ///
    /// Returns false, and changes nothing, when the document has no such place.
    mutating func put(_ field: Field, at path: FieldPath) -> Bool {
        var changed = self
        let done = changed.changeRow(of: path) { row, steps in row.put(field, at: steps) }
        if done { self = changed }
        return done
    }

    /// Takes the field at `path` away; what stood behind it in its list moves up.
    ///
    /// Rows stay, though empty.
    mutating func remove(at path: FieldPath) {
        _ = changeRow(of: path) { row, steps in row.remove(at: steps) }
    }

    /// Drops claims, service lines and line items that hold nothing.
    mutating func dropEmptyRows() {
        for index in claims.indices {
            claims[index].serviceLines.removeAll(where: \.isEmpty)
        }
        claims.removeAll { $0.fields.isEmpty && $0.serviceLines.isEmpty }
        lineItems.removeAll(where: \.isEmpty)
    }

    /// Finds the row that `path` leads to, making it when it is one past the end, and changes it with the steps left.
    mutating func changeRow(
        of path: FieldPath, _ change: (inout Row, ArraySlice<FieldPath.Step>) -> Bool
    ) -> Bool {
        guard let first = path.steps.first else { return false }
        switch first.name {
        case "claims":
            guard let index = first.index, claims.grow(to: index, with: Claim(fields: [:])) else { return false }
            guard path.steps.count > 1, path.steps[1].name == "service_lines" else {
                return change(&claims[index].fields, path.steps.dropFirst())
            }
            guard let line = path.steps[1].index, claims[index].serviceLines.grow(to: line, with: [:]) else {
                return false
            }
            return change(&claims[index].serviceLines[line], path.steps.dropFirst(2))
        case "line_items":
            guard let index = first.index, lineItems.grow(to: index, with: [:]) else { return false }
            return change(&lineItems[index], path.steps.dropFirst())
        default:
            return change(&fields, path.steps[...])
        }
    }
}

extension Array {
    /// Makes sure that `index` is a place of the array, adding `element` when it is one past the end.
    fileprivate mutating func grow(to index: Int, with element: Element) -> Bool {
        if index == count { append(element) }
        return indices.contains(index)
    }
}

extension Row {
    fileprivate func located(under prefix: [FieldPath.Step]) -> [LocatedField] {
        sorted { $0.key < $1.key }.flatMap { name, leaf in
            func path(_ steps: FieldPath.Step...) -> FieldPath { FieldPath(prefix + steps) }
            return switch leaf {
            case .one(let field):
                [LocatedField(path: path(.init(name)), field: field)]
            case .many(let fields):
                fields.enumerated().map { LocatedField(path: path(.init(name, $0.offset)), field: $0.element) }
            case .groups(let groups):
                groups.enumerated().flatMap { index, group in
                    group.sorted { $0.key < $1.key }.map {
                        LocatedField(path: path(.init(name, index), .init($0.key)), field: $0.value)
                    }
                }
            }
        }
    }

    fileprivate mutating func put(_ field: Field, at steps: ArraySlice<FieldPath.Step>) -> Bool {
        guard let first = steps.first else { return false }
        switch (self[first.name], first.index, steps.count) {
        case (nil, nil, 1), (.one, nil, 1):
            self[first.name] = .one(field)
        case (nil, 0, 1):
            self[first.name] = .many([field])
        case (.many(var fields), let index?, 1):
            guard fields.grow(to: index, with: field) else { return false }
            fields[index] = field
            self[first.name] = .many(fields)
        case (nil, 0, 2):
            self[first.name] = .groups([[:]])
            return put(field, at: steps)
        case (.groups(var groups), let index?, 2):
            guard let last = steps.last, last.index == nil, groups.grow(to: index, with: [:]) else { return false }
            groups[index][last.name] = field
            self[first.name] = .groups(groups)
        default:
            return false
        }
        return true
    }

    fileprivate mutating func remove(at steps: ArraySlice<FieldPath.Step>) -> Bool {
        guard let first = steps.first else { return false }
        switch (self[first.name], first.index, steps.count) {
        case (.one, nil, 1):
            self[first.name] = nil
        case (.many(var fields), let index?, 1):
            guard fields.indices.contains(index) else { return false }
            fields.remove(at: index)
            self[first.name] = fields.isEmpty ? nil : .many(fields)
        case (.groups(var groups), let index?, 2):
            guard let last = steps.last, groups.indices.contains(index) else { return false }
            groups[index][last.name] = nil
            if groups[index].isEmpty { groups.remove(at: index) }
            self[first.name] = groups.isEmpty ? nil : .groups(groups)
        default:
            return false
        }
        return true
    }
}
