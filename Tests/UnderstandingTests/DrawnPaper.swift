import Documents
import Foundation
import Understanding

/// Pages written line by line for tests: each line a text at a place, as a faultless reader would read it.
struct DrawnPaper {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let letterWidth = 20.0
    private static let lineHeight = 34.0

    private(set) var reading: PageReading

    init(number: Int = 1) {
        reading = PageReading(page: Page(number: number, source: .text, width: 2550, height: 3300, dpi: 300))
    }

    /// Writes `text` with its left edge at letter `column` of line `row`; words are parted by single spaces.
    mutating func write(_ text: String, row: Int, column: Int) {
        var x = 150 + Double(column) * Self.letterWidth
        let top = 150 + Double(row) * 50
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let width = Double(word.count) * Self.letterWidth
            if !word.isEmpty {
                reading.words.append(
                    Word(
                        text: String(word),
                        box: Box(left: x, top: top, right: x + width, bottom: top + Self.lineHeight),
                        confidence: 0.98, line: row))
            }
            x += width + Self.letterWidth
        }
    }

    /// Writes lines as they stand in `text`, one space one letter wide.
    static func page(_ text: String, number: Int = 1) -> PageReading {
        var paper = DrawnPaper(number: number)
        for (row, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var column = 0
            for part in line.split(separator: " ", omittingEmptySubsequences: false) {
                if !part.isEmpty { paper.write(String(part), row: row, column: column) }
                column += part.count + 1
            }
        }
        paper.reading.page.blank = paper.reading.words.isEmpty
        return paper.reading
    }

    static func understander() throws -> Understander { try shared.get() }

    /// Loaded once: in a debug build the model takes a second.
    private static let shared = Result {
        Understander(
            catalog: try DocumentTypeCatalog(folder: root.appending(path: "Config/document-types")),
            model: try UnderstandingModel.load(from: root.appending(path: "Models")))
    }
}

extension Document {
    /// The value of a header field, when there is one.
    func value(_ name: String) -> String? { fields[name]?.fields.first?.value.description }
}
