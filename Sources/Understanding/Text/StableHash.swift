/// A hash that is the same on every run and machine: FNV-1a over bytes, then the finalizer of MurmurHash3.
///
/// Swift's own `Hasher` is seeded anew in each process and would make two runs differ.
package struct StableHash: Sendable {
    private var state: UInt64

    package init(seed: UInt64 = 0) { state = 0xcbf2_9ce4_8422_2325 ^ (seed &* 0x9e37_79b9_7f4a_7c15) }

    package mutating func combine(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    package mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { combine(byte) }
    }

    package mutating func combine(_ value: UInt64) {
        state = (state ^ value) &* 0x9e37_79b9_7f4a_7c15
        state ^= state >> 29
    }

    package var value: UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 33)) &* 0xff51_afd7_ed55_8ccd
        mixed = (mixed ^ (mixed >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return mixed ^ (mixed >> 33)
    }

    package static func of(_ text: some StringProtocol, seed: UInt64 = 0) -> UInt64 {
        var hash = StableHash(seed: seed)
        hash.combine(text.utf8)
        return hash.value
    }

    package static func of(_ bytes: some Sequence<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var hash = StableHash(seed: seed)
        hash.combine(bytes)
        return hash.value
    }

    package static func of(_ first: UInt64, _ second: UInt64) -> UInt64 {
        var hash = StableHash()
        hash.combine(first)
        hash.combine(second)
        return hash.value
    }
}
