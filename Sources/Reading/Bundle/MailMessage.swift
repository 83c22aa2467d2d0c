import Documents
import Foundation

/// A mail as it travels, for the files attached to it (RFC 5322; RFC 2045 and 2046).
///
/// Its own words are no document: they are not read.
struct MailMessage {
    private let bytes: Data

    /// Multipart bodies within each other and parts of one body, at most.
    private static let depthMax = 8
    private static let partCountMax = 1000

    init(_ bytes: Data) { self.bytes = bytes }

    private static let headers = [
        "from", "to", "subject", "date", "received", "mime-version", "message-id", "content-type", "return-path",
        "delivered-to", "dkim-signature", "reply-to",
    ]

    /// Whether a file begins as mails do: with lines of which two are headers that every mail has.
    static func begins(_ start: ByteReader) -> Bool {
        let text = String(decoding: start.bytes, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(12)
        guard let first = lines.first, let name = headerName(first), !name.isEmpty else { return false }
        let known = lines.prefix { !$0.isEmpty }.compactMap(headerName).filter(headers.contains)
        return known.count >= 2
    }

    private static func headerName(_ line: Substring) -> String? {
        guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return nil }
        let name = line[..<colon]
        let isName = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return isName ? name.lowercased() : nil
    }

    /// Whether the last boundary of a mail in parts is there; of another, nothing tells the end.
    static func isEndPresent(in reader: ByteReader) -> Bool {
        let part = Part(Data(reader.bytes))
        guard let boundary = part.boundary else { return true }
        return part.body.range(of: Data("--\(boundary)--".utf8)) != nil
    }

    /// The attached files, decoded as far as `unpacking` allows.
    func files(_ unpacking: inout Unpacking) -> [BundledFile] {
        var files: [BundledFile] = []
        MailMessage.collect(Part(bytes), depth: 0, into: &files, &unpacking)
        return files
    }

    private static func collect(
        _ part: Part, depth: Int, into files: inout [BundledFile], _ unpacking: inout Unpacking
    ) {
        guard depth < depthMax else { return }
        if let boundary = part.boundary {
            for inner in part.parts(boundary).prefix(partCountMax) {
                collect(inner, depth: depth + 1, into: &files, &unpacking)
            }
        } else if part.isMessage {
            collect(Part(part.decoded ?? Data()), depth: depth + 1, into: &files, &unpacking)
        } else if let name = part.fileName {
            guard unpacking.take(part.body.count) else {
                if files.last?.name != name { files.append(BundledFile(name: name, .failure(Unpacking.tooLarge))) }
                return
            }
            let content: Result<OwnedBytes, PageProblem> =
                part.decoded.map { .success(OwnedBytes($0)) }
                ?? .failure(PageProblem("It is damaged: its encoding cannot be undone. Ask for another copy."))
            files.append(BundledFile(name: name, content))
        }
    }
}

/// A part of a mail: headers, an empty line, a body.
private struct Part {
    private let headers: [String: String]
    let body: Data

    private static let headerBytesMax = 64 << 10

    init(_ bytes: Data) {
        let ends = ["\r\n\r\n", "\n\n"].compactMap { bytes.range(of: Data($0.utf8)) }
        let end = ends.min { $0.lowerBound < $1.lowerBound }
        let head = bytes[bytes.startIndex..<(end?.lowerBound ?? bytes.endIndex)].prefix(Part.headerBytesMax)
        body = end.map { bytes[$0.upperBound...] } ?? Data()
        var headers: [String: String] = [:]
        let unfolded = String(decoding: head, as: UTF8.self).replacing("\r\n", with: "\n")
            .replacing("\n\t", with: " ").replacing("\n ", with: " ")
        for line in unfolded.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        self.headers = headers
    }

    private var type: String { headers["content-type"] ?? "text/plain" }

    var isMessage: Bool { type.lowercased().hasPrefix("message/rfc822") }

    /// What separates the parts of a body that has some.
    var boundary: String? {
        guard type.lowercased().hasPrefix("multipart/"), let boundary = Part.parameter("boundary", of: type) else {
            return nil
        }
        return boundary.isEmpty || boundary.utf8.count > 200 ? nil : boundary
    }

    /// The name of an attached file; nil for what is shown as the mail itself.
    var fileName: String? {
        let disposition = headers["content-disposition"] ?? ""
        if let name = Part.parameter("filename", of: disposition) ?? Part.parameter("name", of: type) { return name }
        let isText = type.lowercased().hasPrefix("text/")
        return isText ? nil : String(type.prefix { $0 != ";" })
    }

    func parts(_ boundary: String) -> [Part] {
        var parts: [Part] = []
        let mark = Data("--\(boundary)".utf8)
        var place = body.startIndex
        var begin: Data.Index?
        while let found = body.range(of: mark, in: place..<body.endIndex) {
            if let begin { parts.append(Part(body[begin..<found.lowerBound])) }
            let line = body[found.upperBound...].firstIndex(of: 0x0A)
            guard !body[found.upperBound...].starts(with: Data("--".utf8)), let line else { break }
            begin = body.index(after: line)
            place = body.index(after: line)
        }
        return parts
    }

    /// The body with its transfer encoding undone; nil when that cannot be (RFC 2045, 6).
    var decoded: Data? {
        switch headers["content-transfer-encoding"]?.lowercased() {
        case "base64": Data(base64Encoded: body, options: .ignoreUnknownCharacters)
        case "quoted-printable": Part.unquoted(body)
        default: Data(body)
        }
    }

    private static func unquoted(_ bytes: Data) -> Data {
        var plain = Data()
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                plain.append(byte)
                continue
            }
            let code = String(decoding: rest.prefix(2), as: UTF8.self)
            if let value = UInt8(code, radix: 16) {
                plain.append(value)
                rest = rest.dropFirst(2)
            } else {
                // The end of a line that goes on.
                rest = rest.dropFirst(code.hasPrefix("\r\n") ? 2 : 1)
            }
        }
        return plain
    }

    /// A parameter of a header such as `attachment; filename="claim.pdf"`.
    private static func parameter(_ name: String, of header: String) -> String? {
        for parameter in header.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard pair.count == 2, pair[0].lowercased() == name else { continue }
            return pair[1].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        }
        return nil
    }
}
