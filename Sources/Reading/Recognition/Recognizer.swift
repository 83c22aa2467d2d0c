import CLeptonica
import CTesseract
import Documents
import Foundation

import struct Documents.Box

/// The Tesseract handles of this process: one that reads English, one that finds which way is up.
///
/// Making them costs a fifth of a second and the only file access of reading, so they are made once and kept.
final class Recognizer {
    private let reading: OpaquePointer
    private let orientation: OpaquePointer

    /// How Tesseract looks for text.
    enum Layout {
        /// Columns, blocks and lines, found by Tesseract.
        case page
        /// Words anywhere, in no order: for pages where `page` finds little, such as forms with frames.
        case sparse
        /// One line.
        case line

        fileprivate var mode: TessPageSegMode {
            switch self {
            case .page: PSM_AUTO
            case .sparse: PSM_SPARSE_TEXT
            case .line: PSM_SINGLE_LINE
            }
        }
    }

    init() throws(ReadingError) {
        guard let reading = Recognizer.handle("eng", OEM_LSTM_ONLY) else {
            throw Recognizer.missing("eng")
        }
        guard let orientation = Recognizer.handle("osd", OEM_TESSERACT_ONLY) else {
            TessBaseAPIDelete(reading)
            throw Recognizer.missing("osd")
        }
        self.reading = reading
        self.orientation = orientation
        TessBaseAPISetPageSegMode(orientation, PSM_OSD_ONLY)
    }

    deinit {
        TessBaseAPIDelete(reading)
        TessBaseAPIDelete(orientation)
    }

    /// Reads an upright, straight page; the words in reading order, the same for the same page whatever came before.
    ///
    /// - Parameter triesInverse: reads doubtful lines again as light letters on dark ground.
    func words(on page: PixelImage, dpi: Double, layout: Layout = .page, triesInverse: Bool = true) -> [Word] {
        TessBaseAPISetVariable(reading, "tessedit_do_invert", triesInverse ? "1" : "0")
        TessBaseAPISetPageSegMode(reading, layout.mode)
        TessBaseAPISetImage2(reading, page.pix)
        TessBaseAPISetSourceResolution(reading, Int32(dpi.rounded()))
        defer {
            TessBaseAPIClear(reading)
            TessBaseAPIClearAdaptiveClassifier(reading)
        }
        guard TessBaseAPIRecognize(reading, nil) == 0, let results = TessBaseAPIGetIterator(reading) else { return [] }
        defer { TessResultIteratorDelete(results) }
        return Recognizer.words(in: results, width: Double(page.width), height: Double(page.height))
    }

    /// Degrees clockwise that bring the page upright, with Tesseract's own confidence in it; nil when it finds no letters.
    func clockwiseTurn(of page: PixelImage, dpi: Double) -> (degrees: Int, confidence: Double)? {
        TessBaseAPISetImage2(orientation, page.pix)
        TessBaseAPISetSourceResolution(orientation, Int32(dpi.rounded()))
        defer { TessBaseAPIClear(orientation) }
        var (degrees, confidence, scriptConfidence) = (Int32(0), Float(0), Float(0))
        var script: UnsafePointer<CChar>?
        guard
            TessBaseAPIDetectOrientationScript(orientation, &degrees, &confidence, &script, &scriptConfidence) != 0,
            [0, 90, 180, 270].contains(degrees)
        else { return nil }
        return (Int(degrees), Double(confidence))
    }

    private static func words(in results: OpaquePointer, width: Double, height: Double) -> [Word] {
        let place = TessResultIteratorGetPageIterator(results)
        var words: [Word] = []
        var line = -1
        repeat {
            if TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE) != 0 || line < 0 { line += 1 }
            guard let text = TessResultIteratorGetUTF8Text(results, RIL_WORD) else { continue }
            defer { TessDeleteText(text) }
            let printed = String(cString: text).filter { !$0.isWhitespace }
            var (left, top, right, bottom) = (Int32(0), Int32(0), Int32(0), Int32(0))
            guard !printed.isEmpty, TessPageIteratorBoundingBox(place, RIL_WORD, &left, &top, &right, &bottom) != 0
            else { continue }
            let box = Box(
                left: max(0, Double(left)), top: max(0, Double(top)), right: min(width, Double(right)),
                bottom: min(height, Double(bottom)))
            let confidence = Double(TessResultIteratorConfidence(results, RIL_WORD)) / 100
            words.append(Word(text: printed, box: box, confidence: Confidence(confidence), line: line))
        } while TessResultIteratorNext(results, RIL_WORD) != 0
        return words
    }

    private static func handle(_ language: String, _ engine: TessOcrEngineMode) -> OpaquePointer? {
        guard let handle = TessBaseAPICreate() else { return nil }
        guard TessBaseAPIInit2(handle, nil, language, engine) == 0 else {
            TessBaseAPIDelete(handle)
            return nil
        }
        return handle
    }

    private static func missing(_ language: String) -> ReadingError {
        ReadingError(
            .readerFailed,
            "Tesseract's data '\(language)' cannot be loaded. Install the package tesseract-ocr-\(language).")
    }
}
