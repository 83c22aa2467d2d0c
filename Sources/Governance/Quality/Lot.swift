import Crypto

/// A number drawn by a hash of what the lot is about: the same text always draws the same.
struct Lot: Hashable, Comparable {
    private let number: UInt64

    init(_ text: String) {
        number = SHA256.hash(data: Array(text.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    /// Whether it is among the `share`, in 0…1, of all lots.
    func falls(within share: Double) -> Bool { Double(number) < share * 0x1p64 }

    static func < (left: Lot, right: Lot) -> Bool { left.number < right.number }
}
