import CZXing
import Documents

extension MarkDrawer {
    private static let encoded: [(format: Barcode.Format, zxing: String)] = [
        (.code39, "Code39"), (.code128, "Code128"), (.qrCode, "QRCode"), (.pdf417, "PDF417"),
        (.dataMatrix, "DataMatrix"),
    ]
    /// Kodak's patches from the leading edge: W is a wide bar, N a narrow one (A-61599).
    private static let patches = ["1": "WWNN", "2": "WNNW", "3": "WNWN", "4": "NWWN", "6": "NNWW", "T": "NWNW"]

    /// Codes of every kind in a loose grid with text around them, or a separator sheet.
    mutating func drawBarcodes() {
        if dice.chance(0.4) { return separatorSheet() }
        composer.print([Span(phrase(), bold: true)])
        for row in 0..<4 {
            for column in 0..<2 {
                let left = 40 + Double(column) * 275 + dice.double(0...25)
                let top = 70 + Double(row) * 165 + dice.double(0...25)
                let cell = Box(left: left, top: top, right: left + 245, bottom: top + 130)
                switch dice.below(8) {
                case 0: hatching(in: cell)
                case 1: prose(in: cell)
                default: code(in: cell)
                }
            }
            composer.y = 70 + Double(row + 1) * 165 - 8
            composer.print(String(sentence().prefix(90)), composer.style.small)
        }
    }

    private mutating func code(in cell: Box) {
        let kind = dice.pick(MarkDrawer.encoded)
        let text = content(kind.format)
        guard let modules = Modules(text, zxing: kind.zxing) else { return }
        let isLinear = modules.height == 1
        let isUpright = isLinear && dice.chance(0.12) && kind.format == .code128
        let unit = min(
            isLinear
                ? dice.double(0.72...1.5) : kind.format == .pdf417 ? dice.double(0.8...1.4) : dice.double(1.1...2.6),
            (isUpright ? cell.height : cell.width) / Double(modules.width),
            isLinear ? 9 : cell.height / Double(modules.height))
        let height = isLinear ? dice.double(16...48) : unit * Double(modules.height)
        let ink = dice.pick([Ink.black, .black, .grey(0.15), .grey(0.25)])
        for y in 0..<modules.height {
            for run in modules.runs(in: y) {
                // Ink spreads: without it the rows would show seams.
                let along = (Double(run.lowerBound) * unit, Double(run.upperBound) * unit + 0.1)
                let across = isLinear ? (0, height) : (Double(y) * unit, Double(y + 1) * unit + 0.1)
                let (x, y) = isUpright ? (across, along) : (along, across)
                composer.fill(
                    Box(left: cell.left + x.0, top: cell.top + y.0, right: cell.left + x.1, bottom: cell.top + y.1),
                    ink)
            }
        }
        let (wide, high) = isUpright ? (height, unit * Double(modules.width)) : (unit * Double(modules.width), height)
        let box = Box(left: cell.left, top: cell.top, right: cell.left + wide, bottom: cell.top + high)
        barcodes.append(Barcode(format: kind.format, value: text, box: box))
        if isLinear, !isUpright, dice.chance(0.6) {
            composer.place(
                [Span(text)], composer.style.small, x: cell.left + 10,
                baseline: box.bottom + composer.style.small.size + dice.double(0...3))
        }
    }

    private mutating func content(_ format: Barcode.Format) -> String {
        switch format {
        case .code39: source.shaped(dice.pick(["@@#####", "ACCT-######", "########", "@##-####"]))
        case .code128: source.shaped(dice.pick(["##########", "PC-####/####", "@@@#######@", "Claim ######"]))
        case .qrCode:
            dice.pick(["https://mail.example/e/", "MEMBER:", "{\"id\":"]) + source.shaped("####@@####")
        default:
            source.shaped(dice.pick(["SEPARATOR", "@@@#######|DOB 19##-0#-1#", "################"]))
        }
    }

    /// As dense as bars, and says nothing.
    private mutating func hatching(in cell: Box) {
        let step = dice.double(2...6)
        var x = cell.left
        while x < cell.left + 120 {
            composer.line(
                x, cell.top, x + (dice.chance(0.5) ? 0 : 3), cell.top + 50, width: step * dice.double(0.2...0.6))
            x += step
        }
    }

    private mutating func prose(in cell: Box) {
        (composer.left, composer.right, composer.y) = (cell.left, cell.right, cell.top)
        composer.paragraph(sentence() + " " + sentence())
        (composer.left, composer.right) = (composer.style.sideMargin, composer.pageWidth - composer.style.sideMargin)
    }

    /// A sheet with a patch near its leading edge, and often the same again below or on its side.
    private mutating func separatorSheet() {
        let value = dice.pick(MarkDrawer.patches.keys.sorted())
        let length = dice.double(150...450)
        let left = dice.double(40...(composer.pageWidth - length - 40))
        patch(value, left: left, top: dice.double(24...100), length: length, isUpright: false)
        composer.y = 260
        composer.print([Span("DOCUMENT SEPARATOR \(value)", bold: true)], composer.body.sized(2), align: .centre)
        composer.paragraph(sentence())
        if dice.chance(0.5) {
            patch(value, left: dice.double(60...120), top: dice.double(620...680), length: 300, isUpright: false)
        }
        if dice.chance(0.3) {
            patch(value, left: dice.double(430...500), top: 400, length: 180, isUpright: true)
        }
    }

    private mutating func patch(_ value: String, left: Double, top: Double, length: Double, isUpright: Bool) {
        guard let bars = MarkDrawer.patches[value] else { return }
        var at = 0.0
        for bar in bars {
            let thick = (bar == "W" ? 0.2 : 0.08) * 72
            composer.fill(
                isUpright
                    ? Box(left: left + at, top: top, right: left + at + thick, bottom: top + length)
                    : Box(left: left, top: top + at, right: left + length, bottom: top + at + thick), .black)
            at += thick + 0.08 * 72
        }
        at -= 0.08 * 72
        let (wide, high) = isUpright ? (at, length) : (length, at)
        barcodes.append(
            Barcode(
                format: .patchCode, value: value,
                box: Box(left: left, top: top, right: left + wide, bottom: top + high)))
    }
}

/// The black and white squares of an encoded text.
private struct Modules {
    let width: Int
    let height: Int
    private let isBlack: [Bool]

    init?(_ text: String, zxing format: String) {
        var encoded = czxing_write(format, text)
        defer { czxing_free_modules(&encoded) }
        guard let modules = encoded.modules, encoded.width > 0 else { return nil }
        width = Int(encoded.width)
        height = Int(encoded.height)
        isBlack = UnsafeBufferPointer(start: modules, count: width * height).map { $0 != 0 }
    }

    /// The black stretches of a row.
    func runs(in row: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for x in 0..<width where isBlack[row * width + x] {
            if let last = runs.last, last.upperBound == x {
                runs[runs.count - 1] = last.lowerBound..<x + 1
            } else {
                runs.append(x..<x + 1)
            }
        }
        return runs
    }
}
