import Documents
import Foundation

/// PP-OCR's two networks on OpenVINO: a second reading of what Tesseract doubts or misses.
///
/// Loading takes half a second and is the only file access; it is done once, before the first page.
final class SecondEngine {
    private let runtime: OpenVINO
    private let finder: LineFinder
    private let reader: LineReader

    /// Loads libraries and models; nil when one of them is missing or cannot be used here.
    init?(_ folder: EngineFolder) {
        guard folder.missingFiles.isEmpty, let runtime = OpenVINO(path: folder.libraryPath),
            let detection = try? Data(contentsOf: folder.detectionModel),
            let recognition = try? Data(contentsOf: folder.recognitionModel),
            let network = runtime.model(detection), let reader = LineReader(onnx: recognition, runtime: runtime)
        else { return nil }
        self.runtime = runtime
        self.finder = LineFinder(network: network)
        self.reader = reader
    }

    /// The boxes of the lines of text on an upright, straight page, in no order.
    func lines(on page: PixelImage) -> [Box] { finder.lines(on: page) }

    /// The words of one line, from left to right.
    func words(in line: Box, of page: PixelImage) -> [Word] { reader.words(in: line, of: page) }

    /// Reads a whole page without Tesseract: its lines from top to bottom, those side by side as one.
    func words(on page: PixelImage) -> [Word] {
        TextRow.rows(of: lines(on: page)).enumerated().flatMap { number, row in
            row.boxes.flatMap { words(in: $0, of: page) }.map { word in
                var word = word
                word.line = number
                return word
            }
        }
    }
}

/// Boxes that stand side by side.
struct TextRow {
    private(set) var boxes: [Box]
    private var middle: Double

    /// The boxes in rows from top to bottom, each from left to right.
    static func rows(of boxes: [Box]) -> [TextRow] {
        var rows: [TextRow] = []
        for box in boxes.sorted(by: { $0.midY < $1.midY }) {
            if let last = rows.last, box.midY - last.middle < 0.5 * min(box.height, last.boxes[0].height) {
                rows[rows.count - 1].boxes.append(box)
            } else {
                rows.append(TextRow(boxes: [box], middle: box.midY))
            }
        }
        for index in rows.indices { rows[index].boxes.sort { $0.left < $1.left } }
        return rows
    }
}
