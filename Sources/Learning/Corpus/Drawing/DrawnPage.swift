import Documents

/// A colour of ink, each part in 0…1.
struct Ink: Hashable, Sendable {
    var red: Double
    var green: Double
    var blue: Double

    static let black = Ink(red: 0, green: 0, blue: 0)
    static let white = Ink(red: 1, green: 1, blue: 1)

    static func grey(_ level: Double) -> Ink { Ink(red: level, green: level, blue: level) }
}

/// Something on a page; places and lengths are in points from the upper left corner.
enum Mark: Hashable, Sendable {
    case text(String, Font, x: Double, baseline: Double, Ink)
    case line(x1: Double, y1: Double, x2: Double, y2: Double, width: Double, Ink)
    case frame(Box, width: Double, Ink)
    case fill(Box, Ink)
    case disc(x: Double, y: Double, radius: Double, Ink)
    /// A smooth stroke through the points, as a pen makes it.
    case scribble([Point], width: Double, Ink)
    /// The other side of the sheet, seen through the paper: mirrored, blurred, and as pale as `strength` says (0…1).
    case showThrough([Mark], pageWidth: Double, strength: Double)

    struct Point: Hashable, Sendable {
        var x: Double
        var y: Double
    }
}

/// One page as it was drawn: the marks, and the words and checkboxes among them, in points.
struct DrawnPage: Sendable {
    let width: Double
    let height: Double
    var marks: [Mark] = []
    var words: [DrawnWord] = []
    var checkboxes: [DrawnCheckbox] = []
}

struct DrawnWord: Hashable, Sendable {
    var text: String
    var box: Box
    var baseline: Double
}

struct DrawnCheckbox: Hashable, Sendable {
    var box: Box
    var checked: Bool
}

extension DrawnPage {
    /// What a reader that makes no mistakes would read, in pixels.
    func reading(number: Int, pixelsPerPoint: Double, source: PageSource) -> PageReading {
        let page = Page(
            number: number, source: source, width: (width * pixelsPerPoint).rounded(),
            height: (height * pixelsPerPoint).rounded(), dpi: pixelsPerPoint * 72,
            textConfidence: words.isEmpty ? nil : 1.0, blank: words.isEmpty)
        var read: [Word] = []
        for (line, words) in lines.enumerated() {
            read += words.map {
                Word(text: $0.text, box: $0.box.scaled(by: pixelsPerPoint), confidence: 1.0, line: line)
            }
        }
        return PageReading(
            page: page, words: read,
            checkboxes: checkboxes.map {
                Checkbox(box: $0.box.scaled(by: pixelsPerPoint), checked: $0.checked, confidence: 1.0)
            })
    }

    /// The words by lines: those on one baseline without a gap wider than two and a half of their heights.
    private var lines: [[DrawnWord]] {
        let sorted = words.sorted { ($0.baseline, $0.box.left) < ($1.baseline, $1.box.left) }
        var rows: [[DrawnWord]] = []
        for word in sorted {
            if let first = rows.last?.first, word.baseline - first.baseline < 2 {
                rows[rows.count - 1].append(word)
            } else {
                rows.append([word])
            }
        }
        var lines: [[DrawnWord]] = []
        for row in rows {
            var previous: DrawnWord?
            for word in row.sorted(by: { $0.box.left < $1.box.left }) {
                if let last = previous, word.box.left - last.box.right < max(last.box.height, 6) * 2.5 {
                    lines[lines.count - 1].append(word)
                } else {
                    lines.append([word])
                }
                previous = word
            }
        }
        return lines
    }
}
