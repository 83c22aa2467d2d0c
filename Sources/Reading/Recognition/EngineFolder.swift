package import Foundation

/// The folder of the second engine: OpenVINO's libraries and the PP-OCR models, fetched by `make set-up`.
///
/// It is optional: without it pages are read by Tesseract alone.
package struct EngineFolder: Sendable {
    package let url: URL

    /// The files that reading opens; the libraries among them load their neighbours.
    private static let library = "libopenvino_c.so.2641"
    private static let detection = "PP-OCRv6_det_small.onnx"
    private static let recognition = "PP-OCRv6_rec_small.onnx"
    private static let neighbours = [
        "libopenvino.so.2641", "libopenvino_intel_cpu_plugin.so", "libopenvino_onnx_frontend.so.2641", "libtbb.so.12",
    ]

    package init(url: URL) { self.url = url }

    /// The folder that `MAILROOM_ENGINE` names, else `.engine` in `MAILROOM_HOME`, else the nearest `.engine` above the
    /// program; nil when there is none.
    package static func locate(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> EngineFolder? {
        let manager = FileManager.default
        if let named = environment["MAILROOM_ENGINE"] {
            return manager.fileExists(atPath: named) ? EngineFolder(url: URL(filePath: named)) : nil
        }
        var starts: [URL] = []
        if let program = try? manager.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            starts = URL(filePath: program).parents
        }
        if let home = environment["MAILROOM_HOME"] { starts.insert(URL(filePath: home), at: 0) }
        return starts.map { $0.appending(path: ".engine") }.first { manager.fileExists(atPath: $0.path) }
            .map(EngineFolder.init)
    }

    /// The names of the files that should be in the folder and are not.
    package var missingFiles: [String] {
        ([EngineFolder.library, EngineFolder.detection, EngineFolder.recognition] + EngineFolder.neighbours)
            .filter { !FileManager.default.fileExists(atPath: url.appending(path: $0).path) }
    }

    /// Why pages are read by Tesseract alone, as a sentence that says what is lost and what to do; nil when both engines
    /// can read.
    package static func problem() -> String? {
        let loss = "Tesseract reads alone, and what it doubts or misses stays so: forms, tables, handwriting and faxes."
        guard let folder = locate() else { return "not installed. \(loss) Fetch it: .ci/engine" }
        let missing = folder.missingFiles
        guard missing.isEmpty else {
            return "\(missing.joined(separator: ", ")) is not in \(folder.url.path). \(loss) Fetch it again: .ci/engine"
        }
        guard SecondEngine(folder) == nil else { return nil }
        return
            "\(folder.url.path) cannot be loaded on this machine. \(loss) Remove the folder and run .ci/engine again."
    }

    var libraryPath: String { url.appending(path: EngineFolder.library).path }
    var detectionModel: URL { url.appending(path: EngineFolder.detection) }
    var recognitionModel: URL { url.appending(path: EngineFolder.recognition) }
}

extension URL {
    /// The folders above, the nearest first.
    fileprivate var parents: [URL] {
        sequence(first: standardizedFileURL.deletingLastPathComponent()) { folder in
            folder.pathComponents.count > 1 ? folder.deletingLastPathComponent() : nil
        }.map(\.self)
    }
}
