import Documents
import Foundation

/// A square on a page, and what its ink says of how it was marked.
struct CheckboxMark {
    let square: InkBox
    /// What the classifier weighs; `MarkWeights.checkbox` has a weight for each and one more.
    let facts: [Double]
    /// Whether ink stands as near at its sides as letters stand to one another.
    let isSnug: Bool

    /// - Parameters:
    ///   - ink: all ink of the page.
    ///   - pen: the same without long rules, which would pass for a ring.
    init(_ square: InkBox, ink: InkMap, pen: InkMap) {
        self.square = square
        let gap = 2 + square.width / 4
        isSnug = (1..<gap).contains { distance in
            [square.left - 1 - distance, square.right + distance].contains { ink.columnShare($0, square.rows) > 0.12 }
        }
        facts = CheckboxMark.inside(square, ink) + CheckboxMark.around(square, pen)
    }

    /// The likeliest state and its probability.
    var state: (state: Checkbox.State, probability: Double) {
        let probabilities = MarkWeights.probabilities(facts, weights: MarkWeights.checkbox)
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        return (Checkbox.State.allCases[best], probabilities[best])
    }

    /// Ink within the walls: how much, where, along which diagonals, how symmetrical.
    private static func inside(_ square: InkBox, _ ink: InkMap) -> [Double] {
        let inner = withoutWalls(square, ink)
        let (wide, high) = (max(1, inner.width), max(1, inner.height))
        var (count, middle, falling, rising) = (0.0, 0.0, 0.0, 0.0)
        var (middleArea, fallingArea, risingArea) = (0.0, 0.0, 0.0)
        var thirds = [Double](repeating: 0, count: 9)
        var thirdAreas = thirds
        var (evenAcross, evenDown) = (0.0, 0.0)
        for y in inner.rows {
            for x in inner.columns {
                let isInk = ink.hasInk(x, y) ? 1.0 : 0
                let (u, v) = (
                    (Double(x - inner.left) + 0.5) / Double(wide), (Double(y - inner.top) + 0.5) / Double(high)
                )
                count += isInk
                if abs(u - 0.5) < 0.18, abs(v - 0.5) < 0.18 { (middle, middleArea) = (middle + isInk, middleArea + 1) }
                if abs(u - v) < 0.1 { (falling, fallingArea) = (falling + isInk, fallingArea + 1) }
                if abs(u + v - 1) < 0.1 { (rising, risingArea) = (rising + isInk, risingArea + 1) }
                let third = min(2, Int(v * 3)) * 3 + min(2, Int(u * 3))
                thirds[third] += isInk
                thirdAreas[third] += 1
                if isInk > 0 {
                    if ink.hasInk(inner.left + inner.right - 1 - x, y) { evenAcross += 1 }
                    if ink.hasInk(x, inner.top + inner.bottom - 1 - y) { evenDown += 1 }
                }
            }
        }
        let share = count / Double(wide * high)
        let diagonals = [falling / max(1, fallingArea), rising / max(1, risingArea)]
        return [
            share, share * share, min(share, 0.08) / 0.08, middle / max(1, middleArea), diagonals[0], diagonals[1],
            diagonals[0] * diagonals[1], evenAcross / max(4, count), evenDown / max(4, count),
        ] + zip(thirds, thirdAreas).map { $0 / max(1, $1) }
    }

    /// The square without its walls and their shadow; its middle when it is inked from wall to wall.
    private static func withoutWalls(_ square: InkBox, _ ink: InkMap) -> InkBox {
        var inner = square
        let deepest = square.width / 4
        func isWall(_ share: Double) -> Bool { share > 0.55 }
        while inner.top - square.top < deepest, isWall(ink.rowShare(inner.top, square.columns)) { inner.top += 1 }
        while square.bottom - inner.bottom < deepest, isWall(ink.rowShare(inner.bottom - 1, square.columns)) {
            inner.bottom -= 1
        }
        while inner.left - square.left < deepest, isWall(ink.columnShare(inner.left, square.rows)) { inner.left += 1 }
        while square.right - inner.right < deepest, isWall(ink.columnShare(inner.right - 1, square.rows)) {
            inner.right -= 1
        }
        return InkBox(left: inner.left + 1, top: inner.top + 1, right: inner.right - 1, bottom: inner.bottom - 1)
    }

    private static let rayCount = 36

    /// Ink about the square: rays from its middle that meet a pen's line outside, and how smoothly these follow.
    private static func around(_ square: InkBox, _ pen: InkMap) -> [Double] {
        let side = Double(square.width)
        let (middleX, middleY) = (Double(square.left) + side / 2, Double(square.top) + Double(square.height) / 2)
        let hits: [Double?] = (0..<rayCount).map { ray in
            let angle = 2 * Double.pi * Double(ray) / Double(rayCount)
            let (across, down) = (cos(angle), sin(angle))
            // The ray begins where it leaves the wall.
            var reach = (side / 2 + 2) / max(abs(across), abs(down))
            while reach < 1.9 * side {
                if pen.hasInk(Int(middleX + across * reach), Int(middleY + down * reach)) { return reach / side }
                reach += 0.7
            }
            return nil
        }
        let met = hits.count { $0 != nil }
        var smooth = 0
        for ray in hits.indices {
            guard let here = hits[ray], let next = hits[(ray + 1) % rayCount] else { continue }
            if abs(here - next) < 0.2 { smooth += 1 }
        }
        // The side away from the label meets nothing but a ring.
        let quarters = (0..<4).map { quarter in
            (0..<9).count { hits[(quarter * 9 + $0 + 32) % rayCount] != nil }
        }
        let share = Double(smooth) / Double(rayCount)
        return [Double(met) / Double(rayCount), share, max(0, share - 0.6) / 0.4, Double(quarters.min() ?? 0) / 9]
    }
}
