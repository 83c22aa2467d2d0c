import Documents

/// What more is learned of a candidate for types that only examples teach: no label need stand beside their values, so
/// that where a value begins and ends, and how an amount stands to the others, must tell it.
struct TaughtNeighbourhood {
    let page: PageText
    let candidates: [Candidate]
    /// The rank of each candidate's amount, the greatest first, and how often the page has it.
    private let amounts: [(cents: Int64, rank: Int, count: Int)?]
    private let distinct: Set<Int64>
    /// The places of the rows that hold more than signs, from the top.
    private let places: [Int: Int]

    init(page: PageText, candidates: [Candidate], shape: CandidateShape) {
        self.page = page
        self.candidates = candidates
        let cents = candidates.map { shape == .money ? Money($0.value)?.cents : nil }
        var counts: [Int64: Int] = [:]
        for amount in cents.compactMap({ $0 }) { counts[amount, default: 0] += 1 }
        let order = counts.keys.sorted(by: >)
        let ranks = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        amounts = cents.map { amount in amount.map { ($0, ranks[$0] ?? 0, counts[$0] ?? 1) } }
        distinct = Set(order.filter { $0 > 0 })
        let inked = page.rows.indices.filter { page.tokens[page.rows[$0]].contains { !$0.plain.isEmpty } }
        places = Dictionary(uniqueKeysWithValues: inked.enumerated().map { ($1, $0) })
    }

    /// The hashes of the candidate at `index`.
    func hashes(of index: Int, shape: CandidateShape) -> [UInt64] {
        var hashes: [UInt64] = []
        func add(_ role: UInt64, _ values: UInt64...) {
            var hash = StableHash(seed: 900 + role)
            for value in values { hash.combine(value) }
            hashes.append(hash.value)
        }
        let candidate = candidates[index]
        addLines(candidate, add)
        switch shape {
        case .name, .sentence: addBounds(candidate, add)
        case .money: addAmount(index, add)
        default: break
        }
        return hashes
    }

    private func word(_ index: Int) -> UInt64 {
        var hash = StableHash(seed: 7)
        hash.combine(Neighbourhood.folded(page.tokens[index].plain))
        return hash.value
    }

    /// What kind of word it is: its signs at both ends and whether it is made of letters or digits.
    private func kind(_ index: Int) -> UInt64 {
        let token = page.tokens[index]
        let body: UInt64 =
            token.plain.isEmpty
            ? 0 : token.digitCount == 0 ? 1 : token.letterCount == 0 ? 2 + UInt64(min(token.digitCount, 6)) : 9
        let first: UInt64 = token.text.first == "(" ? 1 : 0
        let last: UInt64 =
            switch token.text.last {
            case ",": 1
            case ".": 2
            case ":": 3
            case ")": 4
            default: 0
            }
        return body * 100 + first * 10 + last
    }

    /// Words further to the side than so many heights of a line are of another column.
    private static let columnGap = 4.0

    /// The words of the nearest line above or below a box, of its own column.
    private func line(from row: Int, step: Int, box: Box) -> [Int] {
        var row = row + step
        var left = 3
        while page.rows.indices.contains(row), left > 0 {
            let words = page.rows[row].filter {
                let word = page.tokens[$0]
                let gap = max(box.left - word.box.right, word.box.left - box.right)
                return !word.plain.isEmpty && gap < Self.columnGap * page.lineHeight
            }
            if !words.isEmpty { return words }
            row += step
            left -= 1
        }
        return []
    }

    private func addLines(_ candidate: Candidate, _ add: (UInt64, UInt64...) -> Void) {
        let (first, last) = (page.tokens[candidate.tokens.lowerBound], page.tokens[candidate.tokens.upperBound - 1])
        let above = line(from: first.row, step: -1, box: candidate.box)
        let below = line(from: last.row, step: 1, box: candidate.box)
        for index in above.prefix(2) { add(1, word(index)) }
        for index in below.prefix(2) { add(2, word(index)) }
        add(3, UInt64(min(places[first.row] ?? 30, 15)))
        add(4, above.isEmpty ? 1 : 0, below.isEmpty ? 1 : 0)
        let left = page.rows[first.row].filter { $0 < candidate.tokens.lowerBound && !page.tokens[$0].plain.isEmpty }
        for (one, two) in zip(left, left.dropFirst()) { add(5, word(one), word(two)) }
        if let only = left.first, left.count == 1 { add(6, word(only)) }
        if left.isEmpty { add(6, 0) }
    }

    private func addBounds(_ candidate: Candidate, _ add: (UInt64, UInt64...) -> Void) {
        let tokens = candidate.tokens
        let (first, last) = (tokens.lowerBound, tokens.upperBound - 1)
        let lineCount = UInt64(candidate.lineCount)
        add(10, word(first))
        add(11, word(last))
        add(12, kind(first))
        add(13, kind(last))
        add(14, lineCount)
        add(15, lineCount, UInt64(min(places[page.tokens[first].row] ?? 30, 8)))
        for index in page.rows[page.tokens[last].row] where tokens.contains(index) { add(16, word(index)) }
        if tokens.count > 1 { add(17, word(first), word(first + 1)) }
        for index in tokens.dropFirst(10) { add(18, word(index)) }
        let box = candidate.box
        let below = line(from: page.tokens[last].row, step: 1, box: box)
        if let next = below.first {
            add(20, kind(next))
            add(21, kind(last), kind(next))
            add(22, below.contains { page.tokens[$0].endsWithColon } ? 1 : 0)
            add(23, size(of: next, beside: last))
        }
        if let before = line(from: page.tokens[first].row, step: -1, box: box).first {
            add(24, kind(before))
            add(25, size(of: before, beside: first))
            add(26, kind(before), kind(first))
        }
        let line = page.rows[page.tokens[last].row]
        add(27, last + 1 < line.upperBound ? kind(last + 1) + 1 : 0)
        let start = page.rows[page.tokens[first].row].lowerBound
        add(28, first > start ? kind(first - 1) + 1 : 0)
        add(29, UInt64(min(page.tokens[tokens].reduce(0) { $0 + $1.digitCount }, 12)))
    }

    /// Whether a word is printed larger than another, smaller, or like it.
    private func size(of index: Int, beside other: Int) -> UInt64 {
        let share = page.tokens[index].box.height / max(1, page.tokens[other].box.height)
        return share > 1.3 ? 2 : share < 0.77 ? 0 : 1
    }

    private func addAmount(_ index: Int, _ add: (UInt64, UInt64...) -> Void) {
        guard let amount = amounts[index] else { return }
        let rank = UInt64(min(amount.rank, 4))
        let count = UInt64(min(amount.count, 4))
        add(30, rank)
        add(31, count)
        add(32, rank, count)
        add(33, UInt64(min(candidates.count - 1 - index, 9)))
        add(34, amount.cents == 0 ? 1 : amount.cents < 0 ? 2 : 0)
        let others = distinct.subtracting([amount.cents])
        let isSum = others.contains { other in
            let rest = amount.cents - other
            return rest > 0 && rest != other && others.contains(rest)
        }
        let isPart = others.contains { other in
            let rest = other - amount.cents
            return amount.cents > 0 && rest > 0 && rest != amount.cents && others.contains(rest)
        }
        add(35, isSum ? 1 : 0, isPart ? 1 : 0)
        add(36, isSum ? 1 : 0, isPart ? 1 : 0, rank)
    }
}
