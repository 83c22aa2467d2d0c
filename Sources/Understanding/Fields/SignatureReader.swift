import Documents

/// Tells whether a form is signed, by a signature that was seen there or the words where one would stand.
struct SignatureReader {
    let type: DocumentType
    let text: DocumentText

    func fields() -> Row {
        var row: Row = [:]
        for (index, target) in text.lexicon.targets.enumerated()
        where target.scope == .document && target.definition.kind == .boolean {
            if let field = signed(target: index) { row[target.definition.name] = .one(field) }
        }
        return row
    }

    /// A hand's ink or words of no label beside, above or in the box below the signature's label, or a date on its line, say
    /// that it is signed.
    private func signed(target: Int) -> Field? {
        var best: Field?
        for (pageIndex, page) in text.pages.enumerated() {
            for hit in text.hits[pageIndex]
            where hit.target == target
                && (hit.hasColon || hit.coversSegment || hit.startsSegment || endsLabel(hit, on: page))
            {
                let field = field(hit, page: page, pageIndex: pageIndex)
                if field.value == .boolean(true),
                    best?.value != .boolean(true) || best.map({ $0.confidence < field.confidence }) == true
                {
                    best = field
                } else if best == nil {
                    best = field
                }
            }
        }
        return best ?? signedOverItsLabel()
    }

    /// That it is signed, where the only signature that a document asks for covers words, those that ask for it, so that they
    /// were not read.
    private func signedOverItsLabel() -> Field? {
        guard text.lexicon.targets.count(where: { $0.definition.kind == .boolean }) == 1 else { return nil }
        for page in text.pages {
            guard let signature = page.signatures.first(where: { $0.confidence > 0.8 }) else { continue }
            let words = page.tokens.filter { signature.box.overlapArea($0.box) > 0 }
            guard !words.isEmpty else { continue }
            return Field(
                value: .boolean(true), text: words.map(\.text).joined(separator: " "), confidence: 0.8,
                page: page.number, box: signature.box)
        }
        return nil
    }

    /// Whether the words close a short run, as in `11. Applicant's Signature` or `Patient/Guarantor Signature`.
    private func endsLabel(_ hit: LabelHit, on page: PageText) -> Bool {
        let segment = page.segments[page.tokens[hit.tokens.lowerBound].segment]
        return segment.upperBound == hit.tokens.upperBound && segment.count <= hit.tokens.count + 3
    }

    /// Whether a signature stands in the box that the label is at the top of, and not over a label of its own.
    private func isBelow(_ signature: Box, _ label: Box, on page: PageText) -> Bool {
        let height = page.lineHeight
        guard signature.top < label.bottom + 2 * height, signature.bottom > label.bottom,
            signature.bottom < label.bottom + 6 * height, signature.left < label.right + 4 * height,
            signature.right > label.left - 2 * height
        else { return false }
        return !page.tokens.contains { token in
            token.text.lowercased().hasPrefix("sign") && token.box.top > signature.midY
                && token.box.top < signature.bottom + 1.5 * height && token.box.left < signature.right
                && token.box.right > signature.left
        }
    }

    private func field(_ hit: LabelHit, page: PageText, pageIndex: Int) -> Field {
        let height = page.lineHeight
        var area = hit.box
        area.top -= 1.2 * height
        area.bottom += 0.6 * height
        area.left = max(0, hit.box.left - 2 * height)
        area.right = hit.box.right + 14 * height
        let labels = text.hits[pageIndex]
        let ink = page.tokens.indices.filter { index in
            let token = page.tokens[index]
            guard area.overlapArea(token.box) > 0.5 * token.box.width * token.box.height,
                token.letterCount > 1,
                !labels.contains(where: { $0.tokens.contains(index) })
            else { return false }
            return !token.endsWithColon && page.tokens[page.segments[token.segment]].count < 6
        }
        let isStamped = ink.contains {
            page.tokens[$0].text.hasPrefix("/s/") || page.tokens[$0].text.lowercased() == "electronically"
        }
        let isDated = text.candidates[CandidateShape.date.rawValue].contains { date in
            date.page == pageIndex && date.termDays == nil && abs(date.box.midY - hit.box.midY) < 2.6 * height
        }
        let signature = page.signatures.first {
            $0.box.midY < area.bottom || $0.box.left > hit.box.right
                ? area.overlapArea($0.box) > 0 : isBelow($0.box, hit.box, on: page)
        }
        let value = !ink.isEmpty || isDated || signature != nil
        let printed = ink.reduce(hit.box) { $0.union(page.tokens[$1].box) }
        let box = signature.map { printed.union($0.box) } ?? printed
        let words =
            ink.isEmpty ? page.text(hit.tokens) : ink.map { page.tokens[$0].text }.joined(separator: " ")
        return Field(
            value: .boolean(value), text: words,
            confidence: Confidence(
                isStamped || isDated || signature.map { $0.confidence > 0.8 } == true ? 0.9 : value ? 0.6 : 0.7),
            page: page.number, box: box)
    }
}
