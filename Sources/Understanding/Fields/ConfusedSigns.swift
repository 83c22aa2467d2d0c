/// Letters and digits that optical reading takes for one another.
enum ConfusedSigns {
    /// `text` with each letter that looks like a digit made that digit; nil when nothing changes.
    static func digits(for text: String) -> String? {
        var changed = false
        let bytes = text.utf8.map { byte -> UInt8 in
            guard let digit = digit(for: byte) else { return byte }
            changed = true
            return digit
        }
        return changed ? String(decoding: bytes, as: UTF8.self) : nil
    }

    /// An amount with each such letter made its digit, a `C` for a nought too, `1CC3.2C`.
    ///
    /// Nil when nothing changes, or there is hardly a digit; what begins with a `C` is a code of a diagnosis.
    static func amount(for text: String) -> String? {
        let signs = text.filter { $0.isLetter || $0.isNumber }
        guard signs.first != "C", 2 * signs.count(where: \.isNumber) >= signs.count(where: \.isLetter) else {
            return nil
        }
        let zeros = text.replacing("C", with: "0")
        return digits(for: zeros) ?? (zeros == text ? nil : zeros)
    }

    private static func digit(for byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "O"), UInt8(ascii: "o"), UInt8(ascii: "Q"), UInt8(ascii: "D"):
            UInt8(ascii: "0")
        case UInt8(ascii: "l"), UInt8(ascii: "I"), UInt8(ascii: "|"), UInt8(ascii: "i"):
            UInt8(ascii: "1")
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): UInt8(ascii: "2")
        case UInt8(ascii: "S"), UInt8(ascii: "s"): UInt8(ascii: "5")
        case UInt8(ascii: "G"), UInt8(ascii: "b"): UInt8(ascii: "6")
        case UInt8(ascii: "B"): UInt8(ascii: "8")
        case UInt8(ascii: "g"), UInt8(ascii: "q"): UInt8(ascii: "9")
        default: nil
        }
    }
}
