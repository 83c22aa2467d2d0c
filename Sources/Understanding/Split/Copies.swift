/// Where copies of documents stand in a stream, sent and sent again: a copy has the pages of what it repeats, no fewer and
/// no more.
struct Copies {
    /// Pages, counted without blanks, with which a copy, what it repeats, or what follows either begins; each with the two
    /// pages that repeat each other and say so, the later one first.
    let begins: [Int: (copy: Int, original: Int)]

    /// What it says for a boundary that a copy begins or ends there, in log-odds.
    static let evidence = 3.0
    /// A copy is looked for among so many pages before it.
    private static let reach = 30
    private static let likenessMin = 0.8
    private static let samenessMin = 0.75
    private static let equalNumbersMin = 2

    /// - Parameter pages: the pages that are not blank.
    init(_ pages: [PageMarks]) {
        // A page of print alone may be in two papers of one form, and so makes no copy; but it goes on with one.
        var (copies, equals): (Set<[Int]>, Set<[Int]>) = ([], [])
        for (page, marks) in pages.enumerated() {
            for before in max(0, page - Self.reach)..<page where Copies.isEqual(marks, to: pages[before]) {
                equals.insert([page, before])
                if Copies.hasEqualNumbers(marks, pages[before]) { copies.insert([page, before]) }
            }
        }
        var begins: [Int: (copy: Int, original: Int)] = [:]
        for pair in copies.sorted(by: { ($0[0], $0[1]) < ($1[0], $1[1]) }) {
            let (page, before) = (pair[0], pair[1])
            func add(_ places: Int...) {
                for place in places where begins[place] == nil { begins[place] = (page, before) }
            }
            if !equals.contains([page - 1, before - 1]) { add(page, before) }
            if !equals.contains([page + 1, before + 1]) { add(page + 1, before + 1) }
        }
        self.begins = begins
    }

    private static func isEqual(_ page: PageMarks, to other: PageMarks) -> Bool {
        page.layout.sameness(other.layout) > samenessMin && page.layout.likeness(other.layout) > likenessMin
    }

    private static func hasEqualNumbers(_ page: PageMarks, _ other: PageMarks) -> Bool {
        !page.identifiers.isDisjoint(with: other.identifiers)
            && page.layout.numbers(at: other.layout).same >= equalNumbersMin
    }
}
