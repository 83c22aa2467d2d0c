import Documents
import Foundation

/// Reads one line of text with PP-OCR's recognition network: a character, or none, for each eight columns (CTC).
final class LineReader {
    private let network: InferenceModel
    /// The characters by the network's classes; the first class is "none".
    private let alphabet: [Character]

    /// Rows of a line as the network sees it.
    private static let height = 48
    /// Columns for one step of the network.
    private static let stride = 8
    private static let widthMax = 2560
    private static let blank = 0

    /// What American mail is printed in.
    private static let printed = Set(
        (0x20...0x7E).compactMap { Unicode.Scalar($0).map { Character($0) } } + "§©®°•–—’“”")

    /// - Parameter onnx: the recognition model, its alphabet in the note `character`, a line for each class.
    init?(onnx: Data, runtime: OpenVINO) {
        guard let file = ONNXFile(onnx), let note = file.note("character") else { return nil }
        let classes = [""] + note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + [" "]
        let kept = classes.indices.filter { index in
            index == LineReader.blank
                || classes[index].count == 1 && LineReader.printed.contains(Character(classes[index]))
        }
        guard let narrow = file.keepingColumns(kept, of: classes.count), let network = runtime.model(narrow) else {
            return nil
        }
        self.network = network
        alphabet = kept.map { classes[$0].first ?? "\u{0}" }
    }

    /// Columns that reading a box of this shape costs; a thousand take about a tenth of a second.
    static func columns(of box: Box) -> Int {
        let width = min(widthMax, max(1, Int((box.width * Double(height) / max(1, box.height)).rounded())))
        return padded(width)
    }

    /// Widths are rounded up, so that the network is prepared for few of them.
    private static func padded(_ width: Int) -> Int {
        let step = width <= 384 ? 32 : width <= 1024 ? 64 : 128
        return (width + step - 1) / step * step
    }

    /// Reads the words in a box that holds one line, from left to right; their `line` is 0.
    func words(in box: Box, of page: PixelImage) -> [Word] {
        guard let part = page.clipped(to: box) else { return [] }
        let scale = Double(LineReader.height) / Double(part.image.height)
        let width = min(LineReader.widthMax, max(1, Int((Double(part.image.width) * scale).rounded())))
        guard let line = part.image.greyScaled(x: Double(width) / Double(part.image.width), y: scale) else { return [] }
        let padded = LineReader.padded(width)
        var input = LineReader.input(line, width: padded)
        let alphabet = alphabet
        let characters = network.run(&input, shape: [1, 3, LineReader.height, padded]) { steps, shape in
            shape.count == 3 && shape[2] == alphabet.count
                ? LineReader.decoded(steps, count: shape[1], alphabet: alphabet) : []
        }
        let ink = InkProfile(line)
        let words = LineReader.spans(characters ?? []).compactMap { span -> Word? in
            guard let place = ink.bounds(left: span.left, right: min(span.right, width)) else { return nil }
            let across = Double(part.image.width) / Double(width)
            return Word(
                text: String(span.characters.map(\.character)),
                box: Box(
                    left: part.left + place.left * across, top: part.top + place.top / scale,
                    right: part.left + place.right * across, bottom: part.top + place.bottom / scale),
                confidence: Confidence(span.probability), line: 0)
        }
        return LineReader.mended(words)
    }

    /// Numbers put together again that the network tore where digits stand close; a code and its amount, `PR-2` and
    /// `38.98`, are two.
    private static func mended(_ words: [Word]) -> [Word] {
        words.reduce(into: []) { mended, word in
            guard let last = mended.last, last.text.last?.isNumber == true, word.text.first?.isNumber == true,
                !last.isApart(from: word), !(last.text.contains(where: \.isLetter) && word.isAmount)
            else { return mended.append(word) }
            mended[mended.count - 1] = last.joined(with: word)
        }
    }

    private static func input(_ line: PixelImage, width: Int) -> [Float] {
        let plane = width * height
        var input = [Float](repeating: 0, count: 3 * plane)
        line.readGrey { x, y, level in
            guard x < width, y < height else { return }
            input[y * width + x] = Float(level) / 127.5 - 1
        }
        for channel in 1...2 {
            for index in 0..<plane { input[channel * plane + index] = input[index] }
        }
        return input
    }

    /// A character that the network saw, and at which step.
    private struct Seen {
        var character: Character
        var step: Int
        var probability: Double
    }

    /// The likeliest class of each step, runs of the same one folded, "none" left out.
    private static func decoded(_ steps: UnsafeBufferPointer<Float>, count: Int, alphabet: [Character]) -> [Seen] {
        var characters: [Seen] = []
        var last = blank
        for step in 0..<count {
            let row = steps[(step * alphabet.count)..<((step + 1) * alphabet.count)]
            guard let best = row.indices.max(by: { row[$0] < row[$1] }) else { continue }
            let index = best - row.startIndex
            if index != blank {
                if index == last {
                    let end = characters.count - 1
                    characters[end].probability = max(characters[end].probability, Double(row[best]))
                } else {
                    characters.append(Seen(character: alphabet[index], step: step, probability: Double(row[best])))
                }
            }
            last = index
        }
        return characters
    }

    private struct Span {
        var characters: [Seen]
        var left: Int
        var right: Int
        /// A word is as sure as its least sure character.
        var probability: Double { characters.map(\.probability).min() ?? 0 }
    }

    /// Words between spaces; each reaches half way to its neighbours, at most two steps.
    private static func spans(_ characters: [Seen]) -> [Span] {
        let words = characters.split { $0.character == " " }.map(Array.init)
        return words.indices.compactMap { index in
            let word = words[index]
            guard let first = word.first?.step, let last = word.last?.step else { return nil }
            let before = index > 0 ? words[index - 1].last?.step : nil
            let after = index + 1 < words.count ? words[index + 1].first?.step : nil
            let left = max(first - 2, before.map { ($0 + first + 1) / 2 } ?? 0)
            let right = min(last + 3, after.map { ($0 + last + 1) / 2 } ?? .max)
            return Span(characters: word, left: max(0, left) * stride, right: right * stride)
        }
    }
}

/// Where a line that is scaled for reading has ink.
private struct InkProfile {
    private let width: Int
    private let height: Int
    private var isInk: [Bool]

    init(_ line: PixelImage) {
        (width, height) = (line.width, line.height)
        var levels = [UInt8](repeating: 255, count: width * height)
        let width = width
        line.readGrey { x, y, level in levels[y * width + x] = level }
        let middle = (Int(levels.min() ?? 0) + Int(levels.max() ?? 255)) / 2
        isInk = levels.map { Int($0) < middle }
    }

    /// The box of the ink between two columns; the whole height when there is none, nil when there are no columns.
    func bounds(left: Int, right: Int) -> Box? {
        let columns = max(0, left)..<max(0, left, min(right, width))
        guard !columns.isEmpty else { return nil }
        let inked = columns.filter { x in (0..<height).contains { isInk[$0 * width + x] } }
        let rows = (0..<height).filter { y in columns.contains { isInk[y * width + $0] } }
        guard let first = inked.first, let last = inked.last, let top = rows.first, let bottom = rows.last else {
            return Box(left: Double(left), top: 0, right: Double(columns.upperBound), bottom: Double(height))
        }
        return Box(left: Double(first), top: Double(top), right: Double(last + 1), bottom: Double(bottom + 1))
    }
}
