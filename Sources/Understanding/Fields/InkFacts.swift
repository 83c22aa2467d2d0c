import Documents

/// What tells a value that is right from one that is wrong, besides its score: engines that read its ink differently, the
/// same or nearly the same value in other ink, words left over beside it.
///
/// Scores say mostly whether a value stands in the right place; these facts say whether what stands there was read right.
struct InkFacts {
    let text: DocumentText
    /// For each page, the mean doubt of its words.
    private let pageDoubts: [Double]

    /// How many facts there are of a candidate.
    static let count = 18

    init(text: DocumentText) {
        self.text = text
        pageDoubts = text.pages.map { page in
            page.tokens.reduce(0) { $0 + 1 - $1.confidence } / Double(max(1, page.tokens.count))
        }
    }

    /// The facts of a candidate for a field; `rivals` are all candidates for it.
    func facts(_ item: ScoredCandidate, among rivals: [ScoredCandidate], shape: CandidateShape) -> [Double] {
        var leads = (here: 6.0, elsewhere: 6.0)
        for rival in rivals where !rival.candidate.saysTheSame(as: item.candidate) {
            let lead = max(-6, min(6, item.score - rival.score))
            if rival.candidate.isSameInk(as: item.candidate) {
                leads.here = min(leads.here, lead)
            } else {
                leads.elsewhere = min(leads.elsewhere, lead)
            }
        }
        return FieldScorer.facts(item)
            + [Calibration.logit(item.probability), leads.here / 6, leads.elsewhere / 6]
            + facts(item.candidate, among: text.candidates[shape.rawValue]) + [Double(shape.rawValue)]
    }

    private func facts(_ candidate: Candidate, among others: [Candidate]) -> [Double] {
        let page = text.pages[candidate.page]
        let tokens = page.tokens[candidate.tokens]
        let doubts = tokens.map { 1 - $0.confidence }
        let (hasTwin, hasNearTwin) = twins(of: candidate, among: others)
        let segment = page.segments[tokens[tokens.startIndex].segment]
        let isCut = segment.upperBound > candidate.tokens.upperBound
        return [
            page.isExact ? 1 : 0,
            min(1, 10 * pageDoubts[candidate.page]),
            min(1, 2 * (doubts.max() ?? 0)),
            tokens.contains(where: isDisputed) ? 1 : 0,
            hasTwin ? 1 : 0,
            hasNearTwin ? 1 : 0,
            isCut ? 1 : 0,
            tokens.contains(where: isOdd) ? 1 : 0,
            min(1, Double(candidate.text.utf8.count) / 30),
            candidate.lineCount > 1 ? 1 : 0,
        ]
    }

    /// Whether the engines read other letters or digits.
    private func isDisputed(_ token: Token) -> Bool {
        token.alternatives.contains { Token.plain($0) != token.plain }
    }

    /// Whether letters and digits are mixed in a word that is mostly the one, or signs stand in it that no print has.
    private func isOdd(_ token: Token) -> Bool {
        token.text.contains { "|~^_{}<>\\\"”“°§»«".contains($0) }
            || token.digitCount > 0 && token.letterCount > 0 && min(token.digitCount, token.letterCount) == 1
    }

    private static let lengthMin = 4

    /// Whether other ink says the same, and whether other ink says nearly the same.
    private func twins(of candidate: Candidate, among others: [Candidate]) -> (same: Bool, near: Bool) {
        let letters = Token.plain(candidate.value)
        var (same, near) = (false, false)
        let bits = EditDistance.letters(of: letters)
        for other in others where !other.isSameInk(as: candidate) {
            if other.saysTheSame(as: candidate) {
                same = true
            } else if !near, letters.count >= Self.lengthMin,
                abs(other.value.utf8.count - candidate.value.utf8.count) < 3
            {
                let others = Token.plain(other.value)
                let limit = letters.count >= 9 ? 2 : 1
                near =
                    EditDistance.mayBeNear(bits, EditDistance.letters(of: others), limit: limit)
                    && EditDistance.between(letters, others, limit: limit) != nil
            }
        }
        return (same, near)
    }
}
