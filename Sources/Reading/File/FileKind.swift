package import Foundation

/// The kinds of file that Mailroom reads, told by their first bytes, never by their name.
package enum FileKind: String, Codable, Hashable, Sendable, CaseIterable {
    case pdf, tiff, png, jpeg

    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .tiff: "image/tiff"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        }
    }

    /// How many of a file's first bytes `sniff` looks at.
    package static let prefixBytes = 1024

    /// The kind that the first bytes of a file show, or nil.
    ///
    /// A PDF's header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
    package static func sniff(_ prefix: Data) -> FileKind? {
        let start = [UInt8](prefix.prefix(prefixBytes))
        if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if start.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        let tiffStarts: [[UInt8]] = [
            [0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43],
        ]
        if tiffStarts.contains(where: start.starts) { return .tiff }
        return Data(start).range(of: Data("%PDF-".utf8)) == nil ? nil : .pdf
    }

    /// Whether the end of the file is there: false for a file that is still being copied or was cut off.
    ///
    /// The walk is bounds-checked and runs no decoder; what it accepts may still be damaged inside.
    package static func isComplete(_ data: Data, kind: FileKind) -> Bool {
        data.withUnsafeBytes { bytes in
            let reader = ByteReader(bytes)
            return switch kind {
            case .pdf: PDFEnd.isPresent(in: reader)
            case .tiff: TIFFDirectories(reader) != nil
            case .png: PNGChunks.isEndPresent(in: reader)
            case .jpeg: JPEGMarkers.isEndPresent(in: reader)
            }
        }
    }
}
