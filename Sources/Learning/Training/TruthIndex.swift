import Documents
import Understanding

/// What is true of a document, asked candidate by candidate.
struct TruthIndex {
    enum Verdict {
        /// It is the value, where the value stands.
        case right
        /// It is not.
        case wrong
        /// It says the same elsewhere, or overlaps the value in part, or nobody knows where the value stands: nothing is
        /// learned from it.
        case unclear
    }

    private let fields: [String: [Field]]
    private let claimFields: [String: [Field]]

    init(_ document: Document) {
        fields = document.fields.mapValues(\.fields)
        var claimFields: [String: [Field]] = [:]
        for claim in document.claims {
            for (name, leaf) in claim.fields { claimFields[name, default: []] += leaf.fields }
        }
        self.claimFields = claimFields
    }

    private func values(_ subject: FieldLesson.Subject) -> [Field] {
        (subject.isOfClaim ? claimFields : fields)[subject.name] ?? []
    }

    func verdict(_ choice: FieldLesson.Choice, for subject: FieldLesson.Subject) -> Verdict {
        var best = Verdict.wrong
        for field in values(subject) {
            let isEqual =
                choice.isTerm ? field.derivedFrom != nil : field.value.description == choice.value
            guard let box = field.box, let page = field.page else {
                if isEqual { return .right }
                // It was not found on the pages: any of them may be it, misread.
                best = .unclear
                continue
            }
            let shared = page == choice.page ? box.overlapArea(choice.box) : 0
            let covered = shared / max(1, box.width * box.height)
            let filled = shared / max(1, choice.box.width * choice.box.height)
            if isEqual && covered > 0.3 || covered > 0.75 && filled > 0.75 && !choice.isTerm {
                return .right
            }
            if isEqual || covered > 0.4 && filled > 0.3 { best = .unclear }
        }
        return best
    }

    /// Whether the value of an answer is the field's, exactly in its normal form.
    func isRight(_ answer: FieldLesson.Answer) -> Bool {
        values(answer.subject).contains { field in
            if answer.isTerm {
                guard field.derivedFrom != nil, let box = field.box else { return false }
                return field.page == answer.page && box.overlapArea(answer.box) > 0
            }
            return field.value.description == answer.value
        }
    }
}
