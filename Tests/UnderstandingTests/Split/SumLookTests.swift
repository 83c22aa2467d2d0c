import Documents
import Testing
import Understanding

@Suite("Doubtful boundaries are settled by sums")
struct SumLookTests {
    /// Documents whose amounts add up when they have just the pages of one of `whole`; others have a total that fails.
    private static func look(whole: Set<[Int]>) -> SumLook {
        SumLook { places in
            Document(
                type: "eob", typeConfidence: 0.9, pages: places.map { $0 + 1 },
                checks: [Check(name: "payment_adds_up", passed: whole.contains(places))])
        }
    }

    private static func segment(_ places: [Int], begins: Double? = nil, inner: [Double] = []) -> Splitter.Segment {
        Splitter.Segment(
            places: places, confidence: 0.6, inner: inner,
            start: begins.map { Splitter.Start(probability: $0, because: ["it looks so"]) })
    }

    @Test("Pages that add up only together are joined, and it is said why")
    func joined() throws {
        let found = Self.look(whole: [[0, 1]]).settled([Self.segment([0]), Self.segment([1], begins: 0.6)])
        #expect(found.map(\.places) == [[0, 1]])
        let only = try #require(found.first)
        #expect(only.confidence > 0.9)
        #expect(only.sum?.contains("add up") == true)
    }

    @Test("A document that adds up with its first pages alone is parted after them")
    func parted() {
        let found = Self.look(whole: [[0, 1]]).settled([Self.segment([0, 1, 2], inner: [0.02, 0.4])])
        #expect(found.map(\.places) == [[0, 1], [2]])
        #expect(found.last?.start?.because.first?.contains("add up") == true)
    }

    @Test("A sum moves no boundary that is sure")
    func sure() {
        let look = Self.look(whole: [[0, 1]])
        #expect(look.settled([Self.segment([0]), Self.segment([1], begins: 0.99)]).map(\.places) == [[0], [1]])
        #expect(look.settled([Self.segment([0, 1, 2], inner: [0.01, 0.01])]).map(\.places) == [[0, 1, 2]])
    }

    @Test("Where the parts add up as they are, nothing is joined")
    func whole() {
        let look = Self.look(whole: [[0], [1], [0, 1]])
        #expect(look.settled([Self.segment([0]), Self.segment([1], begins: 0.6)]).map(\.places) == [[0], [1]])
    }
}
