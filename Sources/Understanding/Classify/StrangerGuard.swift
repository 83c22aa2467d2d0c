import Foundation

/// Tells paper of no known type by its words: how many of them no document of a known type ever had.
package struct StrangerGuard: Codable, Hashable, Sendable {
    /// One bit for each of `1 << bits` hashed words.
    private let known: Data
    private let bits: Int
    /// From the facts of pages to the probability that they are none of ours.
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
        (3...22).contains(bits) && known.count == 1 << (bits - 3) && calibration.weights.count == Self.factCount
    }

    private static let factCount = 3

    /// What speaks for and against a stranger: the share of words that no document of ours had, by how many log-odds the
    /// likeliest type leads, and how much of that type is announced by labels, which hold on layouts never seen.
    package func facts(of pages: [PageFeatures], logits: [Float], names: [String]) -> [Double] {
        let order = logits.indices.sorted { (logits[$1], $0) < (logits[$0], $1) }
        guard let best = order.first else { return [1, 0, 0] }
        let lead = order.count > 1 ? Double(logits[best] - logits[order[1]]) : 0
        return [strangeness(pages.flatMap(\.words)), lead, TypeFeatures.announced(names[best], on: pages)]
    }

    /// The probability that `pages` are none of ours, when a model of types gives them these log-odds.
    func probability(of pages: [PageFeatures], logits: [Float], names: [String]) -> Double {
        calibration.probability(facts(of: pages, logits: logits, names: names))
    }

    /// The share of `words`, in 0…1, that no training document of a known type had.
    private func strangeness(_ words: [UInt64]) -> Double {
        guard !words.isEmpty else { return 1 }
        let strange = words.count { hash in
            let bit = Int(truncatingIfNeeded: hash >> 20) & (1 << bits - 1)
            return known[known.startIndex + bit >> 3] & (1 << UInt8(bit & 7)) == 0
        }
        return Double(strange) / Double(words.count)
    }
}
