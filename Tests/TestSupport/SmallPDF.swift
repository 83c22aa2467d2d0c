package import Foundation

/// A born-digital PDF of one page a text, small and without compression: every text is found in its bytes.
package enum SmallPDF {
    /// Lays out each element of `pages`, line by line, in 12-point Helvetica on a letter page.
    ///
    /// Only ASCII is drawn; `(`, `)` and `\` are escaped (ISO 32000-1, 7.3.4.2).
    package static func make(pages: [[String]]) -> Data {
        var objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count \(pages.count) /Kids [\(pages.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " "))] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        for (index, lines) in pages.enumerated() {
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents \(5 + 2 * index) 0 R >>"
            )
            let drawn = lines.map { "(\(escaped($0))) Tj T*" }.joined(separator: "\n")
            let content = "BT /F1 12 Tf 16 TL 72 720 Td\n\(drawn)\nET"
            objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
        }
        return file(objects)
    }

    /// A page of 612 by 792 points with `content`, and `fonts`, the entries of its font resources; `objects` follow as
    /// number 5 and on.
    package static func page(content: String, fonts: String, objects: [String] = []) -> Data {
        file(
            [
                "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << \(fonts) >> >> /Contents 4 0 R >>",
                "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            ] + objects)
    }

    /// Puts header, cross-reference table and trailer around objects, the first of them the catalogue (ISO 32000-1, 7.5).
    package static func file(_ objects: [String]) -> Data { file(objects.map { Data($0.utf8) }) }

    /// The same for objects some of which hold bytes that are no text.
    package static func file(_ objects: [Data]) -> Data {
        var bytes = Data("%PDF-1.7\n".utf8)
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(bytes.count)
            bytes += Data("\(index + 1) 0 obj\n".utf8) + object + Data("\nendobj\n".utf8)
        }
        let start = bytes.count
        var text = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            text += "\(String(repeating: "0", count: 10 - String(offset).count))\(offset) 00000 n \n"
        }
        text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return bytes + Data(text.utf8)
    }

    /// A stream object: `entries` of its dictionary beside the length, then its bytes (ISO 32000-1, 7.3.8).
    package static func stream(_ entries: String, _ bytes: Data) -> Data {
        Data("<< \(entries) /Length \(bytes.count) >>\nstream\n".utf8) + bytes + Data("\nendstream".utf8)
    }

    private static func escaped(_ text: String) -> String {
        text.map { "()\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
