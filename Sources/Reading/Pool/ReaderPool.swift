package import Foundation
import Synchronization

/// The reader processes of this machine and the queue of pages before them.
///
/// Files take turns, a page a turn, whoever calls. A process starts when there is work for it, and none outlives the
/// program: it ends when its socket closes.
package final class ReaderPool: Sendable {
    private let limits: ReaderLimits
    private let queue: ReaderQueue
    private let slots: [ReaderSlot]
    private let threads: ThreadCount

    /// Names the processes; each starts when there is work for it.
    ///
    /// - Parameters:
    ///   - executable: the `mailroom` program, run as `mailroom reader`.
    ///   - startsEarly: starts readers of text at once, for a caller that has files but is not ready to send them.
    package init(
        executable: URL, processCount: Int = ProcessInfo.processInfo.activeProcessorCount,
        limits: ReaderLimits = ReaderLimits(), startsEarly: Bool = false
    ) {
        let count = max(1, processCount)
        let queue = ReaderQueue(readAheadMax: 2 * count)
        self.limits = limits
        self.queue = queue
        slots = (0..<count).map { _ in
            ReaderSlot(executable: executable, limits: limits, queue: queue, startsEarly: startsEarly)
        }
        let threads = ThreadCount(count)
        self.threads = threads
        for (index, slot) in slots.enumerated() {
            slot.start(name: "reader \(index + 1)") { threads.oneEnded() }
        }
    }

    deinit { stop() }

    /// Reads every page, or those whose index (from 0) is in `pages`, and hands them over in order, one at a time.
    ///
    /// A PDF that is locked opens with `password`, or when its password is empty.
    /// Anything less than a full reading has words only, of lower quality.
    /// With `turn` pages are recognised as they stand when turned by so many degrees clockwise, whatever else they look like.
    /// A page that crashes, hangs or exhausts its reader arrives as `unreadable` with a `problem`; the next page goes on.
    /// Throws `ReadingError` when the file cannot be read at all, and what `onPage` throws.
    package func read(
        _ bytes: Data, password: String? = nil, depth: ReadingDepth = .full, wantImages: Bool = false,
        turn: Int? = nil, pages: Range<Int>? = nil,
        onPage: @Sendable (ReadPage) async throws -> Void
    ) async throws -> ReadFile {
        let kind = try accept(bytes)
        let (file, events) = queue.add(
            bytes, kind: kind, password: password, depth: depth, wantImages: wantImages, turn: turn,
            pages: pages)
        defer { queue.remove(file: file) }
        var contents = FileContents(pageCount: 0)
        var delivery = PageDelivery()
        for await event in events {
            switch event {
            case .failed(let error): throw error
            case .opened(let opened):
                contents = opened
                delivery.begin(pages?.clamped(to: 0..<opened.pageCount) ?? 0..<opened.pageCount)
            case .page(let index, let page):
                delivery.add(page, at: index)
                while let ready = delivery.next() {
                    try await onPage(ready)
                    queue.delivered(file: file)
                }
            }
            if delivery.isDone {
                return ReadFile(
                    mediaType: kind.mediaType, pageCount: contents.pageCount, attachments: contents.attachments)
            }
        }
        throw CancellationError()
    }

    /// Ends the reader processes and waits until they are gone; pages in progress are lost.
    package func close() async {
        stop()
        await threads.allEnded()
    }

    private func stop() {
        queue.close()
        slots.forEach { $0.stop() }
    }

    /// The kind of a file that is fit to be given to a reader.
    private func accept(_ bytes: Data) throws(ReadingError) -> FileKind {
        guard !bytes.isEmpty else { throw ReadingError(.empty, "The file is empty. Send it again.") }
        guard bytes.count <= limits.fileBytesMax else {
            throw ReadingError(
                .tooLarge,
                "The file has \(bytes.count >> 20) MiB, more than the \(limits.fileBytesMax >> 20) MiB allowed. Split it."
            )
        }
        guard let kind = FileKind.sniff(bytes) else {
            throw ReadingError(.unknownKind, "The file is none of \(FileKind.names). Send it as one of these.")
        }
        guard FileKind.isComplete(bytes, kind: kind) else {
            throw ReadingError(
                .torn,
                "The end of the file is missing or its parts point outside it: it was cut off on its way. Send it again."
            )
        }
        return kind
    }
}

/// Puts pages that come in any order back in theirs.
private struct PageDelivery {
    private var due: Range<Int>?
    private var waiting: [Int: ReadPage] = [:]

    mutating func begin(_ pages: Range<Int>) { due = pages }

    mutating func add(_ page: ReadPage, at index: Int) { waiting[index] = page }

    mutating func next() -> ReadPage? {
        guard let first = due?.first, let page = waiting.removeValue(forKey: first) else { return nil }
        due = due?.dropFirst()
        return page
    }

    var isDone: Bool { due?.isEmpty ?? false }
}

/// Counts threads down, for whoever waits for the last.
private final class ThreadCount: Sendable {
    private let state: Mutex<(running: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(_ count: Int) { state = Mutex((count, [])) }

    func oneEnded() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.running -= 1
            return state.running == 0 ? state.waiting : []
        }
        waiting.forEach { $0.resume() }
    }

    func allEnded() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.running > 0 { state.waiting.append(continuation) }
                return state.running == 0
            }
            if isOver { continuation.resume() }
        }
    }
}
