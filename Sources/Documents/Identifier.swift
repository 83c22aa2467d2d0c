package import Foundation
import Synchronization

/// Makes identifiers that sort in the order in which this process made them: 26 characters of Crockford's base 32.
///
/// The layout is that of ULID (github.com/ulid/spec): 48 bits of milliseconds, then 80 random bits.
package enum Identifier {
    private static let sequence = Mutex(IdentifierSequence())

    /// A new identifier of `time`, greater than each that was made before, whatever their times.
    package static func make(at time: Date = Date()) -> String {
        var generator = SystemRandomNumberGenerator()
        return sequence.withLock { $0.next(at: time, using: &generator) }
    }
}

/// Identifiers each of which is greater than the one before, though the clock stands or goes back (RFC 9562, 6.2,
/// method 2): within a millisecond the random part grows by a random step, so that the next cannot be guessed.
package struct IdentifierSequence: Sendable {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let randomBitCount: UInt128 = 80

    private var latest: UInt128 = 0

    package init() {}

    package mutating func next(at time: Date, using generator: inout some RandomNumberGenerator) -> String {
        let milliseconds = UInt128(max(0, time.timeIntervalSince1970 * 1000))
        let random = UInt128.random(in: 0..<1 << IdentifierSequence.randomBitCount, using: &generator)
        let fresh = milliseconds << IdentifierSequence.randomBitCount | random
        // A random part that overflows goes on in the next millisecond.
        let step = UInt128(UInt32.random(in: 1 ... .max, using: &generator))
        let isLater = milliseconds > latest >> IdentifierSequence.randomBitCount
        latest = isLater ? fresh : latest + step
        return text(of: latest)
    }

    private func text(of value: UInt128) -> String {
        let digits = (0..<26).map {
            IdentifierSequence.alphabet[Int(truncatingIfNeeded: value >> (5 * (25 - $0)) & 31)]
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
