import Documents

/// Finds on a page every run of words that could be a value of a kind: nothing is left out that may be one.
struct CandidateFinder {
    let page: PageText
    /// The page's place among its document's pages.
    let pageIndex: Int
    /// The labels of the page: a name or a sentence may begin where one ends.
    let hits: [LabelHit]
    /// Whether examples alone teach the type.
    var isTaught = false
    /// Whether the type's paper has the day before the month.
    var isDayFirst = false
    /// Over how many lines a name or a text may run.
    var lineCountMax = 1

    /// The candidates of `shape`, in reading order; at most `countMax`.
    func candidates(_ shape: CandidateShape, countMax: Int = 400) -> [Candidate] {
        var found: [Candidate] = []
        switch shape {
        case .name: found = names()
        case .sentence: found = sentences()
        case .date: found = inRanges(windows(of: .date, wordsMax: 5)) + terms()
        case .phone: found = windows(of: .phone, wordsMax: 4)
        case .identifier: found = windows(of: .identifier, wordsMax: 3)
        case .money: found = windows(of: .money, wordsMax: 2)
        case .taxIdentifier: found = windows(of: .taxIdentifier, wordsMax: 2)
        case .adjustmentReason: found = windows(of: .adjustmentReason, wordsMax: 2)
        case .npi, .diagnosisCode, .procedureCode, .remarkCode, .number:
            found = windows(of: shape, wordsMax: 1)
        }
        return found.prefix(countMax) + (isTaught ? blocks(shape) : [])
    }

    /// Runs of up to `wordsMax` neighbouring words that parse, the longer run at a word hiding the shorter ones.
    private func windows(of shape: CandidateShape, wordsMax: Int) -> [Candidate] {
        var found: [Candidate] = []
        let parser = ShapeParser(shape: shape, isDayFirst: isDayFirst, takesAnyCurrency: isTaught)
        var hiddenTo = 0
        for start in page.tokens.indices where start >= hiddenTo {
            guard parser.canStart(page.tokens[start]) else { continue }
            for length in stride(from: wordsMax, through: 1, by: -1) {
                let end = start + length
                guard end <= page.tokens.count, isRun(start..<end, shape: shape),
                    shape != .money || !goesOn(page.tokens[end - 1], in: end),
                    // The dash before the second date of a range is no part of the first.
                    shape != .date || !Self.rangeWords.contains(page.tokens[end - 1].text)
                else { continue }
                let made = parser.parse(page.text(start..<end), tokens: page.tokens[start..<end])
                guard !made.isEmpty else { continue }
                found += made.map { candidate($0, tokens: start..<end) }
                if shape != .identifier || length == 1 { hiddenTo = end }
                if shape != .identifier { break }
            }
        }
        return found
    }

    /// The dates, of each two with a word between that makes a range of them the first and the second told.
    private func inRanges(_ dates: [Candidate]) -> [Candidate] {
        var dates = dates
        for (first, second) in zip(dates.indices, dates.indices.dropFirst()) {
            let (one, two) = (dates[first], dates[second])
            let between = one.tokens.upperBound
            guard one.rangePlace == 0, two.rangePlace == 0, two.tokens.lowerBound == between + 1, one.value < two.value,
                page.tokens[between - 1].row == page.tokens[between + 1].row,
                Self.rangeWords.contains(page.tokens[between].text.lowercased())
            else { continue }
            (dates[first].rangePlace, dates[second].rangePlace) = (1, 2)
        }
        return dates
    }

    private static let rangeWords: Set = ["-", "–", "—", "to", "through", "thru"]

    private func candidate(_ parsed: ParsedShape, tokens: Range<Int>) -> Candidate {
        var candidate = Candidate(
            page: pageIndex, tokens: tokens, value: parsed.value, text: parsed.text ?? page.text(tokens),
            box: page.box(tokens), readingConfidence: page.confidence(tokens))
        candidate.mended = parsed.mended
        candidate.shape = parsed.shape
        candidate.rangePlace = parsed.rangePlace
        if parsed.share != 0...1 {
            let width = candidate.box.width
            let left = candidate.box.left
            candidate.box.left = left + width * parsed.share.lowerBound
            candidate.box.right = left + width * parsed.share.upperBound
        }
        return candidate
    }

    /// Whether an amount goes on in the next word, which reading could not join with it: `$2,` before `026:00`.
    private func goesOn(_ token: Token, in next: Int) -> Bool {
        guard token.text.last == ",", !token.text.contains("."), next < page.tokens.count,
            page.tokens[next].row == token.row
        else { return false }
        return page.tokens[next].text.prefixMatch(of: /\d{3}(\D|$)/) != nil
            && page.tokens[next].box.left - token.box.right < 0.7 * page.lineHeight
    }

    /// Whether the words stand on one line, near enough to be one value.
    private func isRun(_ range: Range<Int>, shape: CandidateShape) -> Bool {
        guard range.count > 1 else { return true }
        let first = page.tokens[range.lowerBound]
        for index in range.dropFirst() {
            let token = page.tokens[index]
            guard token.row == first.row else { return false }
            let gap = token.box.left - page.tokens[index - 1].box.right
            if gap > (shape == .money ? 3 : 1.6) * page.lineHeight { return false }
            if shape == .money, page.tokens[index - 1].digitCount > 0, token.digitCount > 0,
                !token.areCents(of: page.tokens[index - 1])
            {
                return false
            }
            if shape == .money, page.tokens[index - 1].text == "-", gap > 0.25 * page.lineHeight { return false }
            if shape == .identifier {
                guard token.segment == first.segment, !page.tokens[index - 1].endsWithColon,
                    token.digitCount > 0,
                    page.tokens[index - 1].plain.count > 1
                else { return false }
            }
        }
        return true
    }

    // MARK: Names

    /// Runs that read as the name of a person, a firm or a drug: whole runs, what follows a colon, capitalised words in prose.
    private func names() -> [Candidate] {
        var spans: [Range<Int>] = []
        for segment in page.segments {
            spans.append(segment)
            for index in segment.dropLast() where page.tokens[index].endsWithColon {
                spans.append(index + 1..<segment.upperBound)
                let next = (index + 1..<segment.upperBound).first { page.tokens[$0].endsWithColon }
                if let next { spans += labelledSpans(index + 1..<next + 1) }
            }
            spans += capitalised(segment)
        }
        spans += afterLabels()
        let labels = hits.filter { $0.tokens.count > 1 && !$0.isDominated && $0.hasColon && $0.likeness > 0.8 }
        var seen: Set<Range<Int>> = []
        return spans.compactMap { span in
            let span = trimmed(span)
            guard (1...9).contains(span.count), seen.insert(span).inserted, isName(span), isWhole(span, labels: labels),
                !isLabelled(span)
            else { return nil }
            guard let value = NormalForm.name.normalize(CandidateFinder.bare(page.text(span))) else { return nil }
            var candidate = Candidate(
                page: pageIndex, tokens: span, value: value, text: value, box: page.box(span),
                readingConfidence: page.confidence(span))
            candidate.shape = page.segments[page.tokens[span.lowerBound].segment] == span ? 1 : 0.5
            return candidate
        }
    }

    /// Whether it begins with a label of one word, which is none of the name: `Name: Lakeside Imaging Center`.
    private func isLabelled(_ span: Range<Int>) -> Bool {
        span.count > 1 && page.tokens[span.lowerBound].endsWithColon
    }

    /// A name without the signs around it; the full stop of a sentence is none of an abbreviation.
    private static func bare(_ text: String) -> String {
        let bare = text.trimmingSuffix { ",;:”\"".contains($0) }.trimmingPrefix { ",;:.“”\"‘’'".contains($0) }
        guard bare.last == ".", let word = bare.dropLast().split(separator: " ").last.map(String.init) else {
            return String(bare)
        }
        let isWhole =
            word.count >= 4 && word.allSatisfy { $0.isLetter || "-'".contains($0) }
            && !abbreviations.contains(word.uppercased())
        return isWhole || credentials.contains(word) ? String(bare.dropLast()) : String(bare)
    }

    private static let abbreviations: Set = ["CORP", "ASSN", "ASSOC", "BROS", "DEPT", "HOSP", "UNIV"]

    /// From the end of each label to the end of its run, or to the next label in it.
    private func afterLabels() -> [Range<Int>] {
        var starts: [Int: [Int]] = [:]
        for hit in hits {
            starts[page.tokens[hit.tokens.lowerBound].segment, default: []].append(hit.tokens.lowerBound)
        }
        return hits.flatMap { hit -> [Range<Int>] in
            let segment = page.tokens[hit.tokens.upperBound - 1].segment
            let start = hit.tokens.upperBound
            let end = page.segments[segment].upperBound
            guard start < end else { return [] }
            let next = (starts[segment] ?? []).filter { $0 > start }.min()
            return [start..<end] + (next.map { [start..<$0] } ?? [])
        }
    }

    /// In `Name: JOHN DOE Member ID:` the value ends one to three words before the next colon.
    private func labelledSpans(_ range: Range<Int>) -> [Range<Int>] {
        (1...4).compactMap { length in
            range.upperBound - length > range.lowerBound
                ? range.lowerBound..<range.upperBound - length : nil
        }
    }

    /// Two to five capitalised words inside a line of prose.
    private func capitalised(_ segment: Range<Int>) -> [Range<Int>] {
        guard segment.count > 3 else { return [] }
        var spans: [Range<Int>] = []
        var start: Int?
        for index in segment.lowerBound...segment.upperBound {
            let continues = index < segment.upperBound && isCapitalised(page.tokens[index])
            if continues, start == nil { start = index }
            let ends =
                !continues
                || ",.;:".contains(page.tokens[index].text.last ?? " ")
                    && page.tokens[index].plain.count > 2
            guard ends, let begin = start else { continue }
            let end = continues ? index + 1 : index
            if end - begin >= 2, end - begin <= 6 {
                spans.append(begin..<end)
                // A line that is a name from end to end, as letterheads are, is that name.
                if end - begin > 2, begin..<end != segment { spans.append(begin + 1..<end) }
            }
            start = nil
        }
        return spans
    }

    private func isCapitalised(_ token: Token) -> Bool {
        guard let first = token.text.unicodeScalars.first else { return false }
        return first.properties.isUppercase && token.digitCount == 0
    }

    private func trimmed(_ span: Range<Int>) -> Range<Int> {
        var start = span.lowerBound
        var end = span.upperBound
        while start < end, page.tokens[start].plain.isEmpty { start += 1 }
        while end > start, page.tokens[end - 1].plain.isEmpty { end -= 1 }
        return start..<max(start, end)
    }

    private func isName(_ span: Range<Int>) -> Bool {
        let letters = page.tokens[span].reduce(0) { $0 + $1.letterCount }
        let digits = page.tokens[span].reduce(0) { $0 + $1.digitCount }
        let last = page.tokens[span.upperBound - 1]
        let first = page.tokens[span.lowerBound]
        return letters >= 3 && letters > 2 * digits && !last.endsWithColon
            && !(first.letterCount == 0 && Self.streets.contains(String(decoding: last.plain, as: UTF8.self)))
            && !Self.papers.contains(String(decoding: last.plain, as: UTF8.self))
            && !page.tokens[span].contains { $0.plain.elementsEqual(Self.referral) }
            && (page.isExact || !page.tokens[span].dropLast().contains { $0.text == "|" })
    }

    /// What the title of a paper ends with, and no name of anybody: `Pharmacy Prior Authorization Request Form`.
    private static let papers: Set<String> = ["FORM", "REQUEST", "NOTICE", "APPLICATION"]
    private static let referral = "REFERRAL".utf8
    /// What an address ends with, `1472 Evergreen Lane`, as the Postal Service has it (Publication 28, C1).
    private static let streets: Set<String> = [
        "AVE", "AVENUE", "BLVD", "BOULEVARD", "CIR", "CIRCLE", "COURT", "CT", "DR", "DRIVE", "HIGHWAY", "HWY", "LANE",
        "LN", "PARKWAY", "PKWY", "PL", "PLACE", "RD", "ROAD", "ST", "STREET", "TER", "TERRACE", "WAY",
    ]

    /// What stands behind the names of those who treat, as NPPES has it under "credentials".
    private static let credentials: Set<String> = [
        "MD", "DO", "NP", "PA-C", "DPM", "DDS", "DMD", "PHD", "PhD", "RN", "DC", "OD", "APRN", "FNP", "CRNA",
    ]

    /// Whether a name does not end within a label, `Ellen Pena Member` before `#:`, nor before its credentials.
    private func isWhole(_ span: Range<Int>, labels: [LabelHit]) -> Bool {
        let end = span.upperBound
        if labels.contains(where: {
            $0.tokens.lowerBound < end && end < $0.tokens.upperBound && $0.tokens.lowerBound > span.lowerBound
        }) {
            return false
        }
        guard end < page.tokens.count, page.tokens[end].segment == page.tokens[end - 1].segment else { return true }
        let next = page.tokens[end]
        // What stands before a number sign is a label.
        return next.plain.first != UInt8(ascii: "#")
            && !Self.credentials.contains(next.text.filter { $0 != "." && $0 != "," })
    }

    // MARK: Blocks

    /// Blocks of one page at most: an address has tens, a page of prose has thousands that are none.
    private static let blockCountMax = 1200
    /// Words of a name at most.
    private static let nameWordsMax = 14

    /// Names and texts by whole lines, for values that no label, colon or full stop sets apart.
    private func blocks(_ shape: CandidateShape) -> [Candidate] {
        guard shape == .name || shape == .sentence else { return [] }
        let isName = shape == .name
        let finder = BlockFinder(page: page, lineCountMax: lineCountMax, isName: isName)
        return finder.spans().prefix(Self.blockCountMax).compactMap { span in
            guard let first = span.first, let last = span.last else { return nil }
            let tokens = first.lowerBound..<last.upperBound
            let text = span.map { page.text($0) }.joined(separator: " ")
            let bare = String(text.trimmingSuffix { ",;: ".contains($0) }.trimmingPrefix { ",;:. ".contains($0) })
            guard !isName || tokens.count <= Self.nameWordsMax && self.isName(tokens), bare.count >= 3,
                let value = (isName ? NormalForm.name : .text).normalize(bare)
            else { return nil }
            var candidate = Candidate(
                page: pageIndex, tokens: tokens, value: value, text: value,
                box: Box.enclosing(span.map { page.box($0) }) ?? page.box(first),
                readingConfidence: span.map { page.confidence($0) }.min() ?? 0)
            candidate.lineCount = span.count
            candidate.shape = 1
            return candidate
        }
    }

    // MARK: Text

    /// Whole sentences over several lines, the lines of lists, and what stands after a colon.
    private func sentences() -> [Candidate] {
        var seen: Set<[Range<Int>]> = []
        return (SentenceFinder(page: page).spans() + afterLabels().filter { $0.count > 2 }.map { [$0] })
            .map(withoutLead).filter { seen.insert($0).inserted }
            .compactMap { span in
                let text = span.map { page.text($0) }.joined(separator: " ")
                let bare = text.drop { "•-–—*·▪o☐□ ".contains($0) && $0 != "o" }
                guard let value = NormalForm.text.normalize(String(bare)), value.count >= 3,
                    let first = span.first,
                    let last = span.last
                else { return nil }
                return Candidate(
                    page: pageIndex, tokens: first.lowerBound..<last.upperBound, value: value, text: value,
                    box: Box.enclosing(span.map { page.box($0) }) ?? page.box(first),
                    readingConfidence: span.map { page.confidence($0) }.min() ?? 0)
            }
    }

    /// What a text says after the words that only lead to it: `We denied the claim because: The service …`, `Why did we
    /// deny it? The service …`.
    private func withoutLead(_ span: [Range<Int>]) -> [Range<Int>] {
        let tokens = span.flatMap { $0 }
        let words = tokens.prefix(Self.leadWordsMax).map { String(decoding: page.tokens[$0].plain, as: UTF8.self) }
        let end = words.indices.first { index in
            let token = page.tokens[tokens[index]]
            if token.text.last == "?" { return true }
            let hasReason = Self.leads.contains(words[index])
            return token.endsWithColon
                && (hasReason || words[index] == "IS" && words[..<index].contains(where: Self.leads.contains))
        }
        guard let lead = end.map({ tokens[$0] }), let next = tokens.first(where: { $0 > lead }),
            isCapitalised(page.tokens[next]), tokens.count(where: { $0 > lead }) >= 3
        else { return span }
        return span.compactMap { part in
            let rest = max(part.lowerBound, lead + 1)..<max(part.upperBound, lead + 1)
            return rest.isEmpty ? nil : rest
        }
    }

    private static let leads: Set<String> = [
        "BECAUSE", "REASON", "REASONS", "FOLLOWING", "FOLLOWS", "DETERMINATION", "DECISION",
    ]
    /// Words before such a colon at most, with it.
    private static let leadWordsMax = 14

    // MARK: Terms

    /// `DAY` or `DAYS`, a letter misread: `daya`.
    private static func isDays(_ plain: [UInt8]) -> Bool {
        plain.elementsEqual("DAY".utf8)
            || plain.first == UInt8(ascii: "D") && EditDistance.between(plain, Array("DAYS".utf8), limit: 1) != nil
                && plain.count == 4
    }

    /// `within 60 days`, `30 calendar days from the date of this letter`: a date that must be worked out.
    private func terms() -> [Candidate] {
        page.tokens.indices.compactMap { index in
            guard Self.isDays(page.tokens[index].plain) else { return nil }
            for back in 1...3 where index >= back {
                let number = page.tokens[index - back]
                guard number.row == page.tokens[index].row else { break }
                if let days = Int(number.text.filter(\.isNumber)), number.digitCount > 0,
                    (1...400).contains(days),
                    number.letterCount == 0
                {
                    let tokens = index - back..<index + 1
                    var candidate = Candidate(
                        page: pageIndex, tokens: tokens, value: "", text: page.text(tokens),
                        box: page.box(tokens),
                        readingConfidence: page.confidence(tokens))
                    candidate.termDays = days
                    return candidate
                }
            }
            return nil
        }
    }
}

extension StringProtocol {
    /// Without the signs at its end that meet a condition.
    func trimmingSuffix(while predicate: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, predicate(self[index(before: end)]) { end = index(before: end) }
        return self[startIndex..<end]
    }
}
