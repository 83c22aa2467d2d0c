import Foundation
import HTTPTypes
import Hummingbird
import Reading

/// A file handed over as the body of a request.
struct Upload: Sendable {
    let bytes: Data
    /// What the sender calls the file.
    let name: String

    /// Media types of a body that Mailroom takes; of the last the bytes themselves tell the kind.
    static let mediaTypes = FileKind.allCases.map(\.mediaType) + ["application/octet-stream"]

    /// Collects the body; throws the problem when it is too large or of a media type that Mailroom does not read.
    init(_ request: Request, byteCountMax: Int) async throws {
        let mediaType = request.mediaType(orIfAbsent: "application/octet-stream")
        guard Upload.mediaTypes.contains(mediaType) else {
            throw Problem(
                .unsupportedMediaType,
                "A body of type '\(mediaType)' is not read. Send the file itself as \(Upload.mediaTypes.joined(separator: ", "))."
            )
        }
        let tooLarge = "A file may have \(byteCountMax) bytes. Split it, or scan it at a lower resolution."
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > byteCountMax {
            throw Problem(.bodyTooLarge, tooLarge)
        }
        bytes = try await request.bytes(upTo: byteCountMax, tooLarge: tooLarge)
        name = request.headers[.contentDisposition].flatMap(Upload.fileName) ?? "upload"
    }

    /// The file name of a `Content-Disposition` (RFC 6266): `filename*` before `filename`.
    static func fileName(_ header: String) -> String? {
        if let extended = header.firstMatch(of: /;\s*filename\*\s*=\s*(?i:utf-8)'[^']*'([^\s;]+)/) {
            return String(extended.output.1).removingPercentEncoding
        }
        if let quoted = header.firstMatch(of: /;\s*(?i:filename)\s*=\s*"((?:[^"\\]|\\.)*)"/) {
            return String(quoted.output.1).replacing(/\\(.)/) { $0.output.1 }
        }
        return header.firstMatch(of: /;\s*(?i:filename)\s*=\s*([^\s;"]+)/).map { String($0.output.1) }
    }
}
