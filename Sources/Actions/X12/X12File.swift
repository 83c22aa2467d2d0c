package import Foundation

/// Any X12 file as its segments, read by the separators that its first segment declares (X12.6, 3.3).
package struct X12File: Hashable, Sendable {
    package let segments: [X12Segment]

    /// Reads a file; throws a sentence where it is none.
    ///
    /// A file that begins with ST, as payers' guides print examples, is read with the usual separators `* : ~`.
    package init(_ bytes: Data) throws(X12Problem) {
        guard let text = String(data: bytes, encoding: .utf8) else {
            throw X12Problem("The file is not text.")
        }
        // Scalar by scalar: a mark behind a separator must not hide it.
        let signs = Array(text.unicodeScalars.map(Character.init).drop { $0.isWhitespace })
        var element = X12Text.elementSeparator
        var component = X12Text.componentSeparator
        var terminator = X12Text.segmentTerminator
        if signs.starts(with: "ISA") {
            // ISA has a fixed length: ISA16 is its 105th sign, and the terminator follows.
            guard signs.count > 105 else { throw X12Problem("The ISA segment is not whole: it has 106 signs.") }
            (element, component, terminator) = (signs[3], signs[104], signs[105])
            guard Set([element, component, terminator]).count == 3 else {
                throw X12Problem("The ISA segment declares one separator twice.")
            }
        } else if !signs.starts(with: "ST\(element)") {
            throw X12Problem("The file begins with neither ISA nor ST: it is no X12 file.")
        }
        var segments: [X12Segment] = []
        for piece in signs.split(separator: terminator) {
            let line = String(piece).trimmingCharacters(in: .whitespacesAndNewlines)
            guard !line.isEmpty else { continue }
            let parts = line.split(separator: element, omittingEmptySubsequences: false)
            // ISA16 is the component separator itself.
            let elements =
                parts[0] == "ISA"
                ? parts.dropFirst().map { [String($0)] }
                : parts.dropFirst().map {
                    $0.split(separator: component, omittingEmptySubsequences: false).map(String.init)
                }
            segments.append(X12Segment(name: String(parts[0]), elements: elements))
        }
        guard signs.last(where: { !$0.isWhitespace }) == terminator else {
            throw X12Problem("The file is cut off: its last segment has no end.")
        }
        self.segments = segments
    }
}

/// Why something cannot be written in X12 or read from it: a sentence that says what and where.
package struct X12Problem: Error, Hashable, Sendable, CustomStringConvertible {
    package let sentence: String

    package init(_ sentence: String) { self.sentence = sentence }

    package var description: String { sentence }
}
