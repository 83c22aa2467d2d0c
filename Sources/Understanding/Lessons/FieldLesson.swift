package import Documents

/// A document as learning sees it: every field's candidates with the facts that the models go by.
package struct FieldLesson: Sendable {
    /// A run of words that may be a field's value.
    package struct Choice: Sendable {
        package let value: String
        /// The page, from 1 within the file.
        package let page: Int
        package let box: Box
        package let isTerm: Bool
        /// Over how many lines it runs.
        package let lineCount: Int
        /// How high a line of its page commonly is, in pixels.
        package let lineHeight: Double
        package let hashes: [UInt64]
    }

    /// A field of the type: of the document, or of its claims.
    package struct Subject: Sendable {
        package let name: String
        package let isOfClaim: Bool
        package let repeats: Bool
        package let key: UInt64
        /// Whether examples alone teach its type, so that the bounds of its values are learned too.
        package let isTaught: Bool
    }

    /// The fields and candidates of one shape.
    package struct Group: Sendable {
        package let shape: Int
        package let subjects: [Subject]
        package let choices: [Choice]
        let evidence: FieldEvidence

        /// The facts of each choice for a subject, given what the neighbourhoods say.
        package func rows(subject: Int, learned: [Float]) -> [[Float]] {
            evidence.rows(subject, learned: learned)
        }

        /// How clearly a label of the subject announces the choice, 0 when none does.
        package func affinity(subject: Int, choice: Int) -> Double { evidence.bestAffinity(subject, choice) }
    }

    /// The best answers for a field, with the facts that calibration goes by.
    package struct Answer: Sendable {
        package let shape: Int
        package let subject: Subject
        package let value: String
        package let page: Int
        package let box: Box
        package let isTerm: Bool
        package let facts: [Double]
        /// Whether it is likely enough, by these facts, to be said.
        package let isSaid: Bool
        /// What trust in it goes by.
        package let trustFacts: [Double]
    }

    package let groups: [Group]
    private let text: DocumentText

    package init(_ pages: [PageReading], as type: DocumentType) {
        let lexicon = LabelLexicon(type)
        let text = DocumentText(
            pages: pages.map { PageText($0) }.filter { !$0.isBlank }, lexicon: lexicon,
            shapes: DocumentText.shapes(of: lexicon))
        self.text = text
        groups = CandidateShape.allCases.compactMap { shape in
            let evidence = FieldEvidence(text: text, shape: shape)
            guard !evidence.targets.isEmpty, !evidence.candidates.isEmpty else { return nil }
            let choices = zip(evidence.candidates, text.neighbourhoods[shape.rawValue]).map {
                candidate, hashes in
                Choice(
                    value: candidate.value, page: text.pages[candidate.page].number, box: candidate.box,
                    isTerm: candidate.termDays != nil, lineCount: candidate.lineCount,
                    lineHeight: text.pages[candidate.page].lineHeight, hashes: hashes)
            }
            return Group(
                shape: shape.rawValue, subjects: evidence.targets.map { FieldLesson.subject($0, lexicon) },
                choices: choices, evidence: evidence)
        }
    }

    private static func subject(_ target: Int, _ lexicon: LabelLexicon) -> Subject {
        let known = lexicon.targets[target]
        return Subject(
            name: known.definition.name, isOfClaim: known.scope == .claim,
            repeats: known.definition.repeats, key: known.key, isTaught: known.form != nil)
    }

    /// What the model answers for the fields of the document itself: the best of each, or all that repeat with a chance.
    package func answers(_ model: FieldModel) -> [Answer] {
        let scorer = FieldScorer(model: model)
        let ink = InkFacts(text: text)
        return scorer.scored(text).sorted { $0.key < $1.key }.flatMap { target, scored -> [Answer] in
            let known = text.lexicon.targets[target]
            guard known.scope == .document, let shape = known.shape else { return [] }
            let ranked = scorer.ranked(
                scored, calibration: model.calibration(of: known, shape: shape, type: text.lexicon.typeName))
            let offered =
                known.definition.repeats ? ranked.filter { $0.score > -4 } : Array(ranked.prefix(1))
            return offered.map { item in
                Answer(
                    shape: shape.rawValue, subject: FieldLesson.subject(target, text.lexicon),
                    value: item.candidate.value,
                    page: text.pages[item.candidate.page].number, box: item.candidate.box,
                    isTerm: item.candidate.termDays != nil, facts: FieldScorer.facts(item),
                    isSaid: item.probability >= FieldReader.probabilityMin,
                    trustFacts: ink.facts(item, among: scored, shape: shape))
            }
        }
    }

    package static let featureCount = FieldFeature.allCases.count
    package static let shapeCount = CandidateShape.allCases.count
    package static let factCount = 4
    package static let trustFactCount = InkFacts.count
    /// Which of these is the probability, in log-odds, that the answer has by its score.
    package static let statedFact = factCount
}
