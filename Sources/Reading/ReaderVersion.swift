import CLeptonica
import CPoppler
import CTesseract
import Foundation

/// What reads, as `DocumentResult.versions.reader` names it; a change of it may change what is read.
///
/// The number is ours, raised when reading changes; then come the libraries of this machine.
package let readerVersion: String = {
    let leptonica = getLeptonicaVersion()
    defer { free(leptonica) }
    let hasSecondEngine = EngineFolder.locate()?.missingFiles.isEmpty == true
    let parts = [
        "12", "tesseract-\(String(cString: TessVersion()))", "poppler-\(String(cString: poppler_get_version()))",
        leptonica.map { String(cString: $0) } ?? "leptonica",
        hasSecondEngine ? "pp-ocrv6-small" : "tesseract-alone",
    ]
    return parts.joined(separator: " ")
}()
