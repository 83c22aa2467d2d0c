import Documents

/// Reads what was ticked: groups of checkboxes, and choices that are printed out.
struct ChoiceReader {
    let type: DocumentType
    let text: DocumentText

    func fields() -> Row {
        var row: Row = [:]
        for (index, target) in text.lexicon.targets.enumerated()
        where target.scope == .document && target.definition.kind == .choice {
            if let field = choice(target.definition, target: index) {
                row[target.definition.name] = .one(field)
            }
        }
        return row
    }

    private struct Answer {
        var option: String
        var page: Int
        var tokens: Range<Int>
        var box: Box
        var confidence: Double
    }

    private func choice(_ definition: FieldDefinition, target: Int) -> Field? {
        var answers: [Answer] = []
        for (pageIndex, page) in text.pages.enumerated() {
            for (option, tokens) in options(definition, on: page) {
                if let answer = answer(option, tokens: tokens, pageIndex: pageIndex, target: target) {
                    answers.append(answer)
                }
            }
        }
        let order = answers.indices.sorted {
            (answers[$1].confidence, $0) < (answers[$0].confidence, $1)
        }
        guard let best = order.first.map({ answers[$0] }) else { return nil }
        let disputed = answers.contains { $0.option != best.option && $0.confidence > 0.4 }
        return Field(
            value: .text(best.option), text: text.pages[best.page].text(best.tokens),
            confidence: Confidence(disputed ? best.confidence * 0.6 : best.confidence),
            page: text.pages[best.page].number, box: best.box)
    }

    /// Where the words of options stand, the longest at each place.
    private func options(_ definition: FieldDefinition, on page: PageText) -> [(
        option: String, tokens: Range<Int>
    )] {
        let phrases = definition.options.flatMap { option in
            option.words.map { (option.name, LabelLexicon.words(of: $0)) }
        }
        let words = page.tokens.map { TradeWords.canonical($0.plain) }
        var found: [(option: String, tokens: Range<Int>)] = []
        for start in page.tokens.indices where !words[start].isEmpty {
            let fitting = phrases.filter { phrase in
                phrase.1.count <= words.count - start
                    && phrase.1.enumerated().allSatisfy { EditDistance.likeness($1, words[start + $0]) > 0.8 }
            }
            guard let longest = fitting.max(by: { $0.1.count < $1.1.count }) else { continue }
            if let last = found.last, last.tokens.upperBound > start { continue }
            found.append((longest.0, start..<start + longest.1.count))
        }
        return found
    }

    /// An option that is ticked: by its checkbox, by a mark before it, or by being all that stands after the label.
    private func answer(_ option: String, tokens: Range<Int>, pageIndex: Int, target: Int) -> Answer? {
        let page = text.pages[pageIndex]
        let box = page.box(tokens)
        if let checkbox = nearestCheckbox(to: box, page: page) {
            guard checkbox.checked else { return nil }
            return Answer(
                option: option, page: pageIndex, tokens: tokens, box: checkbox.box.union(box),
                confidence: 0.93 * checkbox.confidence.probability)
        }
        if tokens.lowerBound > 0 {
            let before = page.tokens[tokens.lowerBound - 1]
            let mark = before.text.uppercased()
            if before.row == page.tokens[tokens.lowerBound].row,
                box.left - before.box.right < 2 * page.lineHeight
            {
                if [
                    "X", "[X]", "(X)", "☒", "☑", "✓", "✔", "[✓]", "■", "✗", "✘", "X]", "[X", "<X>", "(*)",
                    "[*]",
                ]
                .contains(mark) {
                    return Answer(
                        option: option, page: pageIndex, tokens: tokens, box: before.box.union(box),
                        confidence: 0.85 * before.confidence)
                }
                if ["[", "[]", "]", "☐", "□", "❑", "❏", "❐", "❒", "◻", "()", "O", "( )", "[_]", "_", "__", "(_)"]
                    .contains(mark)
                {
                    return nil
                }
            }
        }
        return printed(option, tokens: tokens, pageIndex: pageIndex, target: target)
    }

    /// `Urgency: Expedited`: a label of the field just before, and no other option behind; or words behind a ticked box that
    /// asks for its tick.
    private func printed(_ option: String, tokens: Range<Int>, pageIndex: Int, target: Int) -> Answer? {
        let page = text.pages[pageIndex]
        let segment = page.segments[page.tokens[tokens.lowerBound].segment]
        guard segment.upperBound <= tokens.upperBound + 1 else { return nil }
        let lead = segment.lowerBound..<tokens.lowerBound
        let asksForTick = page.tokens[lead].contains { Self.tickWords.contains($0.plain) }
        if let checkbox = checkbox(beginning: segment, of: page) {
            // `[x] Check if request is for continuation of therapy`, but not `[x] The member receives care at home`.
            guard checkbox.checked else { return nil }
            if asksForTick {
                return Answer(
                    option: option, page: pageIndex, tokens: tokens, box: checkbox.box.union(page.box(tokens)),
                    confidence: 0.85 * checkbox.confidence.probability)
            }
        }
        // The box that it asks to tick was not found.
        guard !asksForTick else { return nil }
        let candidate = Candidate(
            page: pageIndex, tokens: tokens, value: option, text: page.text(tokens),
            box: page.box(tokens),
            readingConfidence: page.confidence(tokens))
        var best = 0.0
        for (index, hit) in text.hits[pageIndex].enumerated() where hit.target == target {
            guard let relation = LabelRelation.between(hit, at: index, candidate, page: page),
                relation.direction != .under, relation.direction != .left || relation.offset < 1,
                relation.direction != .above || segment.lowerBound == tokens.lowerBound
            else { continue }
            best = max(best, relation.affinity)
        }
        guard best > 0.3 else { return nil }
        return Answer(
            option: option, page: pageIndex, tokens: tokens, box: candidate.box,
            confidence: min(0.85, 0.4 + best) * candidate.readingConfidence)
    }

    /// Words that ask for a mark.
    private static let tickWords = Set(["CHECK", "MARK", "TICK"].map { Array($0.utf8) })

    /// The checkbox that a run of words stands behind.
    private func checkbox(beginning segment: Range<Int>, of page: PageText) -> Checkbox? {
        nearestCheckbox(to: page.box(segment.lowerBound..<segment.lowerBound + 1), page: page)
    }

    private func nearestCheckbox(to box: Box, page: PageText) -> Checkbox? {
        let near = page.checkboxes.filter { checkbox in
            checkbox.box.verticalOverlap(box) > 0.3 * min(box.height, checkbox.box.height)
                && box.left - checkbox.box.right > -0.5 * page.lineHeight
                && box.left - checkbox.box.right < 2.5 * page.lineHeight
        }
        if let left = near.min(by: { abs(box.left - $0.box.right) < abs(box.left - $1.box.right) }) {
            return left
        }
        return page.checkboxes.filter { checkbox in
            checkbox.box.verticalOverlap(box) > 0.3 * min(box.height, checkbox.box.height)
                && checkbox.box.left - box.right > 0
                && checkbox.box.left - box.right < 1.2 * page.lineHeight
                && !page.tokens.contains {
                    $0.box.left > checkbox.box.right
                        && $0.box.left - checkbox.box.right < 1.5 * page.lineHeight
                        && $0.box.verticalOverlap(checkbox.box) > 0.3 * $0.box.height
                }
        }.first
    }
}
