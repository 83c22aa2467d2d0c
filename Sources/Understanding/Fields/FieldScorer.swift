import Documents

/// A candidate for a field, with the model's word on it.
struct ScoredCandidate: Sendable {
    var target: Int
    var candidate: Candidate
    /// In log-odds.
    var score: Double
    /// By how much it leads the next candidate that says something else; negative when it trails.
    var lead: Double
    /// That its value is the field's, in 0…1.
    var probability: Double
}

/// Scores every pair of field and candidate of a document.
struct FieldScorer {
    let model: FieldModel

    /// The candidates of each field, by its place in the lexicon, with their scores alone.
    func scored(_ text: DocumentText) -> [Int: [ScoredCandidate]] {
        var result: [Int: [ScoredCandidate]] = [:]
        for shape in CandidateShape.allCases where !text.candidates[shape.rawValue].isEmpty {
            let evidence = FieldEvidence(text: text, shape: shape)
            let around = text.recall?.surroundings(of: evidence.candidates, on: text.pages) ?? []
            for (place, target) in evidence.targets.enumerated() {
                let subject = text.lexicon.targets[target]
                let key = subject.key
                let learned = text.neighbourhoods[shape.rawValue].map {
                    text.skipped.contains(.neighbourhood) ? 0 : model.learned($0, key: key)
                }
                let rows = evidence.rows(place, learned: learned)
                let remembered = text.recall?.evidence(
                    for: subject, candidates: evidence.candidates, surroundings: around,
                    on: text.pages)
                result[target] = evidence.candidates.indices.map { index in
                    let known = remembered?[index] ?? 0
                    var candidate = evidence.candidates[index]
                    if let form = subject.form { candidate.value = form.value(candidate.value) }
                    let isFar =
                        candidate.lineCount > subject.lineCountMax
                        || evidence.bestAffinity(place, index) < 0.01 && learned[index] < -5 && known <= 0
                    return ScoredCandidate(
                        target: target, candidate: candidate,
                        score: isFar
                            ? -8 : MemoryEvidence.score(Double(model.trees.score(rows[index])), with: known),
                        lead: 0, probability: 0)
                }
                if let name = text.recall?.senderName(for: subject, on: text.pages) {
                    result[target] = FieldScorer.withSender(name, target: target, result[target] ?? [])
                }
            }
        }
        return result
    }

    /// The candidates with the sender's name, which the same ink is likelier to be than anything read there.
    private static func withSender(_ name: Candidate, target: Int, _ scored: [ScoredCandidate]) -> [ScoredCandidate] {
        scored.map { item in
            var item = item
            if item.candidate.isSameInk(as: name), item.candidate.value != name.value {
                item.score = min(item.score, MemoryEvidence.scoreMax - MemoryEvidence.senderLead)
            }
            return item
        } + [
            ScoredCandidate(
                target: target, candidate: name, score: MemoryEvidence.scoreMax, lead: 0, probability: 0)
        ]
    }

    /// The likeliest first, with the probabilities that they have among each other; at most `countMax`.
    func ranked(_ scored: [ScoredCandidate], calibration: Calibration, countMax: Int = 40) -> [ScoredCandidate] {
        let order = scored.indices.sorted { (scored[$1].score, $0) < (scored[$0].score, $1) }
        let sorted = order.map { scored[$0] }
        guard let top = sorted.first else { return [] }
        let rival = sorted.first { !$0.candidate.saysTheSame(as: top.candidate) }?.score ?? -10
        return sorted.prefix(countMax).map { item in
            var item = item
            item.lead = item.score - (item.candidate.saysTheSame(as: top.candidate) ? rival : top.score)
            item.probability = calibration.probability(FieldScorer.facts(item))
            return item
        }
    }

    /// What calibration goes by: score, lead, expected reading errors, and whether the value had to be mended.
    static func facts(_ item: ScoredCandidate) -> [Double] {
        let doubt = 1 - item.candidate.readingConfidence
        return [
            item.score, max(-6, min(6, item.lead)),
            doubt * Double(min(20, item.candidate.text.utf8.count)) / 4,
            item.candidate.mended ? 1 : 0,
        ]
    }
}
