import Documents

/// Reads the fields of a document: the best candidates together, one candidate for one field.
struct FieldReader {
    let type: DocumentType
    let text: DocumentText
    let scorer: FieldScorer
    let scored: [Int: [ScoredCandidate]]
    private let ink: InkFacts

    /// A value less likely than this is left out: it would more often than not be wrong.
    static let probabilityMin = 0.35

    init(type: DocumentType, text: DocumentText, scorer: FieldScorer) {
        self.type = type
        self.text = text
        self.scorer = scorer
        scored = scorer.scored(text)
        ink = InkFacts(text: text)
    }

    /// The fields of one scope among the candidates that lie `within`; words in `taken` serve others already.
    func fields(
        _ scope: DocumentScope, within isInside: (Candidate) -> Bool = { _ in true }, taken: inout [TakenWords]
    ) -> Row {
        var offers: [ScoredCandidate] = []
        for (index, target) in text.lexicon.targets.enumerated() where target.scope == scope {
            guard let shape = target.shape, let all = scored[index] else { continue }
            let calibration = scorer.model.calibration(of: target, shape: shape, type: type.name)
            offers += scorer.ranked(all.filter { isInside($0.candidate) }, calibration: calibration)
                .filter { $0.probability >= Self.probabilityMin }
        }
        var chosen = choose(offers, &taken)
        let rivals = namesakes(of: chosen)
        if !rivals.isEmpty {
            taken.removeLast(chosen.values.reduce(0) { $0 + $1.count })
            chosen = choose(offers.filter { !rivals.contains(Name($0)) }, &taken)
        }
        return row(withDatesOnce(chosen).mapValues { $0.map(asFirstPrinted) })
    }

    /// The same name written as where the document has it first, perhaps in other capitals.
    private func asFirstPrinted(_ offer: ScoredCandidate) -> ScoredCandidate {
        let target = text.lexicon.targets[offer.target]
        // A name that a layout's memory or examples write otherwise than it is printed stays so.
        guard target.scope == .document, target.definition.kind == .name,
            offer.candidate.value == offer.candidate.text
        else { return offer }
        let others = (scored[offer.target] ?? []).map(\.candidate).filter {
            $0.isBefore(offer.candidate) && $0.saysTheSame(as: offer.candidate)
        }
        guard let first = others.min(by: { $0.isBefore($1) }) else { return offer }
        var offer = offer
        (offer.candidate.value, offer.candidate.text) = (first.value, first.text)
        return offer
    }

    /// A candidate for a name, by whose it would be.
    private struct Name: Hashable {
        let target: Int
        let letters: String

        init(_ offer: ScoredCandidate) {
            target = offer.target
            letters = offer.candidate.value.uppercased()
        }
    }

    /// What would make of the patient somebody else too: a letter that names the patient twice has no other name there.
    private func namesakes(of chosen: [Int: [ScoredCandidate]]) -> Set<Name> {
        func definition(_ target: Int) -> FieldDefinition { text.lexicon.targets[target].definition }
        let names = chosen.filter { definition($0.key).kind == .name }
        let patients = names.filter { definition($0.key).name == Self.patientName }.values.joined().map {
            Name($0).letters
        }
        let others = names.filter { definition($0.key).name != Self.patientName }.values.joined().map { Name($0) }
        return Set(others.filter { patients.contains($0.letters) })
    }

    private static let patientName = "patient_name"

    /// The best offers together: likeliest first, words serving one field.
    private func choose(_ offers: [ScoredCandidate], _ taken: inout [TakenWords]) -> [Int: [ScoredCandidate]] {
        let order = offers.indices.sorted {
            (offers[$1].probability, $0) < (offers[$0].probability, $1)
        }
        var chosen: [Int: [ScoredCandidate]] = [:]
        for offer in order.map({ offers[$0] }) {
            let definition = text.lexicon.targets[offer.target].definition
            let known = chosen[offer.target] ?? []
            if definition.repeats {
                if offer.probability < 0.5
                    || known.contains(where: { $0.candidate.saysTheSame(as: offer.candidate) })
                {
                    continue
                }
            } else if !known.isEmpty {
                continue
            }
            let words = TakenWords(offer, definition: definition)
            if taken.contains(where: { $0.forbids(words) }) { continue }
            taken.append(words)
            chosen[offer.target, default: []].append(offer)
        }
        return chosen
    }

    /// Each date for one field: under `From/To` a single date is the first of the two; otherwise it is the likelier's.
    private func withDatesOnce(_ chosen: [Int: [ScoredCandidate]]) -> [Int: [ScoredCandidate]] {
        let orders = type.checks.filter { $0.name == .dateOrder }.map(\.fields)
        var chosen = chosen
        for first in chosen.keys.sorted() {
            for second in chosen.keys.sorted() where first < second {
                guard let one = chosen[first]?.first, let two = chosen[second]?.first,
                    text.lexicon.targets[first].shape == .date, one.candidate.isSameInk(as: two.candidate),
                    one.candidate.rangePlace == 0, two.candidate.rangePlace == 0
                else { continue }
                let names = [first, second].map { text.lexicon.targets[$0].definition.name }
                let isOrdered = orders.contains(names) && one.probability > 0.5
                chosen[isOrdered || one.probability >= two.probability ? second : first] = nil
            }
        }
        return chosen
    }

    private func row(_ chosen: [Int: [ScoredCandidate]]) -> Row {
        let dates = chosen.values.joined().compactMap { offer -> (String, ScoredCandidate)? in
            offer.candidate.termDays == nil
                ? (text.lexicon.targets[offer.target].definition.name, offer) : nil
        }
        let base = dates.first { $0.0 == "letter_date" }
        var row: Row = [:]
        for (target, offers) in chosen {
            let definition = text.lexicon.targets[target].definition
            let inOrder = offers.sorted { $0.candidate.isBefore($1.candidate) }
            let fields = inOrder.compactMap { field($0, base: base, among: scored[target] ?? []) }
            guard let first = fields.first else { continue }
            row[definition.name] = definition.repeats ? .many(fields) : .one(first)
        }
        return row
    }

    /// How sure the value is, where the model has learned what its ink says: for values of a document itself, of types
    /// that the corpus draws.
    private func trust(in offer: ScoredCandidate) -> Double {
        let target = text.lexicon.targets[offer.target]
        guard let trust = scorer.model.trust, target.scope == .document, text.lexicon.conventions == nil,
            let shape = target.shape
        else { return offer.probability }
        return trust.probability(ink.facts(offer, among: scored[offer.target] ?? [], shape: shape))
    }

    private func field(
        _ offer: ScoredCandidate, base: (name: String, offer: ScoredCandidate)?,
        among all: [ScoredCandidate]
    ) -> Field? {
        var field = Field(
            value: .text(offer.candidate.value), text: offer.candidate.text,
            confidence: Confidence(trust(in: offer)),
            page: text.pages[offer.candidate.page].number, box: offer.candidate.box)
        if let days = offer.candidate.termDays {
            guard let base,
                let day = CalendarDate(printed: base.offer.candidate.value)?.adding(days: days)
            else {
                return nil
            }
            field.value = .text(day.description)
            field.derivedFrom = [base.name]
            field.confidence = Confidence(trust(in: offer) * trust(in: base.offer))
        }
        let others = all.sorted { $0.score > $1.score }
            .filter {
                $0.score > offer.score - 3 && !$0.candidate.saysTheSame(as: offer.candidate)
                    && !$0.candidate.value.isEmpty
            }
        var alternatives: [FieldValue] = []
        for other in others
        where alternatives.count < 3 && !alternatives.contains(.text(other.candidate.value)) {
            alternatives.append(.text(other.candidate.value))
        }
        field.alternatives = alternatives.isEmpty ? nil : alternatives
        return field
    }
}

/// Words that serve a field, and may not serve another of a like kind.
struct TakenWords {
    let page: Int
    let tokens: Range<Int>
    let isDate: Bool

    init(_ offer: ScoredCandidate, definition: FieldDefinition) {
        page = offer.candidate.page
        tokens = offer.candidate.tokens
        isDate = definition.kind == .date
    }

    /// Words serve one field, but for dates: a range has two, and `withDatesOnce` says which field has a single one.
    func forbids(_ other: TakenWords) -> Bool {
        page == other.page && tokens.overlaps(other.tokens) && !(isDate && other.isDate)
    }
}
