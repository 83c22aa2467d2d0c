import Foundation

/// Tells paper of no known type by its words: how many of them no document of a known type ever had.
package struct StrangerGuard: Codable, Hashable, Sendable {
    /// One bit for each of `1 << bits` hashed words.
    private let known: Data
    private let bits: Int
    /// From the share of unknown words and the type's lead to the probability that the page is none of ours.
    package var calibration: Calibration

    package init(known hashes: some Sequence<UInt64>, bits: Int, calibration: Calibration) {
        var bytes = [UInt8](repeating: 0, count: 1 << (bits - 3))
        for hash in hashes {
            let bit = Int(truncatingIfNeeded: hash >> 20) & (1 << bits - 1)
            bytes[bit >> 3] |= 1 << UInt8(bit & 7)
        }
        known = Data(bytes)
        self.bits = bits
        self.calibration = calibration
    }

    var isSound: Bool {
        (3...22).contains(bits) && known.count == 1 << (bits - 3) && calibration.weights.count == 2
    }

    /// The share of `words`, in 0…1, that no training document of a known type had.
    package func strangeness(_ words: [UInt64]) -> Double {
        guard !words.isEmpty else { return 1 }
        let strange = words.count { hash in
            let bit = Int(truncatingIfNeeded: hash >> 20) & (1 << bits - 1)
            return known[known.startIndex + bit >> 3] & (1 << UInt8(bit & 7)) == 0
        }
        return Double(strange) / Double(words.count)
    }
}
