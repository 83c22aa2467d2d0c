import Documents

extension Document {
    /// Whether policy can require the field: the document's own, or one of claims, service lines or line items.
    static func canRequire(_ path: FieldPath) -> Bool {
        path.steps.allSatisfy { $0.index == nil }
            && [[], ["claims"], ["claims", "service_lines"], ["line_items"]]
                .contains(path.steps.dropLast().map(\.name))
    }

    /// The places where the required field is missing.
    ///
    /// A field of claims or line items must be in each of them, and there must be one at least; a field of service
    /// lines must be in each line that is there, for many remittances print none. What each service line of a claim says
    /// is not missing in the claim: many remittances print no totals of claims.
    func places(missing required: FieldPath) -> [FieldPath] {
        guard let name = required.steps.last?.name else { return [] }
        return rows(required.steps.dropLast().map(\.name)).filter { place in
            place.row[name] == nil && !isSaidByServiceLines(name, at: place.steps)
        }.map { place in
            FieldPath(place.steps + [FieldPath.Step(name)])
        }
    }

    private func isSaidByServiceLines(_ name: String, at place: [FieldPath.Step]) -> Bool {
        guard place.count == 1, place[0].name == "claims", let index = place[0].index, claims.indices.contains(index)
        else { return false }
        let lines = claims[index].serviceLines
        return !lines.isEmpty && lines.allSatisfy { $0[name] != nil }
    }

    private func rows(_ table: [String]) -> [(steps: [FieldPath.Step], row: Row)] {
        switch table {
        case ["claims"]:
            return Document.atLeastOne(claims.map(\.fields), of: "claims")
        case ["line_items"]:
            return Document.atLeastOne(lineItems, of: "line_items")
        case ["claims", "service_lines"]:
            return claims.enumerated().flatMap { index, claim in
                claim.serviceLines.enumerated().map { ([.init("claims", index), .init("service_lines", $0)], $1) }
            }
        default:
            return [([], fields)]
        }
    }

    private static func atLeastOne(_ rows: [Row], of table: String) -> [(steps: [FieldPath.Step], row: Row)] {
        (rows.isEmpty ? [[:]] : rows).enumerated().map { ([FieldPath.Step(table, $0)], $1) }
    }
}
