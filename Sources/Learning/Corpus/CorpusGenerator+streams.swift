import Documents

/// How the documents of one file follow each other: the ways in which real batches are hard to part.
package enum StreamKind: String, CaseIterable, Codable, Sendable {
    /// Mail of all sorts, with blank backs, separator sheets and pages upside down.
    case mixed
    /// Papers of one sender in one layout, each about another patient.
    case sameLayout = "same-layout"
    /// Remittances of three pages that no page number holds together.
    case unpaginated
    /// Documents of several pages whose pages repeat what stands at the head of the first.
    case runningHeads = "running-heads"
    /// One form twice, as it was sent and sent again.
    case twoCopies = "two-copies"
}

/// A document of a stream, or the blank back of a sheet.
enum StreamPart {
    case document(LabelledDocument)
    case blank

    var document: LabelledDocument? {
        if case .document(let document) = self { document } else { nil }
    }

    var pages: [DrawnPage] { document?.pages ?? [StreamPart.back] }

    var readings: [PageReading] {
        document?.readings
            ?? [
                StreamPart.back.reading(
                    number: 1, pixelsPerPoint: LabelledDocument.pixelsPerPoint, source: .text)
            ]
    }

    private static let back = DrawnPage(width: 612, height: 792)
}

extension CorpusGenerator {
    /// The parts of a stream in their order.
    func stream(_ kind: StreamKind, split: CorpusSplit, dice: inout Dice) throws(LearningError) -> [StreamPart] {
        switch kind {
        case .mixed: return try mixedStream(split: split, dice: &dice)
        case .sameLayout:
            let ours = kinds.filter { $0.type != DocumentKind.otherType }
            let kind = dice.pick(weighted: ours.map { ($0, $0.weight) })
            return try ofOneFamily(kind, count: dice.int(3...5), split: split, dice: &dice) { _, _ in true }
        case .unpaginated:
            let kind = kinds[0]
            func isFit(_ document: LabelledDocument, _ style: Style) -> Bool {
                document.pages.count == 3 && !style.numbersPages && !document.hasFaxHead
            }
            guard dice.chance(0.5) else {
                let first = try document(of: kind, split: split, dice: &dice, where: isFit)
                return [.document(first), .document(try document(of: kind, split: split, dice: &dice, where: isFit))]
            }
            return try ofOneFamily(kind, count: 2, split: split, dice: &dice, where: isFit)
        case .runningHeads:
            let kind = dice.pick(kinds.filter { $0.subtype == "remittance_advice" || $0.type == "payer_letter" })
            return try ofOneFamily(kind, count: dice.int(2...3), split: split, dice: &dice) { document, _ in
                (2...4).contains(document.pages.count) && document.repeatsHead
            }
        case .twoCopies:
            let forms = kinds.filter { $0.type == "authorization_form" || $0.name == "assistance" }
            let form = StreamPart.document(try document(of: dice.pick(forms), split: split, dice: &dice))
            var parts = [form, form]
            if dice.chance(0.5) {
                let other = StreamPart.document(
                    try document(of: self.kind(for: split, dice: &dice), split: split, dice: &dice))
                parts.insert(other, at: dice.chance(0.5) ? 0 : 2)
            }
            return parts
        }
    }

    private func mixedStream(split: CorpusSplit, dice: inout Dice) throws(LearningError) -> [StreamPart] {
        let isSeparated = dice.chance(0.2)
        let hasBacks = dice.chance(0.3)
        let separator = kinds.first { $0.name == "other-separator" }
        var parts: [StreamPart] = []
        for index in 0..<dice.int(3...6) {
            if isSeparated, index > 0, let separator {
                parts.append(.document(try document(of: separator, split: split, dice: &dice)))
            }
            let kind = kind(for: split, dice: &dice)
            parts.append(.document(try document(of: kind, split: split, dice: &dice)))
            if hasBacks, dice.chance(0.6) { parts.append(.blank) }
        }
        return parts
    }

    /// Documents of one layout that are fit, their values differing.
    private func ofOneFamily(
        _ kind: DocumentKind, count: Int, split: CorpusSplit, dice: inout Dice,
        where isFit: (LabelledDocument, Style) -> Bool
    ) throws(LearningError) -> [StreamPart] {
        // A family whose papers are never fit, one of a single page say, is left for another.
        while true {
            let first = try document(of: kind, split: split, dice: &dice, where: isFit)
            var parts = [StreamPart.document(first)]
            for _ in 0..<60 where parts.count < count {
                let next = try document(family: first.family, number: dice.below(1_000_000))
                if isFit(next, style(first.family)) { parts.append(.document(next)) }
            }
            if parts.count == count { return parts }
        }
    }

    private func document(
        of kind: DocumentKind, split: CorpusSplit, dice: inout Dice, where isFit: (LabelledDocument, Style) -> Bool
    ) throws(LearningError) -> LabelledDocument {
        while true {
            let document = try document(of: kind, split: split, dice: &dice)
            if isFit(document, style(document.family)) { return document }
        }
    }

    private func style(_ family: String) -> Style { Style(family: family, labels: words.labels) }
}

extension LabelledDocument {
    /// Whether a fax machine numbered its pages.
    fileprivate var hasFaxHead: Bool {
        pages.contains { $0.words.contains { $0.text.hasPrefix("Page") } }
    }

    /// Whether every later page begins with words that stand in the upper part of the first.
    fileprivate var repeatsHead: Bool {
        guard let first = pages.first else { return false }
        let upper = Set(first.words.filter { $0.box.top < first.height / 2 }.map(\.text))
        return pages.dropFirst().allSatisfy { page in
            let top = page.words.map(\.box.top).min() ?? 0
            let head = page.words.filter { $0.box.top < top + 20 && $0.box.bottom < page.height / 2 }
            return head.count > 2 && head.allSatisfy { upper.contains($0.text) }
        }
    }
}
