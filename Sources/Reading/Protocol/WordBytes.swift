import Documents
import Foundation

/// Words as bytes, on their way from a reader: a page has hundreds, and JSON would take as long as drawing it.
///
/// They keep what their JSON keeps: boxes in tenths of a pixel, confidence in ten-thousandths. A text is its length and
/// its UTF-8; numbers are little-endian.
enum WordBytes {
    static func encoded(_ words: [Word]) -> Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(words.count * 40)
        for word in words {
            add(word.text, word.confidence, to: &bytes)
            for edge in [word.box.left, word.box.top, word.box.right, word.box.bottom] {
                add(UInt32(bitPattern: tenths(edge)), to: &bytes)
            }
            add(UInt32(clamping: word.line), to: &bytes)
            // No other reading and an empty list of them are two things.
            add(UInt32(clamping: word.alternatives.map { $0.count + 1 } ?? 0), to: &bytes)
            for other in word.alternatives ?? [] { add(other.text, other.confidence, to: &bytes) }
            add(word.handwritten == true ? 1 : 0, to: &bytes)
        }
        return Data(bytes)
    }

    /// The words in `bytes`; nil where they are anything else.
    static func decoded(_ bytes: UnsafeRawBufferPointer) -> [Word]? {
        var cursor = Cursor(bytes: bytes)
        var words: [Word] = []
        while !cursor.isAtEnd {
            guard words.count < AnswerLimits.wordCountMax, let word = word(&cursor) else { return nil }
            words.append(word)
        }
        return words
    }

    private static func word(_ cursor: inout Cursor) -> Word? {
        guard let reading = cursor.reading(), let left = cursor.tenths(), let top = cursor.tenths(),
            let right = cursor.tenths(), let bottom = cursor.tenths(), let line = cursor.number(),
            let mark = cursor.number(), mark <= AnswerLimits.alternativeCountMax + 1
        else { return nil }
        var others: [Word.Alternative]? = mark == 0 ? nil : []
        for _ in 1..<max(1, mark) {
            guard let other = cursor.reading() else { return nil }
            others?.append(Word.Alternative(text: other.text, confidence: other.confidence))
        }
        guard let handwritten = cursor.number(), handwritten <= 1 else { return nil }
        return Word(
            text: reading.text, box: Box(left: left, top: top, right: right, bottom: bottom),
            confidence: reading.confidence, line: Int(line), alternatives: others,
            handwritten: handwritten == 1 ? true : nil)
    }

    private static func add(_ text: String, _ confidence: Confidence, to bytes: inout [UInt8]) {
        add(UInt32(clamping: text.utf8.count), to: &bytes)
        bytes += text.utf8
        add(UInt32((confidence.probability * 10_000).rounded()), to: &bytes)
    }

    private static func add(_ number: UInt32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    private static func tenths(_ edge: Double) -> Int32 {
        Int32(min(max((edge * 10).rounded(), Double(Int32.min)), Double(Int32.max)))
    }

    /// A place in the bytes that moves on with all that is taken, and never beyond their end.
    private struct Cursor {
        let bytes: UnsafeRawBufferPointer
        var place = 0

        var isAtEnd: Bool { place == bytes.count }

        mutating func number() -> UInt32? {
            guard bytes.count - place >= 4 else { return nil }
            defer { place += 4 }
            return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        }

        mutating func tenths() -> Double? { number().map { Double(Int32(bitPattern: $0)) / 10 } }

        mutating func reading() -> (text: String, confidence: Confidence)? {
            guard let length = number(), length <= AnswerLimits.wordBytesMax, bytes.count - place >= Int(length) else {
                return nil
            }
            let text = String(decoding: bytes[place..<place + Int(length)], as: UTF8.self)
            place += Int(length)
            return number().map { (text, Confidence(Double($0) / 10_000)) }
        }
    }
}
