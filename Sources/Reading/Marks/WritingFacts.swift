import Foundation

/// What the shapes of some ink say of whether a hand or a machine made it.
///
/// Print stands on one line, has strokes of one or two widths and many straight edges; a hand wavers in all of it.
struct WritingFacts {
    /// What the classifiers weigh.
    let values: [Double]
    /// The box of the ink.
    let bounds: InkBox

    /// What hangs together.
    struct Shape {
        var box: InkBox
        var area: Int
    }

    /// Pixels under which a shape is a speck.
    private static let areaMin = 5

    /// - Parameters:
    ///   - box: where to look.
    ///   - isWanted: tells the shapes that count from those that reach in from elsewhere.
    init?(_ ink: InkMap, in box: InkBox, dpi: Double, isWanted: (InkBox) -> Bool = { _ in true }) {
        var field = Field(ink, box)
        let shapes = field.keepShapes { $0.area >= WritingFacts.areaMin && isWanted($0.box) }
        guard let first = shapes.first else { return nil }
        bounds = shapes.dropFirst().reduce(first.box) { $0.union($1.box) }
        let (wide, high) = (Double(bounds.width), max(4, Double(bounds.height)))
        guard wide >= 4 else { return nil }
        let tall = shapes.filter { Double($0.box.height) > 0.4 * high }
        let area = Double(shapes.reduce(0) { $0 + $1.area })
        let edges = field.edges(height: high)
        values = [
            Double(shapes.count) / (wide / high), Double(shapes.map(\.box.width).max() ?? 0) / wide,
            WritingFacts.spread(tall.map { Double($0.box.bottom) }) / high,
            WritingFacts.spread(tall.map { Double($0.box.top) }) / high,
            WritingFacts.spread(shapes.map { Double($0.box.height) }) / high,
            2 * area / max(1, edges.count) / high, edges.runSpread, edges.straightUpright, edges.straightLevel,
            edges.slant, abs(edges.slant), edges.waver, area / (wide * high), high / dpi, min(8, wide / high),
            shapes.reduce(0) { $0 + Double($1.box.width) / Double($1.box.height) } / Double(shapes.count),
            area / (dpi * dpi) * 10,
            2 * area / max(1, edges.count) / dpi * 50,
        ]
    }

    private static func spread(_ numbers: [Double]) -> Double {
        guard numbers.count > 1 else { return 0 }
        let mean = numbers.reduce(0, +) / Double(numbers.count)
        return (numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)).squareRoot()
    }
}

extension InkBox {
    func union(_ other: InkBox) -> InkBox {
        InkBox(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
            bottom: max(bottom, other.bottom))
    }
}

/// A cut-out of a page's ink, of which shapes are taken one by one.
private struct Field {
    private let box: InkBox
    private let width: Int
    private let height: Int
    private var isInk: [Bool]

    init(_ ink: InkMap, _ box: InkBox) {
        self.box = box
        (width, height) = (max(0, box.width), max(0, box.height))
        isInk = [Bool](repeating: false, count: width * height)
        for y in 0..<height {
            for x in 0..<width { isInk[y * width + x] = ink.hasInk(box.left + x, box.top + y) }
        }
    }

    /// The shapes that are wanted, eight neighbours hanging together, by their places on the page; the ink of others goes.
    mutating func keepShapes(_ isWanted: (WritingFacts.Shape) -> Bool) -> [WritingFacts.Shape] {
        var left = isInk
        var shapes: [WritingFacts.Shape] = []
        var open: [Int] = []
        var own: [Int] = []
        for start in left.indices where left[start] {
            left[start] = false
            open.append(start)
            own.removeAll(keepingCapacity: true)
            var bounds = InkBox(left: width, top: height, right: 0, bottom: 0)
            while let place = open.popLast() {
                let (x, y) = (place % width, place / width)
                own.append(place)
                bounds = bounds.union(InkBox(left: x, top: y, right: x + 1, bottom: y + 1))
                for row in max(0, y - 1)...min(height - 1, y + 1) {
                    for column in max(0, x - 1)...min(width - 1, x + 1) where left[row * width + column] {
                        left[row * width + column] = false
                        open.append(row * width + column)
                    }
                }
            }
            bounds.left += box.left
            bounds.right += box.left
            bounds.top += box.top
            bounds.bottom += box.top
            let shape = WritingFacts.Shape(box: bounds, area: own.count)
            if isWanted(shape) {
                shapes.append(shape)
            } else {
                for place in own { isInk[place] = false }
            }
        }
        return shapes
    }

    private func hasInk(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && y >= 0 && x < width && y < height && isInk[y * width + x]
    }

    /// What the borders of the ink look like.
    struct Edges {
        var count = 0.0
        var straightUpright = 0.0
        var straightLevel = 0.0
        var slant = 0.0
        var waver = 0.0
        var runSpread = 0.0
    }

    func edges(height high: Double) -> Edges {
        var edges = Edges()
        let (long, broad) = (max(4, Int(0.4 * high)), max(3, Int(0.22 * high)))
        var (left, top) = (0.0, 0.0)
        var (steps, stepSum, stepSquares) = (0.0, 0.0, 0.0)
        var (runs, runSum, runSquares) = (0.0, 0.0, 0.0)
        func isLeftEdge(_ x: Int, _ y: Int) -> Bool { hasInk(x, y) && !hasInk(x - 1, y) }
        func isTopEdge(_ x: Int, _ y: Int) -> Bool { hasInk(x, y) && !hasInk(x, y - 1) }
        for y in 0..<height {
            for x in 0..<width where isInk[y * width + x] {
                if !hasInk(x - 1, y) || !hasInk(x + 1, y) || !hasInk(x, y - 1) || !hasInk(x, y + 1) { edges.count += 1 }
                if isTopEdge(x, y), !isTopEdge(x - 1, y) {
                    var end = x
                    while isTopEdge(end, y) { end += 1 }
                    top += Double(end - x)
                    if end - x >= broad { edges.straightLevel += Double(end - x) }
                }
                guard isLeftEdge(x, y) else { continue }
                var end = x
                while hasInk(end, y) { end += 1 }
                (runs, runSum, runSquares) = (
                    runs + 1, runSum + Double(end - x), runSquares + Double((end - x) * (end - x))
                )
                if !isLeftEdge(x, y - 1) {
                    var low = y
                    while isLeftEdge(x, low) { low += 1 }
                    left += Double(low - y)
                    if low - y >= long { edges.straightUpright += Double(low - y) }
                }
                if let step = [0, -1, 1, -2, 2].first(where: { isLeftEdge(x + $0, y + 1) }) {
                    (steps, stepSum) = (steps + 1, stepSum + Double(step))
                    stepSquares += Double(step * step)
                }
            }
        }
        edges.straightUpright /= max(1, left)
        edges.straightLevel /= max(1, top)
        edges.slant = stepSum / max(1, steps)
        edges.waver = max(0, stepSquares / max(1, steps) - edges.slant * edges.slant).squareRoot()
        let mean = runSum / max(1, runs)
        edges.runSpread = max(0, runSquares / max(1, runs) - mean * mean).squareRoot() / max(1, mean)
        return edges
    }
}
