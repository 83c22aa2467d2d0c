import Documents

/// A row of equal cells, each for one character.
struct Comb {
    var box: Box
    /// The cells from left to right, their walls left out.
    var cells: [Box]

    func scaled(_ factor: Double) -> Comb { Comb(box: box.scaled(factor), cells: cells.map { $0.scaled(factor) }) }
}

/// Finds combs by their rules: one above, one below, and between them dividers at equal steps, whole or only at the foot.
struct CombFinder {
    let ink: InkMap
    let rules: [InkBox]
    let dpi: Double

    /// Inches: how high a comb is, and from one divider to the next.
    private static let heights = 0.11...0.5
    private static let steps = 0.09...0.45
    private static let cellCountMin = 4
    /// How far a step may be from the usual one, as a share of it.
    private static let slack = 0.17

    func combs() -> [Comb] {
        var combs: [Comb] = []
        let sorted = rules.sorted { $0.top < $1.top }
        for (index, upper) in sorted.enumerated() {
            // The nearest rule below of the same width is the comb's foot.
            let lower = sorted[(index + 1)...].first { rule in
                abs(rule.left - upper.left) <= 5 && abs(rule.right - upper.right) <= 5
                    && Double(rule.top - upper.top) / dpi >= CombFinder.heights.lowerBound
            }
            guard let lower, Double(lower.bottom - upper.top) / dpi <= CombFinder.heights.upperBound,
                let comb = comb(between: upper, and: lower)
            else { continue }
            combs.append(comb)
        }
        return combs
    }

    private func comb(between upper: InkBox, and lower: InkBox) -> Comb? {
        let foot = lower.top - max(3, (lower.top - upper.bottom) / 4)..<lower.top
        var dividers: [(left: Int, right: Int)] = []
        for x in min(upper.left, lower.left) - 2..<max(upper.right, lower.right) + 2
        where ink.columnShare(x, foot) >= 0.8 {
            if let last = dividers.last, x - last.right <= 2 {
                dividers[dividers.count - 1].right = x
            } else {
                dividers.append((x, x))
            }
        }
        // Feet of letters are no dividers: only what stands at the steps of the frame counts.
        guard dividers.count > CombFinder.cellCountMin, let first = dividers.first, let last = dividers.last else {
            return nil
        }
        let gaps = zip(dividers.dropFirst(), dividers).map { $0.left - $1.left }.sorted()
        let wide = Double(last.left - first.left)
        let usual = Double(gaps[gaps.count / 2])
        let count = Int((wide / usual).rounded())
        guard count >= CombFinder.cellCountMin, CombFinder.steps.contains(wide / Double(count) / dpi) else {
            return nil
        }
        let step = wide / Double(count)
        let walls = (0...count).map { number in
            dividers.first {
                abs(Double($0.left) - Double(first.left) - step * Double(number)) < CombFinder.slack * step
            }
        }
        // Some feet may have faded.
        guard walls.count(where: { $0 == nil }) * 5 <= count else { return nil }
        let cells = (0..<count).map { number in
            Box(
                left: walls[number].map { Double($0.right + 1) } ?? Double(first.left) + step * Double(number) + 1,
                top: Double(upper.bottom),
                right: walls[number + 1].map { Double($0.left) } ?? Double(first.left) + step * Double(number + 1),
                bottom: Double(lower.top))
        }
        return Comb(
            box: Box(
                left: Double(first.left), top: Double(upper.top), right: Double(last.right + 1),
                bottom: Double(lower.bottom)),
            cells: cells)
    }
}
