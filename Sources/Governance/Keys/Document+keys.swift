package import Documents

extension Document {
    /// The places where a value of these fields is to be keyed: the document's own once, those of tables in each row.
    package func places(of definitions: Set<String>) -> [FieldPath] {
        func names(under table: String) -> [String] {
            definitions.filter { $0.hasPrefix(table) && !$0.dropFirst(table.count).contains(".") }
                .map { String($0.dropFirst(table.count)) }.sorted()
        }
        func paths(_ steps: [FieldPath.Step], _ table: String) -> [FieldPath] {
            names(under: table).map { FieldPath(steps + [FieldPath.Step($0)]) }
        }
        let ofClaims = claims.enumerated().flatMap { index, claim in
            let place = FieldPath.Step("claims", index)
            return paths([place], "claims.")
                + claim.serviceLines.indices.flatMap {
                    paths([place, FieldPath.Step("service_lines", $0)], "claims.service_lines.")
                }
        }
        return paths([], "") + ofClaims
            + lineItems.indices.flatMap { paths([FieldPath.Step("line_items", $0)], "line_items.") }
    }

    /// The document without the values of these fields and without all that gives them away: what is said of them, what
    /// checks and the books say, other readings.
    ///
    /// Rows stay where they are, though they may be empty then.
    package func hiding(_ definitions: Set<String>) -> Document {
        guard !definitions.isEmpty else { return self }
        var hidden = self
        func isKept(_ prefix: String) -> (String, Leaf) -> Bool {
            { name, _ in !definitions.contains(prefix + name) }
        }
        hidden.fields = fields.filter(isKept(""))
        for index in claims.indices {
            hidden.claims[index].fields = claims[index].fields.filter(isKept("claims."))
            hidden.claims[index].serviceLines = claims[index].serviceLines.map {
                $0.filter(isKept("claims.service_lines."))
            }
            hidden.claims[index].accountMatch = nil
        }
        hidden.lineItems = lineItems.map { $0.filter(isKept("line_items.")) }
        hidden.accountMatch = nil
        hidden.checks = []
        hidden.evidence = []
        hidden.reasons = reasons.hiding(definitions)
        return hidden
    }

    /// The document as the reviewer of all but these fields vouches for it: it still waits for their keys.
    package func confirmed(but definitions: Set<String>, waiting reason: Reason) -> Document {
        var confirmed = confirmed()
        for located in locatedFields where definitions.contains(located.path.definition) {
            _ = confirmed.put(located.field, at: located.path)
        }
        confirmed.disposition = .review
        confirmed.reasons = [reason]
        return confirmed
    }

    /// What makes the document have the settled values at `places`, and nothing where there is none.
    package func edits(settling values: [String: String], at places: [String]) -> [FieldEdit] {
        let present = Dictionary(
            locatedFields.map { ($0.path.description, $0.field) }, uniquingKeysWith: { first, _ in first })
        return places.compactMap { place in
            switch (values[place], present[place]) {
            case (let value?, let field?) where field.value.description == value:
                FieldEdit(path: place, change: .confirm)
            case (let value?, _): FieldEdit(path: place, change: .correct(value))
            case (nil, .some): FieldEdit(path: place, change: .remove)
            case (nil, nil): nil
            }
        }
    }
}

extension [Reason] {
    /// Codes whose details say nothing of values.
    private static var harmless: Set<String> {
        Set(
            [
                ReasonCode.unknownType, .lowTypeConfidence, .lowPagesConfidence, .unreadablePage, .missingField,
                .lowConfidence, .alwaysReview, .auditSample, .splitOff, .keysWanted, .keysDiffer,
            ].map(\.rawValue))
    }

    /// The reasons that are not about these fields, without details that could name their values.
    package func hiding(_ definitions: Set<String>) -> [Reason] {
        guard !definitions.isEmpty else { return self }
        return compactMap { reason in
            if let field = reason.field.flatMap({ FieldPath($0) }), definitions.contains(field.definition) {
                return nil
            }
            return Self.harmless.contains(reason.code) ? reason : Reason(code: reason.code, field: nil, detail: nil)
        }
    }
}
