package import Documents

extension Document {
    /// The document as it goes to review again because a value of `field` was found wrong, here or in another one.
    ///
    /// The values concerned are trusted by nobody any more: they have confidence 0, and `right`, where it is known, among
    /// their other readings. Every reason has `sentence`.
    ///
    /// - Parameters:
    ///   - path: the wrong value; nil where it is in another document, and every value of the field is concerned.
    ///   - field: the field without places.
    package func recalled(at path: FieldPath?, field: String, right: FieldValue?, because sentence: String) -> Document
    {
        var recalled = self
        recalled.disposition = .review
        recalled.reasons = []
        let concerned = locatedFields.filter { located in
            path.map { $0 == located.path } ?? (located.path.definition == field)
        }
        for located in concerned {
            var value = located.field
            value.confidence = 0.0
            if let right, right != value.value {
                value.alternatives = [right] + (value.alternatives ?? []).filter { $0 != right }
            }
            _ = recalled.put(value, at: located.path)
            recalled.reasons.append(
                Reason(code: ReasonCode.recalled.rawValue, field: located.path.description, detail: sentence))
        }
        if concerned.isEmpty { recalled.reasons = [Reason(code: ReasonCode.recalled.rawValue, detail: sentence)] }
        return recalled
    }

    /// Whether it is in review because of a recall.
    package var isRecalled: Bool { reasons.contains { $0.code == ReasonCode.recalled.rawValue } }

    /// The reasons of a recall that still hold in `later`, a later state of the document: a value that a person has
    /// vouched for since is doubted no more.
    package func recallReasons(leftIn later: Document) -> [Reason] {
        let settled = Set(
            later.locatedFields.filter { $0.field.confidence.tenThousandths == 10_000 }.map(\.path.description))
        return reasons.filter { reason in
            reason.code == ReasonCode.recalled.rawValue && reason.field.map { !settled.contains($0) } ?? true
        }
    }

    /// The reasons of a recall that still hold in the document, as those of another one that its pages become part of:
    /// places in tables and fields that the other has no value of are left out.
    package func recallReasons(carriedTo other: Document) -> [Reason] {
        let fields = Set(other.locatedFields.map(\.path.description))
        return recallReasons(leftIn: self).map { reason in
            var carried = reason
            let path = reason.field.flatMap { FieldPath($0) }
            let fits = path.map { $0.steps.count == 1 && $0.steps[0].index == nil && fields.contains($0.description) }
            if fits != true { carried.field = nil }
            return carried
        }
    }

    /// What policy says of the document, under what a recall says of it.
    package func adding(recallReasons reasons: [Reason]) -> Document {
        var both = self
        let fields = Set(reasons.compactMap(\.field))
        // The sentence of the recall says why the confidence is 0.
        both.reasons.removeAll { $0.code == ReasonCode.lowConfidence.rawValue && $0.field.map(fields.contains) == true }
        both.reasons = reasons + both.reasons
        if !reasons.isEmpty { both.disposition = .review }
        return both
    }
}
