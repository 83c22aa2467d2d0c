import Foundation

extension PixelImage {
    private static let hashedWidth = 256
    private static let gridSide = 32
    private static let frequencyCount = 8

    /// The look of the page in 64 bits: scans of one sheet differ in few of them, whatever the scanner.
    ///
    /// The signs of the low frequencies of a discrete cosine transform against their median (C. Zauner, Implementation and
    /// Benchmarking of Perceptual Image Hash Functions, 2010, 3.2.1). The page is upright and straight already; its ink,
    /// without the outermost hundredth on each side, is stretched over the grid, so that neither a shift nor a speck at the
    /// edge counts. Sixteen hexadecimal digits; nil for a page without ink.
    func perceptualHash() -> String? {
        let darkness = grey()?.darkness(columnsMax: PixelImage.hashedWidth)
        guard let grid = darkness?.inkGrid(side: PixelImage.gridSide) else { return nil }
        let (side, count) = (PixelImage.gridSide, PixelImage.frequencyCount)
        let waves = (1...count).map { frequency in
            (0..<side).map { cos(Double.pi / Double(side) * (Double($0) + 0.5) * Double(frequency)) }
        }
        let rows = (0..<side).map { row in
            waves.map { wave in (0..<side).reduce(0.0) { $0 + grid[row * side + $1] * wave[$1] } }
        }
        let strengths = waves.flatMap { wave in
            (0..<count).map { column in (0..<side).reduce(0.0) { $0 + rows[$1][column] * wave[$1] } }
        }
        let sorted = strengths.sorted()
        let median = (sorted[strengths.count / 2 - 1] + sorted[strengths.count / 2]) / 2
        let bits = strengths.reduce(UInt64(0)) { $0 << 1 | ($1 > median ? 1 : 0) }
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// How dark a page is, cell by cell.
struct DarknessMap {
    let width: Int
    let height: Int
    /// Row by row, 0 to 255.
    let cells: [Int]

    /// Paler than this is grain and shadow.
    private static let inkMin = 48

    /// How dark each cell of a grid over the ink is, row by row; nil where there is too little ink to look at.
    fileprivate func inkGrid(side: Int) -> [Double]? {
        let ink = cells.map { $0 < DarknessMap.inkMin ? 0 : $0 }
        var (columns, rows) = ([Int](repeating: 0, count: width), [Int](repeating: 0, count: height))
        for y in 0..<height {
            for x in 0..<width {
                columns[x] += ink[y * width + x]
                rows[y] += ink[y * width + x]
            }
        }
        guard let across = DarknessMap.span(of: columns, min: side), let down = DarknessMap.span(of: rows, min: side)
        else { return nil }
        var grid = [Double](repeating: 0, count: side * side)
        for y in down {
            for x in across {
                let cell =
                    (y - down.lowerBound) * side / down.count * side + (x - across.lowerBound) * side / across.count
                grid[cell] += Double(ink[y * width + x])
            }
        }
        return grid
    }

    /// Where all but the outermost hundredths of the ink are; nil where that is less than `min`.
    private static func span(of sums: [Int], min: Int) -> Range<Int>? {
        let total = sums.reduce(0, +)
        guard total > 0 else { return nil }
        var (seen, first, last) = (0, 0, sums.count - 1)
        for (index, sum) in sums.enumerated() {
            if seen * 100 < total { first = index }
            seen += sum
            if seen * 100 < total * 99 { last = index }
        }
        return last - first >= min ? first..<last + 1 : nil
    }
}
