import Documents

/// What handling leaves on one sheet of paper, whatever machine scans it: folds, a staple, a stamp, the print of its back.
struct SheetTraces: Sendable {
    /// The heights at which the sheet was folded, in shares of its height; a letter is folded twice.
    let folds: [Double]
    let isStapled: Bool
    /// The word of a stamp that was set on the sheet before or over what is printed.
    private(set) var stamp: String?
    /// How strongly the print of the back is seen, in 0…1.
    private(set) var showThrough: Double

    init(_ level: WearLevel, dice: inout Dice) {
        let share =
            switch level {
            case .clean: 0.0
            case .office: 0.6
            case .poor: 1.0
            }
        let first = dice.double(0.31...0.36)
        folds = dice.chance(0.25 * share) ? dice.pick([[first, 2 * first], [dice.double(0.48...0.52)]]) : []
        isStapled = dice.chance(0.25 * share)
        stamp = dice.chance(0.06 * share) ? dice.pick(["COPY", "RECEIVED", "SCANNED", "FILE COPY", "ENTERED"]) : nil
        showThrough = dice.chance(0.12 * share) ? dice.double(0.03...0.1) : 0
    }

    /// The same without print of any side: for sheets of which is asked whether anything is on them.
    var withoutPrint: SheetTraces {
        var copy = self
        (copy.stamp, copy.showThrough) = (nil, 0)
        return copy
    }

    /// The page with the traces that are ink or metal, under its own print: what is printed stays readable.
    ///
    /// - Parameter back: what is printed on the other side.
    func marked(_ page: DrawnPage, back: DrawnPage, dice: inout Dice) -> DrawnPage {
        var page = page
        if let stamp {
            let font = Font("Liberation Sans", dice.double(18...30), bold: true)
            let (x, y) = (page.width * dice.double(0.1...0.6), page.height * dice.double(0.1...0.7))
            let box = Box(
                left: x, top: y, right: x + Double(stamp.count) * font.size * 0.78 + 12, bottom: y + font.size * 1.5)
            // Paler than what a bitonal scan keeps, as stamps in colour are.
            let ink = dice.pick([Ink(red: 1, green: 0.82, blue: 0.82), Ink(red: 0.82, green: 0.87, blue: 1)])
            page.marks.insert(
                contentsOf: [
                    .frame(box, width: 2, ink), .text(stamp, font, x: x + 6, baseline: y + font.size * 1.1, ink),
                ], at: 0)
        }
        if isStapled {
            let (x, y, rise) = (dice.double(16...30), dice.double(16...30), dice.double(-6...6))
            page.marks.append(.line(x1: x, y1: y, x2: x + 12, y2: y + rise, width: 1.5, .grey(0.3)))
        }
        if showThrough > 0 {
            page.marks.append(.showThrough(back.marks, pageWidth: back.width, strength: showThrough))
        }
        return page
    }

    /// Adds the shade of the folds and their cracks, in which ink and paper are gone.
    func fold(_ raster: inout Raster, dpi: Double, dice: inout Dice) {
        for fold in folds { raster.addFold(at: fold, depth: dice.double(10...35), dpi: dpi) }
    }
}
