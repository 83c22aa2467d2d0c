import Documents
import Governance
import Records
import Understanding

/// The content of the page where people key values of a document, or decide between two keys.
struct KeyView: Sendable {
    /// One place to key.
    struct Place: Sendable {
        let input: FieldInput
        /// The row that it is in, in words; nil for the document's own.
        let row: String?
        /// Whether the person says that nothing of the kind is on the page.
        let isNone: Bool
        /// What to choose from where two keys differ.
        let readings: [Reading]
        let isTyped: Bool
    }

    struct Reading: Sendable {
        let name: String
        let title: String
        let value: String
        let isChosen: Bool
    }

    let id: String
    let documentVersion: Int
    let queue: String
    let queueTitle: String
    let typeTitle: String
    let subtypeTitle: String?
    let fileName: String
    let pageRange: String
    let age: String
    let places: [Place]
    let isDecision: Bool
    let isSecond: Bool
    /// How many places both people keyed alike, where they differ in others.
    let agreedCount: Int?
    let mayEdit: Bool
    let mayTake: Bool
    let notice: String?
    let sheets: [PageSheet]
    let hasManyPages: Bool
    let rejections: [TaskView.Rejection]
    let formToken: String

    init(
        _ review: ReviewCase, _ keyCase: KeyCase, context: ServiceContext, session: SignedInSession,
        form: KeyForm = KeyForm(answers: [:]), errors: [String: String] = [:], notice: String? = nil
    ) {
        let now = context.clock()
        let keys = keyCase.keys
        let caller = session.caller
        let refusal = keys.refusal(of: caller.actor, maySettle: caller.permissions.contains(.settleDifferences))
        let holder = review.task.isHeld(at: now) ? review.task.leaseOwner : nil
        let titles = DocumentTitles(review.record.type, catalog: context.understander.catalog)
        id = review.task.id
        documentVersion = review.record.version
        queue = review.task.queue
        queueTitle = context.policy.queues.first { $0.name == review.task.queue }?.title ?? review.task.queue
        typeTitle = titles.title
        subtypeTitle = titles.subtypeTitle(review.record.subtype)
        fileName = review.file.name
        pageRange = TaskView.range(review.record.document.pages)
        age = PageTime.age(seconds: review.task.ageSeconds(at: now))
        isDecision = keys.stage == .difference
        isSecond = keys.stage == .second
        agreedCount = isDecision ? keys.places.count - keys.differences.count : nil
        mayEdit = refusal == nil && holder == caller.actor && review.task.status == .leased
        mayTake = refusal == nil && holder == nil && review.task.status != .done
        self.notice = notice ?? refusal ?? TaskView.notice(review, holder: holder, by: caller)
        sheets = PageSheet.all(review.pages, documentID: review.record.id)
        hasManyPages = review.pages.count > 1
        rejections = RejectionReason.allCases.map { .init(value: $0.rawValue, title: $0.title) }
        formToken = session.formToken
        let maker = PlaceMaker(
            document: review.record.document, keyCase: keyCase, titles: titles, form: form, errors: errors)
        let isDecision = isDecision
        // Who may not key it sees no values, theirs or others'.
        let asked = !mayEdit ? [] : isDecision ? keys.differences : keys.places
        places = asked.map { maker.place($0, isDecision: isDecision) }
    }
}

/// Makes what the page shows of each place; `document` is without the values that are keyed.
private struct PlaceMaker {
    let document: Document
    let keyCase: KeyCase
    let titles: DocumentTitles
    let form: KeyForm
    let errors: [String: String]

    func place(_ path: String, isDecision: Bool) -> KeyView.Place {
        let answer = form.answers[path]
        var typed: [String: String] = [:]
        if case .typed(let text)? = answer { typed[path] = text }
        let machine = keyCase.machine[path]
        // Only where the ink is: the value, its confidence and its other readings stay behind.
        let blank = machine.map { Field(value: .text(""), confidence: 0.9, page: $0.page, box: $0.box) }
        let inputs = FieldInputs(document: document, definitions: titles, typed: typed, errors: errors)
        let row = row(of: path)
        return KeyView.Place(
            input: inputs.input(
                path, field: blank ?? Field(value: .text(""), confidence: 0.9), label: titles.title(of: path),
                within: row ?? ""),
            row: row, isNone: answer == .absent,
            readings: isDecision ? readings(of: path, answer) : [], isTyped: !typed.isEmpty)
    }

    private func readings(of path: String, _ answer: KeyForm.Answer?) -> [KeyView.Reading] {
        let keys = keyCase.keys
        return [
            ("first", "First key", keys.first?.values[path]), ("second", "Second key", keys.second?.values[path]),
            ("machine", "Machine", keyCase.machine[path]?.value.description),
        ].map { name, title, value in
            KeyView.Reading(
                name: name, title: title, value: value ?? "not on the page", isChosen: answer == .reading(name))
        }
    }

    /// `Claim 2, line 1 · 2026-03-14 · 99213`: the row with the first of its values that may be seen.
    private func row(of path: String) -> String? {
        guard let steps = FieldPath(path)?.steps, steps.count > 1, let type = titles.type else { return nil }
        let indices = steps.dropLast().map { $0.index ?? 0 }
        let (title, row, columns): (String, Row, [FieldDefinition])
        switch (steps.count, steps[0].name) {
        case (2, "claims"):
            (title, row, columns) = (
                "Claim \(indices[0] + 1)", document.claims[indices[0]].fields, type.claims?.fields ?? []
            )
        case (3, "claims"):
            (title, row, columns) = (
                "Claim \(indices[0] + 1), line \(indices[1] + 1)",
                document.claims[indices[0]].serviceLines[indices[1]], type.claims?.serviceLines ?? []
            )
        default:
            (title, row, columns) = ("Line \(indices[0] + 1)", document.lineItems[indices[0]], type.lineItems)
        }
        let values = columns.compactMap { column -> String? in
            guard case .one(let field)? = row[column.name] else { return nil }
            return String(field.value.description.prefix(40))
        }
        return ([title] + values.prefix(2)).joined(separator: " · ")
    }
}
