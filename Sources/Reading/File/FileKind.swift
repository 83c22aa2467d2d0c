package import Foundation

/// The kinds of file that Mailroom reads, told by their first bytes, never by their name.
package enum FileKind: String, Codable, Hashable, Sendable, CaseIterable {
    case pdf, tiff, png, jpeg, jpeg2000, webp, bmp, pnm, gif, heic, zip, eml

    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .tiff: "image/tiff"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .jpeg2000: "image/jp2"
        case .webp: "image/webp"
        case .bmp: "image/bmp"
        case .pnm: "image/x-portable-anymap"
        case .gif: "image/gif"
        case .heic: "image/heic"
        case .zip: "application/zip"
        case .eml: "message/rfc822"
        }
    }

    /// Whether every page of such a file is an image.
    var isImage: Bool {
        switch self {
        case .pdf, .zip, .eml: false
        case .tiff, .png, .jpeg, .jpeg2000, .webp, .bmp, .pnm, .gif, .heic: true
        }
    }

    /// What a format ends with, in words.
    package var lastPart: String {
        switch self {
        case .pdf: "trailer"
        case .tiff: "last directory"
        case .png: "end chunk"
        case .jpeg, .jpeg2000: "end marker"
        case .webp: "last chunk"
        case .bmp, .pnm: "last row"
        case .gif: "trailer byte"
        case .heic: "last box"
        case .zip: "directory"
        case .eml: "last boundary"
        }
    }

    /// The kinds in words, for a person whose file is none of them.
    package static let names = "PDF, TIFF, PNG, JPEG, JPEG 2000, WebP, BMP, PNM, GIF, HEIC, ZIP and EML"

    /// How many of a file's first bytes `sniff` looks at.
    package static let prefixBytes = 1024

    /// The kind that the first bytes of a file show, or nil.
    ///
    /// A PDF's header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex H.3.4.1).
    package static func sniff(_ prefix: Data) -> FileKind? {
        prefix.prefix(prefixBytes).withUnsafeBytes { bytes in
            let start = ByteReader(bytes)
            if let kind = image(start) { return kind }
            if ZIPArchive.begins(start) { return .zip }
            // A mail may carry a PDF as it is, whose header then stands near its beginning.
            if MailMessage.begins(start) { return .eml }
            return start.first("%PDF-") == nil ? nil : .pdf
        }
    }

    private static func image(_ start: ByteReader) -> FileKind? {
        switch start.byte(0) {
        case 0x89 where start.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0): .png
        case 0xFF where start.has([0xFF, 0xD8, 0xFF], at: 0): .jpeg
        case 0x49 where start.has([0x49, 0x49, 42, 0], at: 0) || start.has([0x49, 0x49, 43, 0], at: 0): .tiff
        case 0x4D where start.has([0x4D, 0x4D, 0, 42], at: 0) || start.has([0x4D, 0x4D, 0, 43], at: 0): .tiff
        default: laterImage(start)
        }
    }

    private static func laterImage(_ start: ByteReader) -> FileKind? {
        if JPEG2000File.begins(start) { return .jpeg2000 }
        if start.has("RIFF", at: 0), start.has("WEBP", at: 8) { return .webp }
        if start.has("GIF87a", at: 0) || start.has("GIF89a", at: 0) { return .gif }
        if HEIFBoxes.begins(start) { return .heic }
        if BMPHeader.begins(start) { return .bmp }
        return PNMHeader.begins(start) ? .pnm : nil
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
            case .jpeg2000: JPEG2000File(reader)?.isWhole ?? false
            case .webp: WebPContainer.isEndPresent(in: reader)
            case .bmp: BMPHeader(reader)?.isEndPresent(in: reader) ?? false
            case .pnm: PNMHeader(reader)?.isEndPresent(in: reader) ?? false
            case .gif: GIFBlocks(reader) != nil
            case .heic: HEIFBoxes.isEndPresent(in: reader)
            case .zip: ZIPArchive.isEndPresent(in: reader)
            case .eml: MailMessage.isEndPresent(in: reader)
            }
        }
    }
}
