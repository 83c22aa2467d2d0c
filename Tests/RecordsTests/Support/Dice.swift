/// Decisions of a property test: repeatable from one seed, and shown in its failures.
struct Dice {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    /// One of `values`, or nil when there are none.
    mutating func pick<Value>(_ values: some Collection<Value>) -> Value? { values.randomElement(using: &generator) }

    mutating func word(length: Int = 6) -> String {
        String((0..<length).map { _ in Character(UnicodeScalar(UInt8(roll(97...122)))) })
    }
}
