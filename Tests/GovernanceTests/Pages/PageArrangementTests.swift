import Governance
import TestSupport
import Testing

@Suite struct PageArrangementTests {
    /// Documents A (1, 2, 3), B (5, 6) and C (7), page 4 blank.
    private let file = PageArrangement(
        parts: [
            .init(documentID: "C", pages: [7]), .init(documentID: "A", pages: [1, 2, 3]),
            .init(documentID: "B", pages: [5, 6]),
        ], blank: [4], pageCount: 7)

    private func pages(_ operation: PageOperation, to id: String = "A") throws -> [[Int]] {
        try file.applying(operation, to: id, by: "user:ann").parts.map(\.pages)
    }

    private func refusal(_ operation: PageOperation, to id: String = "A", of file: PageArrangement? = nil) -> String? {
        do {
            _ = try (file ?? self.file).applying(operation, to: id, by: "user:ann")
            return nil
        } catch {
            #expect(error.code == .pagesRefused)
            return error.description
        }
    }

    @Test func eachOperationMovesWhatItSays() throws {
        #expect(try pages(.split(before: 2)) == [[1], [2, 3], [5, 6], [7]])
        #expect(try pages(.merge(.next)) == [[1, 2, 3, 5, 6], [7]])
        #expect(try pages(.merge(.previous), to: "C") == [[1, 2, 3], [5, 6, 7]])
        #expect(try pages(.move(page: 3, to: .next)) == [[1, 2], [3, 5, 6], [7]])
        #expect(try pages(.move(page: 5, to: .previous), to: "B") == [[1, 2, 3, 5], [6], [7]])
        #expect(try pages(.shift(page: 1, .next)) == [[2, 1, 3], [5, 6], [7]])
        #expect(try pages(.setAside(page: 2)) == [[1, 3], [5, 6], [7]])
        #expect(try pages(.takeIn(page: 4)) == [[1, 2, 3, 4], [5, 6], [7]])
    }

    @Test func thePartWithTheFirstPageStaysTheDocument() throws {
        let split = try file.applying(.split(before: 3), to: "A", by: "user:ann")
        #expect(split.parts.map(\.documentID) == ["A", nil, "B", "C"])
        #expect(split.free == [4])
    }

    @Test func whoSetAPageAsideIsNamedUntilItIsTakenIn() throws {
        let aside = try file.applying(.setAside(page: 2), to: "A", by: "user:ann")
        #expect(aside.setAside == [2: "user:ann"])
        #expect(aside.unaccounted == [])
        #expect(!aside.isStream)
        let back = try aside.applying(.takeIn(page: 2), to: "A", by: "user:bob")
        #expect(back == file)
    }

    @Test func whatMayNotHappenIsRefusedWithASentence() {
        #expect(refusal(.split(before: 1))?.contains("first page of the document") == true)
        #expect(refusal(.split(before: 5))?.contains("not a page of this document") == true)
        #expect(refusal(.merge(.previous))?.contains("none comes before it") == true)
        #expect(refusal(.merge(.next), to: "C")?.contains("none comes after it") == true)
        #expect(refusal(.move(page: 7, to: .previous), to: "C")?.contains("Merge the documents") == true)
        #expect(refusal(.setAside(page: 7), to: "C")?.contains("Refuse the document") == true)
        #expect(refusal(.takeIn(page: 5))?.contains("in no document") == true)
        #expect(refusal(.shift(page: 1, .previous))?.contains("already") == true)
        #expect(refusal(.merge(.next), to: "Z")?.contains("no pages of this file") == true)
    }

    @Test(arguments: [PageArrangement.Lock.settled, .held(by: "user:bob"), .otherQueue("Financial assistance")])
    func aDocumentThatIsNotTheirsIsLeftAlone(lock: PageArrangement.Lock) {
        let locked = PageArrangement(
            parts: [.init(documentID: "A", pages: [1, 2]), .init(documentID: "B", pages: [3], lock: lock)],
            pageCount: 3)
        #expect(refusal(.merge(.next), of: locked)?.contains(lock.description) == true)
        #expect(refusal(.move(page: 2, to: .next), of: locked)?.contains(lock.description) == true)
        #expect(refusal(.split(before: 2), of: locked) == nil)
    }

    @Test func anOperationIsFoundByItsName() {
        for name in ["split", "merge_next", "merge_previous", "move_next", "earlier", "later", "set_aside", "take_in"] {
            #expect(PageOperation(name: name, page: 3)?.name == name)
        }
        #expect(PageOperation(name: "split", page: nil) == nil)
        #expect(PageOperation(name: "shred", page: 1) == nil)
    }

    /// Whatever people do, one after the other, each page that is not blank is in one document or set aside by somebody.
    @Test(arguments: 0..<40) func noPageIsEverLostOrDoubled(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...9, using: &generator)
        let blank = Set((2..<count + 2).filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
        let inked = (1...count + 1).filter { !blank.contains($0) }
        var file = PageArrangement(
            parts: inked.map { .init(documentID: "D\($0)", pages: [$0]) }, blank: blank, pageCount: count + 1)
        var made = 0
        for _ in 0..<120 {
            let page = Int.random(in: 0...count + 2, using: &generator)
            let side = Bool.random(using: &generator) ? PageOperation.Side.next : .previous
            let operation: PageOperation =
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: .split(before: page)
                case 1: .merge(side)
                case 2: .move(page: page, to: side)
                case 3: .shift(page: page, side)
                case 4: .setAside(page: page)
                default: .takeIn(page: page)
                }
            let person = ["user:ann", "user:bob"].randomElement(using: &generator) ?? ""
            guard let id = file.parts.randomElement(using: &generator)?.documentID,
                var next = try? file.applying(operation, to: id, by: person)
            else { continue }
            let places = next.parts.flatMap(\.pages) + next.setAside.keys
            #expect(Set(places).count == places.count, "\(operation) on \(file)")
            #expect(Set(places).isSuperset(of: inked), "\(operation) on \(file)")
            #expect(next.setAside.values.allSatisfy { $0.hasPrefix("user:") })
            #expect(next.parts.allSatisfy { !$0.pages.isEmpty })
            made += 1
            next = PageArrangement(
                parts: next.parts.map { .init(documentID: $0.documentID ?? "N\(made)", pages: $0.pages) },
                setAside: next.setAside, blank: next.blank, pageCount: next.pageCount)
            file = next
        }
        #expect(made > 0)
    }
}
