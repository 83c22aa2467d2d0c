import Documents

/// Finds Kodak's patch codes: four thick parallel bars, two wide and two narrow, that say 1, 2, 3, 4, 6 or T.
///
/// ZXing does not know them. By A-61599 a wide bar is 0.20 inches, a narrow bar and a space 0.08; only their proportions
/// are asked for here, as copies and faxes shrink them.
enum PatchCodeFinder {
    /// What the bars say from the leading edge: from the top, or, of bars that stand upright, from the left.
    private static let values = [
        "WWNN": "1", "WNNW": "2", "WNWN": "3", "NWWN": "4", "NNWW": "6", "NWNW": "T",
    ]
    /// Inches: the shortest bar, the thickness of a bar, the space between two.
    private static let lengthMin = 0.7
    private static let thickness = 0.058...0.27
    private static let spaces = 0.05...0.12
    /// How unlike the ends of two bars of one code may be, in inches.
    private static let endsMax = 0.12

    /// A bar: its stretch along the code's length, and across it.
    private struct Bar {
        let ends: Range<Int32>
        let depth: Range<Int32>
    }

    static func codes(in ink: PixelImage, dpi: Double, scale: Double, isDrawn: Bool = false) -> [Barcode] {
        // White specks in the bars are filled before bars are looked for.
        guard let solid = isDrawn ? ink : ink.closed(width: 5, height: 5) else { return [] }
        let (long, thick) = (Int32(dpi * 0.4), Int32(dpi * thickness.lowerBound * 0.8))
        return [true, false].flatMap { isLevel -> [Barcode] in
            guard let bars = solid.opened(width: isLevel ? long : thick, height: isLevel ? thick : long) else {
                return []
            }
            let found = bars.components().map { box in
                let (across, down) = (box.left..<box.left + box.width, box.top..<box.top + box.height)
                return isLevel ? Bar(ends: across, depth: down) : Bar(ends: down, depth: across)
            }
            return codes(of: found, dpi: dpi).map { value, bars in
                let ends = bars[0].ends
                let depth = bars[0].depth.lowerBound..<bars[3].depth.upperBound
                let (x, y) = isLevel ? (ends, depth) : (depth, ends)
                let box = Box(
                    left: Double(x.lowerBound), top: Double(y.lowerBound), right: Double(x.upperBound),
                    bottom: Double(y.upperBound))
                return Barcode(format: .patchCode, value: value, box: box.scaled(scale))
            }
        }
    }

    private static func codes(of bars: [Bar], dpi: Double) -> [(value: String, bars: [Bar])] {
        let likely = bars.filter {
            Double($0.ends.count) / dpi >= lengthMin && thickness.contains(Double($0.depth.count) / dpi)
        }.sorted { $0.depth.lowerBound < $1.depth.lowerBound }
        var codes: [(value: String, bars: [Bar])] = []
        var used: Set<Range<Int32>> = []
        for first in likely where !used.contains(first.depth) {
            var stack = [first]
            for bar in likely {
                guard let last = stack.last else { break }
                let space = Double(bar.depth.lowerBound - last.depth.upperBound) / dpi
                if spaces.contains(space), areAligned(first, bar, dpi: dpi) { stack.append(bar) }
            }
            guard stack.count == 4, let value = value(of: stack) else { continue }
            stack.forEach { used.insert($0.depth) }
            codes.append((value, stack))
        }
        return codes
    }

    private static func areAligned(_ one: Bar, _ other: Bar, dpi: Double) -> Bool {
        let most = endsMax * dpi
        return abs(Double(one.ends.lowerBound - other.ends.lowerBound)) <= most
            && abs(Double(one.ends.upperBound - other.ends.upperBound)) <= most
    }

    /// What four bars say; nil when two are not wide and two narrow.
    private static func value(of bars: [Bar]) -> String? {
        let depths = bars.map { Double($0.depth.count) }
        guard let narrow = depths.min(), let wide = depths.max(), (1.7...3.6).contains(wide / narrow) else {
            return nil
        }
        let middle = (narrow + wide) / 2
        return values[String(depths.map { $0 > middle ? "W" : "N" })]
    }
}
