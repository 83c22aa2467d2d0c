/// Which page of which file is read next: a turn for each file, one page a turn.
///
/// A pure value: the threads around it hold a lock while they ask it.
struct PageSchedule {
    /// The next thing for a reader process to do.
    enum Work: Hashable {
        /// Open the file, and go on with its first page.
        case open(file: Int)
        case read(file: Int, page: Int)
    }

    private struct Entry {
        let file: Int
        let wanted: Range<Int>?
        /// Pages not yet given out; nil until the file was opened.
        var left: Range<Int>?
        var isOpening = false
        /// Pages given out of which the caller has not yet taken delivery.
        var undelivered = 0
    }

    /// Files in the order of their turns.
    private var entries: [Entry] = []
    /// No more pages of one file than this are read ahead of its caller.
    private let readAheadMax: Int

    init(readAheadMax: Int) { self.readAheadMax = readAheadMax }

    var files: Set<Int> { Set(entries.map(\.file)) }

    mutating func add(file: Int, wanted: Range<Int>?) {
        entries.append(Entry(file: file, wanted: wanted))
    }

    mutating func remove(file: Int) {
        entries.removeAll { $0.file == file }
    }

    /// Takes the next work, and puts its file at the end of the row.
    mutating func next() -> Work? {
        for index in entries.indices {
            if let work = work(of: &entries[index]) {
                entries.append(entries.remove(at: index))
                return work
            }
        }
        return nil
    }

    /// Notes the page count of an opened file and takes its first page for whoever opened it; nil when none is wanted.
    mutating func opened(file: Int, pageCount: Int) -> Int? {
        guard let index = entries.firstIndex(where: { $0.file == file }) else { return nil }
        let all = 0..<pageCount
        entries[index].left = entries[index].wanted?.clamped(to: all) ?? all
        guard case .read(_, let page) = work(of: &entries[index]) else { return nil }
        return page
    }

    /// Notes that the caller took delivery of a page.
    mutating func delivered(file: Int) {
        guard let index = entries.firstIndex(where: { $0.file == file }) else { return }
        entries[index].undelivered -= 1
    }

    private func work(of entry: inout Entry) -> Work? {
        guard let left = entry.left else {
            defer { entry.isOpening = true }
            return entry.isOpening ? nil : .open(file: entry.file)
        }
        guard let page = left.first, entry.undelivered < readAheadMax else { return nil }
        entry.left = left.dropFirst()
        entry.undelivered += 1
        return .read(file: entry.file, page: page)
    }
}
