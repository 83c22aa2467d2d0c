import Documents
package import Foundation

extension MarkSheet {
    /// Writes the sheet as a scan that has been worn so much.
    package func write(to file: URL, level: WearLevel, seed: UInt64, number: Int) throws {
        var dice = Dice("wear", "\(seed)", kind.rawValue, level.rawValue, "\(number)")
        // How sheets are fed is asked of by one kind alone.
        var wear = Wear(level, dice: &dice).turned(truth.page.rotation)
        if kind == .blank { wear = wear.withoutPrint }
        let raster = wear.scan(page, back: page, dice: &dice)
        let stated = wear.statedDPI
        let packing: ImagePacking =
            wear.bitonal ? .fax4 : level == .clean || dice.chance(0.3) ? .lzw : .jpeg(quality: wear.quality)
        try TIFFFile.write(
            [ScannedPage(raster: raster, isBitonal: wear.bitonal, dpiX: stated.x, dpiY: stated.y, packing: packing)],
            to: file)
    }
}
