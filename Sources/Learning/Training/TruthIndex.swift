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
                choice.isTerm
                ? field.derivedFrom != nil : field.value.description.isSameButForCase(as: choice.value)
            guard let box = field.box, let page = field.page else {
                if isEqual { return .right }
                // It was not found on the pages: any of them may be it, misread.
                best = .unclear
                continue
            }
            let shared = page == choice.page ? box.overlapArea(choice.box) : 0
            let covered = shared / max(1, box.width * box.height)
            let filled = shared / max(1, choice.box.width * choice.box.height)
            if subject.isTaught, !choice.isTerm {
                best = TruthIndex.verdict(box, page == choice.page ? choice : nil, isEqual: isEqual, before: best)
                if best == .right { return best }
                continue
            }
            if isEqual && covered > 0.3 || covered > 0.75 && filled > 0.75 && !choice.isTerm {
                return .right
            }
            if isEqual || covered > 0.4 && filled > 0.3 { best = .unclear }
        }
        return best
    }

    /// What is true of a choice for a value that has no label: it must end where the value does, to a word.
    private static func verdict(_ box: Box, _ choice: FieldLesson.Choice?, isEqual: Bool, before: Verdict) -> Verdict {
        guard let choice else { return isEqual ? .unclear : before }
        let own = choice.box
        let (across, down) = (1.2 * choice.lineHeight, 0.6 * choice.lineHeight)
        let isThere =
            abs(own.left - box.left) < across && abs(own.right - box.right) < across
            && abs(own.top - box.top) < down && abs(own.bottom - box.bottom) < down
        if isThere || isEqual && own.overlapArea(box) > 0 { return .right }
        return isEqual ? .unclear : before
    }

    /// Whether the value of an answer is the field's, exactly in its normal form but for capitals.
    func isRight(_ answer: FieldLesson.Answer) -> Bool {
        values(answer.subject).contains { field in
            if answer.isTerm {
                guard field.derivedFrom != nil, let box = field.box else { return false }
                return field.page == answer.page && box.overlapArea(answer.box) > 0
            }
            // The reader takes the first printing of the same name.
            return field.value.description.isSameButForCase(as: answer.value)
        }
    }
}
