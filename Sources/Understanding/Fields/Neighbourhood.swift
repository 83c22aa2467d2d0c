import Documents

/// What stands around a candidate, as hashes that a learned model has a weight for, crossed with each field.
struct Neighbourhood {
    let page: PageText
    let pageIndex: Int
    let sections: SectionHeads

    /// `order` is the candidate's place among those of its shape on the page.
    func hashes(of candidate: Candidate, order: Int, shape: CandidateShape) -> [UInt64] {
        var hashes: [UInt64] = []
        hashes.reserveCapacity(40)
        func add(_ role: UInt64, _ value: UInt64) { hashes.append(StableHash.of(role, value)) }
        func add(_ role: UInt64, word index: Int) {
            let plain = page.tokens[index].plain
            var hash = StableHash()
            hash.combine(Self.folded(plain))
            add(role, hash.value)
            if plain.count > 4 {
                var stem = StableHash(seed: 4)
                stem.combine(Self.folded(plain).prefix(4))
                add(role &+ 100, stem.value)
            }
        }
        let first = candidate.tokens.lowerBound
        let row = page.tokens[first].row
        let line = page.rows[row]
        let left = (max(line.lowerBound, first - 4)..<first).reversed()
        for (place, index) in left.enumerated() {
            add(1, word: index)
            if place < 2 { add(2 + UInt64(place), word: index) }
        }
        let end = candidate.tokens.upperBound
        for index in end..<max(end, min(line.upperBound, end + 2)) {
            add(5, word: index)
        }
        for index in line.prefix(3) where index < first { add(6, word: index) }
        if first <= line.lowerBound + 1, row > 0 {
            for index in page.rows[row - 1].suffix(3) { add(7, word: index) }
        }
        let above = above(candidate, row: row)
        for index in above { add(8, word: index) }
        addSection(of: candidate, row: row, beside: Array(left.prefix(1)) + above.prefix(2), add: add)
        addPlace(of: candidate, row: row, order: order, add: add)
        addShape(of: candidate, shape: shape, add: add)
        return hashes
    }

    /// A word as it is hashed: short forms written out, digits as zeros.
    static func folded(_ plain: [UInt8]) -> [UInt8] {
        TradeWords.canonical(plain).map { (0x30...0x39).contains($0) ? 0x30 : $0 }
    }

    /// The words of the heading over it, alone and with each word of what may be its label.
    private func addSection(
        of candidate: Candidate, row: Int, beside labels: [Int], add: (UInt64, UInt64) -> Void
    ) {
        for word in sections.words(over: candidate.box, row: row) {
            add(9, word)
            for index in labels {
                add(10, StableHash.of(word, StableHash.of(Self.folded(page.tokens[index].plain))))
            }
        }
    }

    /// The words of the nearest run above that shares some of the candidate's width.
    private func above(_ candidate: Candidate, row: Int) -> [Int] {
        for above in stride(from: row - 1, through: max(0, row - 3), by: -1) {
            for index in page.rows[above] {
                let segment = page.tokens[index].segment
                let box = page.segmentBoxes[segment]
                guard
                    box.horizontalOverlap(candidate.box) > 0
                        || abs(box.left - candidate.box.left) < page.lineHeight,
                    candidate.box.top - box.bottom < 3 * page.lineHeight
                else { continue }
                return page.segments[segment].filter { index in
                    page.segments[segment].count < 5
                        || page.tokens[index].box.horizontalOverlap(candidate.box) > -page.lineHeight
                }.prefix(5).map { $0 }
            }
        }
        return []
    }

    private func addPlace(
        of candidate: Candidate, row: Int, order: Int, add: (UInt64, UInt64) -> Void
    ) {
        let x = UInt64(max(0, min(9, candidate.box.midX / page.width * 10)))
        let y = UInt64(max(0, min(11, candidate.box.midY / page.height * 12)))
        let leaf = UInt64(min(pageIndex, 1))
        add(20, x)
        add(21, leaf * 100 + y)
        add(22, leaf * 100 + UInt64(min(row, 14)))
        add(23, leaf * 100 + UInt64(min(order, 6)))
        let size = candidate.box.height / page.lineHeight
        add(24, size < 0.8 ? 0 : size < 1.25 ? 1 : size < 1.7 ? 2 : 3)
        add(25, UInt64(min(page.rows[row].count, 20)))
    }

    private func addShape(
        of candidate: Candidate, shape: CandidateShape, add: (UInt64, UInt64) -> Void
    ) {
        add(30, UInt64(candidate.shape * 10))
        add(31, UInt64(min(candidate.tokens.count, 8)))
        switch shape {
        case .name, .sentence:
            for index in candidate.tokens.prefix(10) {
                var hash = StableHash()
                hash.combine(Self.folded(page.tokens[index].plain))
                add(32, hash.value)
            }
            let capitals = candidate.text.count(where: \.isUppercase) * 4 / max(1, candidate.text.count)
            add(33, UInt64(capitals))
        default:
            var pattern = StableHash()
            var last: UInt8 = 0
            for byte in candidate.text.utf8 {
                let sign: UInt8 =
                    (0x30...0x39).contains(byte)
                    ? 0x30 : byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A ? 0x41 : byte
                if sign != last { pattern.combine(sign) }
                last = sign
            }
            add(34, pattern.value)
            add(35, UInt64(min(candidate.value.utf8.count, 16)))
        }
        add(36, UInt64(candidate.rangePlace))
        add(37, candidate.termDays == nil ? 0 : 1)
    }
}
