/// Hashed features with their values.
package struct SparseFeatures: Sendable {
    package private(set) var hashes: [UInt64]
    package private(set) var values: [Float]
    /// How many of the last features are facts, not counts.
    private var factCount: Int

    /// The facts alone.
    package var facts: SparseFeatures {
        var features = self
        features.hashes.removeFirst(hashes.count - factCount)
        features.values.removeFirst(values.count - factCount)
        return features
    }

    /// Counts equal hashes; a feature's value is one and the logarithm of its count, all scaled to length 1.
    ///
    /// The values of `facts` are taken as they are.
    init(counting hashes: [UInt64], facts: [(hash: UInt64, value: Float)] = []) {
        let sorted = hashes.sorted()
        var kept: [UInt64] = []
        var values: [Float] = []
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
            kept.append(sorted[start])
            values.append(1 + 0.4 * SparseFeatures.binaryLogarithm(end - start))
            start = end
        }
        factCount = facts.count
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        self.hashes = kept + facts.map(\.hash)
        self.values = (length > 0 ? values.map { $0 / length } : values) + facts.map(\.value)
    }

    private static func binaryLogarithm(_ count: Int) -> Float {
        Float(Int.bitWidth - 1 - count.leadingZeroBitCount)
    }
}
