/// How much the mail has suffered.
package enum WearLevel: String, CaseIterable, Codable, Sendable {
    /// Born digital: text, not an image.
    case clean
    /// A good office scanner: 200 or 300 dpi, a little skew, a little noise.
    case office
    /// Faxed, copied, low on toner: coarse, skewed up to three degrees, speckled, sometimes turned.
    case poor
}

/// What happens to one page between the printer and the file.
struct Wear: Sendable {
    let dpiX: Double
    let dpiY: Double
    /// Degrees clockwise that the page leans.
    private(set) var skew: Double
    /// Degrees clockwise by which the page has to be turned to stand upright.
    private(set) var rotation: Int
    let blur: Double
    /// Grey levels by which the ink is paler: low toner.
    let fade: Double
    let grain: Double
    /// Specks on a million pixels.
    let specks: Double
    let bitonal: Bool
    /// The level below which a pixel of a bitonal page is black.
    let threshold: Double
    /// Streaks from the feeder.
    let streaks: Int
    /// Whether the sheet was in a binder: three holes at its left edge.
    let punched: Bool
    /// How far the dark edge of an open copier's lid reaches into the page, in shares of its width.
    let shadow: Double
    /// What handling left on the sheet.
    private(set) var traces: SheetTraces
    /// Quality of the JPEG, for grey pages.
    let quality: Int

    init(_ level: WearLevel, dice: inout Dice) {
        switch level {
        case .clean:
            (dpiX, dpiY, skew, rotation, blur, fade) = (300, 300, 0, 0, 0, 0)
            (grain, specks, bitonal, threshold, streaks, quality) = (0, 0, false, 128, 0, 90)
            (punched, shadow) = (false, 0)
        case .office:
            let dpi = dice.chance(0.6) ? 300.0 : 200
            (dpiX, dpiY, skew) = (dpi, dpi, dice.double(-0.7...0.7))
            rotation = dice.chance(0.03) ? dice.pick([90, 180, 270]) : 0
            (blur, fade, grain) = (dice.double(0.2...0.7), dice.double(0...25), dice.double(2...8))
            (specks, bitonal) = (dice.double(0...12), dice.chance(0.6))
            (threshold, streaks, quality) = (dice.double(150...190), 0, dice.int(55...85))
            (punched, shadow) = (dice.chance(0.05), dice.chance(0.03) ? dice.double(0.005...0.02) : 0)
        case .poor:
            let fax = dice.chance(0.35)
            let isCoarse = fax && dice.chance(0.4)
            (dpiX, dpiY) = fax ? (204, isCoarse ? 98 : 196) : (200, 200)
            skew = dice.double(-3...3)
            rotation = dice.chance(0.15) ? dice.pick([90, 180, 180, 270]) : 0
            // A coarse fax averages thin strokes away: what a person could no longer read is no truth.
            (blur, fade) = (dice.double(0.4...0.9), dice.double(0...(isCoarse ? 15 : 60)))
            (grain, specks, bitonal) = (dice.double(4...12), dice.double(20...140), fax || dice.chance(0.7))
            (threshold, quality) = (isCoarse ? dice.double(205...222) : dice.double(178...212), dice.int(25...50))
            streaks = dice.chance(0.3) ? dice.int(1...3) : 0
            (punched, shadow) = (dice.chance(0.12), dice.chance(0.12) ? dice.double(0.01...0.035) : 0)
        }
        traces = SheetTraces(level, dice: &dice)
    }

    /// Each sheet is fed anew: the same machine, another slant.
    mutating func feed(_ level: WearLevel, dice: inout Dice) {
        let sheet = Wear(level, dice: &dice)
        (skew, traces) = (sheet.skew, sheet.traces)
        if dice.chance(0.3) { rotation = sheet.rotation }
    }

    /// The same, but fed so that this turn brings the page upright.
    func turned(_ degrees: Int) -> Wear {
        var copy = self
        copy.rotation = degrees
        return copy
    }

    /// The same, but nothing printed on either side besides the page.
    var withoutPrint: Wear {
        var copy = self
        copy.traces = traces.withoutPrint
        return copy
    }

    /// The page as the scanner delivers it.
    ///
    /// - Parameter back: what is printed on the other side of the sheet.
    func scan(_ page: DrawnPage, back: DrawnPage, dice: inout Dice) -> Raster {
        var page = traces.marked(page, back: back, dice: &dice)
        if punched {
            for y in [0.14, 0.5, 0.86] {
                page.marks.append(.disc(x: 20, y: page.height * y, radius: 9, .grey(bitonal ? 0 : 0.35)))
            }
        }
        var raster = page.raster(dpi: dpiX)
        if dpiY != dpiX { raster = raster.flattened(by: dpiY / dpiX) }
        raster.lighten(by: fade)
        traces.fold(&raster, dpi: dpiY, dice: &dice)
        if blur > 0.25 { raster.soften(weight: blur) }
        raster = raster.leaning(degrees: skew, aspect: dpiY / dpiX)
        raster.addShadow(width: shadow, onRight: dice.chance(0.5))
        raster.addGrain(grain, dice: &dice)
        raster.addSpecks(perMillion: specks, dice: &dice)
        for _ in 0..<streaks { raster.addStreak(dice: &dice) }
        if bitonal { raster.makeBitonal(threshold: threshold) }
        return raster.turned(by: (360 - rotation) % 360)
    }

    /// The page's resolution as the file states it: turned pages have their axes exchanged.
    var statedDPI: (x: Double, y: Double) { rotation % 180 == 0 ? (dpiX, dpiY) : (dpiY, dpiX) }
}
