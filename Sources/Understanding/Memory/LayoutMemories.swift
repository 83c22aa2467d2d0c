import Documents

/// The layouts that confirmed documents taught.
///
/// A memory is recognised by the words of a document's first page, so that type and values are found better on the next
/// document of the layout at once, without training.
package struct LayoutMemories: Sendable {
    package private(set) var memories: [LayoutMemory]
    /// The memories that have a word.
    private var index: [String: [Int]] = [:]
    /// How many different words each memory has.
    private var wordCounts: [Int] = []

    /// From this likeness on a page is of the layout: of pages of calibration families it parts those of one family from
    /// all others.
    static let likenessMin = 0.5
    /// So many memories are looked at closely: those of which the page has the largest share of words.
    private static let closeCountMax = 5

    package init(_ memories: [LayoutMemory] = []) {
        self.memories = memories.sorted { $0.id < $1.id }
        makeIndex()
    }

    private mutating func makeIndex() {
        index = [:]
        wordCounts = []
        for (place, memory) in memories.enumerated() {
            let words = Set(memory.words.map(\.text))
            wordCounts.append(words.count)
            for word in words { index[word, default: []].append(place) }
        }
    }

    /// The memory of the layout that a document has; of the type named only, if one is.
    func recall(_ pages: [PageText], type: String? = nil) -> LayoutRecall? {
        guard !memories.isEmpty, let first = pages.first(where: { !$0.isBlank }) else { return nil }
        return recall(LayoutFingerprint(first), type: type)
    }

    /// The memory of the layout of a document's first page; of the type named only, if one is.
    func recall(_ page: LayoutFingerprint, type: String? = nil) -> LayoutRecall? {
        var shared = [Int](repeating: 0, count: memories.count)
        for word in page.places.keys {
            for place in index[word] ?? [] { shared[place] += 1 }
        }
        let close = memories.indices
            .filter { shared[$0] >= LayoutAlignment.commonWordsMin && (type == nil || memories[$0].type == type) }
            .map { (place: $0, share: Double(shared[$0]) / Double(max(1, wordCounts[$0]))) }
            .sorted { ($1.share, $0.place) < ($0.share, $1.place) }
            .prefix(Self.closeCountMax)
        return close.compactMap { place, _ -> LayoutRecall? in
            guard let alignment = LayoutAlignment(memories[place].words, on: page),
                alignment.likeness >= Self.likenessMin
            else { return nil }
            return LayoutRecall(memory: memories[place], alignment: alignment)
        }.max { $0.alignment.likeness < $1.alignment.likeness }
    }

    /// Keeps a memory in place of the one with its identifier.
    mutating func keep(_ memory: LayoutMemory) {
        memories.removeAll { $0.id == memory.id }
        memories.append(memory)
        memories.sort { $0.id < $1.id }
        makeIndex()
    }

    /// Forgets a layout; gives what was forgotten, or nil when there is none with the identifier.
    @discardableResult
    package mutating func forget(_ id: String) -> LayoutMemory? {
        guard let place = memories.firstIndex(where: { $0.id == id }) else { return nil }
        let memory = memories.remove(at: place)
        makeIndex()
        return memory
    }
}
