import Documents

/// All pairs of one shape's fields and candidates of a document, with the facts about each pair.
struct FieldEvidence {
    let text: DocumentText
    let shape: CandidateShape
    /// The fields of the shape, by their place in the lexicon.
    let targets: [Int]
    let candidates: [Candidate]
    /// The best relation of each direction, for each pair: `[target * candidates + candidate]`.
    private var relations: [[LabelRelation?]]
    private var covered: [Float]
    private var equalCounts: [Float]

    init(text: DocumentText, shape: CandidateShape) {
        self.text = text
        self.shape = shape
        candidates = text.candidates[shape.rawValue]
        targets = text.lexicon.targets.indices.filter {
            text.lexicon.targets[$0].shape == shape && text.lexicon.targets[$0].scope != .line
        }
        relations = []
        covered = candidates.map { FieldEvidence.coverage(of: $0, text: text) }
        var counts: [String: Int] = [:]
        for candidate in candidates { counts[candidate.value.uppercased(), default: 0] += 1 }
        equalCounts = candidates.map { Float(counts[$0.value.uppercased()] ?? 1) }
        relations = relate()
    }

    private static func coverage(of candidate: Candidate, text: DocumentText) -> Float {
        var count = 0
        for hit in text.hits[candidate.page]
        where hit.wordCount > 1 || hit.hasColon || hit.coversSegment {
            let low = max(hit.tokens.lowerBound, candidate.tokens.lowerBound)
            let high = min(hit.tokens.upperBound, candidate.tokens.upperBound)
            count = max(count, high - low)
        }
        return Float(count) / Float(max(1, candidate.tokens.count))
    }

    private func relate() -> [[LabelRelation?]] {
        var best = [[LabelRelation?]](
            repeating: [nil, nil, nil, nil], count: targets.count * candidates.count)
        var local = [Int](repeating: -1, count: text.lexicon.targets.count)
        for (place, target) in targets.enumerated() { local[target] = place }
        var start = 0
        for (pageIndex, page) in text.pages.enumerated() {
            let end = candidates[start...].firstIndex { $0.page != pageIndex } ?? candidates.count
            for (hitIndex, hit) in text.hits[pageIndex].enumerated() where local[hit.target] >= 0 {
                var found: [(candidate: Int, relation: LabelRelation)] = []
                for index in start..<end {
                    if let relation = LabelRelation.between(hit, at: hitIndex, candidates[index], page: page) {
                        found.append((index, relation))
                    }
                }
                rank(&found)
                for (index, relation) in found {
                    let pair = local[hit.target] * candidates.count + index
                    if relation.affinity > best[pair][relation.direction.rawValue]?.affinity ?? 0 {
                        best[pair][relation.direction.rawValue] = relation
                    }
                }
            }
            start = end
        }
        return best
    }

    /// Numbers the candidates of each direction from the nearest on; those that share words share a number.
    private func rank(_ found: inout [(candidate: Int, relation: LabelRelation)]) {
        for direction in 0..<4 {
            let order = found.indices.filter { found[$0].relation.direction.rawValue == direction }
                .sorted { left, right in
                    let a = found[left].relation
                    let b = found[right].relation
                    return (a.distance + a.offset * 0.1, left) < (b.distance + b.offset * 0.1, right)
                }
            var number = -1
            var last: Range<Int>?
            for index in order {
                let tokens = candidates[found[index].candidate].tokens
                if last.map({ $0.overlaps(tokens) }) != true {
                    number += 1
                    last = tokens
                }
                found[index].relation.rank = number
            }
        }
    }

    /// The affinity of a pair in one direction, 0 when no label of the field stands there.
    private func affinity(_ target: Int, _ candidate: Int, _ direction: LabelRelation.Direction)
        -> Double
    {
        relations[target * candidates.count + candidate][direction.rawValue]?.affinity ?? 0
    }

    /// The best relation of each direction between a field's labels and a candidate.
    func relations(_ target: Int, _ candidate: Int) -> [LabelRelation] {
        relations[target * candidates.count + candidate].compactMap { $0 }
    }

    /// The best affinity of a field's labels to a candidate, in any direction.
    func bestAffinity(_ target: Int, _ candidate: Int) -> Double {
        relations[target * candidates.count + candidate].reduce(0) { max($0, $1?.affinity ?? 0) }
    }

    /// The facts of the pairs of the `target`-th field with each candidate; `learned` are the scores of its hashed
    /// neighbourhoods.
    func rows(_ target: Int, learned: [Float]) -> [[Float]] {
        let order = learned.indices.sorted { (learned[$1], $0) < (learned[$0], $1) }
        var ranks = [Float](repeating: 0, count: learned.count)
        for (rank, index) in order.enumerated() { ranks[index] = Float(min(rank, 50)) }
        let top = order.first.map { learned[$0] } ?? 0
        let second = order.dropFirst().first.map { learned[$0] } ?? top
        let bestLabel = candidates.indices.reduce(0) { max($0, bestAffinity(target, $1)) }
        return candidates.indices.map { index in
            var row = [Float](repeating: 0, count: FieldFeature.allCases.count)
            func set(_ feature: FieldFeature, _ value: Double) { row[feature.rawValue] = Float(value) }
            setRelations(target, index, set)
            setCandidate(index, set)
            let definition = text.lexicon.targets[targets[target]]
            set(.learned, Double(learned[index]))
            set(.learnedRank, Double(ranks[index]))
            set(.learnedLead, Double(learned[index] - (ranks[index] == 0 ? second : top)))
            set(.candidateCount, Double(min(candidates.count, 100)))
            set(.bestLabel, bestLabel)
            set(.repeats, definition.definition.repeats ? 1 : 0)
            set(.scope, Double(definition.scope.rawValue))
            return row
        }
    }

    private func setRelations(_ target: Int, _ index: Int, _ set: (FieldFeature, Double) -> Void) {
        let own = relations[target * candidates.count + index]
        let hits = text.hits[candidates[index].page]
        set(.leftGap, 40)
        set(.leftBetween, 15)
        set(.aboveDrop, 30)
        set(.aboveOffset, 40)
        set(.leftRank, 20)
        set(.aboveRank, 20)
        set(.underDistance, 5)
        if let left = own[LabelRelation.Direction.left.rawValue] {
            let hit = hits[left.hit]
            set(.leftWeight, hit.weight)
            set(.leftWords, Double(hit.wordCount))
            set(.leftGap, left.distance)
            set(.leftBetween, left.offset)
            set(.leftRank, Double(min(19, left.rank)))
            set(.leftColon, hit.hasColon ? 1 : 0)
            set(.leftStart, hit.startsSegment ? 1 : 0)
            set(.leftDominated, hit.isDominated ? 1 : 0)
            set(.leftAffinity, left.affinity)
        }
        if let above = own[LabelRelation.Direction.above.rawValue] {
            let hit = hits[above.hit]
            set(.aboveWeight, hit.weight)
            set(.aboveWords, Double(hit.wordCount))
            set(.aboveDrop, above.distance)
            set(.aboveOffset, above.offset)
            set(.aboveOverlap, above.overlap)
            set(.aboveRank, Double(min(19, above.rank)))
            set(.aboveCovers, hit.coversSegment ? 1 : 0)
            set(.aboveDominated, hit.isDominated ? 1 : 0)
            set(.aboveAffinity, above.affinity)
        }
        if let under = own[LabelRelation.Direction.under.rawValue] {
            set(.underAffinity, under.affinity)
            set(.underDistance, under.distance)
        }
        set(.beforeAffinity, affinity(target, index, .before))
        var otherLeft = 0.0
        var otherAbove = 0.0
        for other in targets.indices where other != target {
            otherLeft = max(otherLeft, affinity(other, index, .left), affinity(other, index, .before))
            otherAbove = max(otherAbove, affinity(other, index, .above))
        }
        set(.otherLeftAffinity, otherLeft)
        set(.otherAboveAffinity, otherAbove)
        set(.ownLead, bestAffinity(target, index) - max(otherLeft, otherAbove))
    }

    private func setCandidate(_ index: Int, _ set: (FieldFeature, Double) -> Void) {
        let candidate = candidates[index]
        let page = text.pages[candidate.page]
        let tokens = page.tokens[candidate.tokens]
        let kind: FieldFeature =
            switch shape {
            case .date: .isDate
            case .money: .isMoney
            case .identifier, .npi, .taxIdentifier: .isIdentifier
            case .name: .isName
            case .sentence: .isSentence
            case .phone: .isPhone
            case .number: .isNumber
            case .diagnosisCode, .procedureCode, .adjustmentReason, .remarkCode: .isCode
            }
        set(kind, 1)
        set(.wordCount, Double(candidate.tokens.count))
        set(.digitCount, Double(tokens.reduce(0) { $0 + $1.digitCount }))
        set(.letterCount, Double(tokens.reduce(0) { $0 + $1.letterCount }))
        set(.shape, candidate.shape)
        set(.readingConfidence, candidate.readingConfidence)
        set(.isMended, candidate.mended ? 1 : 0)
        set(.rangePlace, Double(candidate.rangePlace))
        set(.isTerm, candidate.termDays == nil ? 0 : 1)
        set(.x, candidate.box.left / page.width)
        set(.y, candidate.box.midY / page.height)
        set(.pageIndex, Double(min(candidate.page, 3)))
        let first = page.tokens[candidate.tokens.lowerBound]
        set(.rowWordCount, Double(page.rows[first.row].count))
        set(.coversSegment, page.segments[first.segment] == candidate.tokens ? 1 : 0)
        set(.size, candidate.box.height / page.lineHeight)
        set(.isCapitals, candidate.text == candidate.text.uppercased() ? 1 : 0)
        set(.coveredByLabels, Double(covered[index]))
        set(.equalCount, Double(min(9, equalCounts[index])))
    }
}
