import Documents
import Foundation
import TestSupport
import Testing

@Suite struct IdentifierTests {
    @Test("Identifiers sort as they were made, though the clock stands, jumps and goes back")
    func order() throws {
        var generator = SeededGenerator(seed: 22)
        var sequence = IdentifierSequence()
        var time = Date(timeIntervalSince1970: 1_800_000_000)
        var made: [String] = []
        for _ in 0..<20_000 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: time += .random(in: 0...3600, using: &generator)
            case 1: time -= .random(in: 0...3600, using: &generator)
            case 2: time += 0.001
            default: break
            }
            made.append(sequence.next(at: time, using: &generator))
        }
        #expect(zip(made, made.dropFirst()).allSatisfy { $0 < $1 })
        #expect(made.allSatisfy { $0.count == 26 })
    }

    @Test("The time is the first ten characters, as the ULID specification lays them out")
    func layout() {
        var generator = SeededGenerator(seed: 1)
        var sequence = IdentifierSequence()
        // The specification's own example of a time.
        let id = sequence.next(at: Date(timeIntervalSince1970: 1_469_918_176.385), using: &generator)
        #expect(id.prefix(10) == "01ARYZ6S41")
        var early = IdentifierSequence()
        #expect(early.next(at: Date(timeIntervalSince1970: -5), using: &generator).prefix(10) == "0000000000")
    }

    @Test("When the random part is used up, the time goes on")
    func overflow() {
        struct Highest: RandomNumberGenerator { mutating func next() -> UInt64 { .max } }
        var generator = Highest()
        var sequence = IdentifierSequence()
        let time = Date(timeIntervalSince1970: 1_800_000_000)
        let made = (0..<3).map { _ in sequence.next(at: time, using: &generator) }
        #expect(made.sorted() == made && Set(made).count == 3)
        #expect(made[0].prefix(10) < made[1].prefix(10))
    }

    @Test("Many tasks at once get different identifiers, each task in its order")
    func manyTasks() async {
        let standing = Date(timeIntervalSince1970: 1_000_000_000)
        let all = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<16 {
                group.addTask { (0..<500).map { Identifier.make(at: $0.isMultiple(of: 2) ? standing : Date()) } }
            }
            return await group.reduce(into: [[String]]()) { $0.append($1) }
        }
        #expect(all.allSatisfy { $0.sorted() == $0 })
        #expect(Set(all.joined()).count == 16 * 500)
    }
}
