package import Foundation

/// Makes identifiers that sort by the time they were made: 26 characters of Crockford's base 32.
///
/// The layout is that of ULID (github.com/ulid/spec): 48 bits of milliseconds, then 80 random bits.
package enum Identifier {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    package static func make(at time: Date = Date(), using generator: inout some RandomNumberGenerator) -> String {
        let milliseconds = UInt64(max(0, time.timeIntervalSince1970 * 1000))
        var characters: [Character] = (0..<10).map { alphabet[Int(milliseconds >> UInt64(5 * (9 - $0)) & 31)] }
        for _ in 0..<16 {
            characters.append(alphabet[Int.random(in: 0..<32, using: &generator)])
        }
        return String(characters)
    }

    package static func make(at time: Date = Date()) -> String {
        var generator = SystemRandomNumberGenerator()
        return make(at: time, using: &generator)
    }
}
