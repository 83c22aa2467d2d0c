import Foundation

/// The queue between the callers of the pool and the threads that drive the reader processes.
///
/// `@unchecked Sendable`: threads wait for work on `condition`, which a `Mutex` cannot offer, and every stored variable is
/// touched only between its `lock()` and `unlock()`; the compiler cannot see that.
final class ReaderQueue: @unchecked Sendable {
    /// What a thread does next.
    enum Turn {
        case open(ReadingJob)
        case read(ReadingJob, page: Int)
        /// These files are done with.
        case forget(Set<Int>)
    }

    private let condition = NSCondition()
    private var schedule: PageSchedule
    private var jobs: [Int: ReadingJob] = [:]
    private var fileCount = 0
    private var isClosed = false

    init(readAheadMax: Int) { schedule = PageSchedule(readAheadMax: readAheadMax) }

    /// Puts a file in the row.
    ///
    /// The stream ends when the file cannot be read; else its reader calls `remove`.
    func add(
        _ bytes: Data, kind: FileKind, password: String?, depth: ReadingDepth, wantImages: Bool, turn: Int?,
        pages: Range<Int>?
    ) -> (file: Int, events: AsyncStream<ReadingJob.Event>) {
        let (stream, continuation) = AsyncStream.makeStream(of: ReadingJob.Event.self)
        return locked {
            fileCount += 1
            let job = ReadingJob(
                file: fileCount, bytes: bytes, kind: kind, password: password, depth: depth, wantImages: wantImages,
                turn: turn, pages: pages, events: continuation)
            if isClosed {
                ReaderQueue.end(job, ReaderQueue.closing)
            } else {
                jobs[job.file] = job
                schedule.add(file: job.file, wanted: pages)
            }
            return (job.file, stream)
        }
    }

    func remove(file: Int) {
        locked {
            schedule.remove(file: file)
            jobs.removeValue(forKey: file)?.events.finish()
        }
    }

    func delivered(file: Int) {
        locked { schedule.delivered(file: file) }
    }

    /// Waits until there is something to do; nil when the queue was closed.
    func next(openFiles: Set<Int>) -> Turn? {
        condition.lock()
        defer { condition.unlock() }
        while !isClosed {
            let done = openFiles.subtracting(schedule.files)
            if !done.isEmpty { return .forget(done) }
            switch schedule.next() {
            case .open(let file): if let job = jobs[file] { return .open(job) }
            case .read(let file, let page): if let job = jobs[file] { return .read(job, page: page) }
            case nil: condition.wait()
            }
        }
        return nil
    }

    /// Announces what is in an opened file; gives the page to go on with, nil when none is wanted.
    func opened(_ job: ReadingJob, _ contents: FileContents) -> Int? {
        job.events.yield(.opened(contents))
        return locked { schedule.opened(file: job.file, pageCount: contents.pageCount) }
    }

    /// Ends a file that cannot be read.
    func fail(_ job: ReadingJob, _ error: ReadingError) {
        locked {
            schedule.remove(file: job.file)
            jobs[job.file] = nil
        }
        ReaderQueue.end(job, error)
    }

    /// Ends every file in the row and sends every thread home.
    func close() {
        locked {
            isClosed = true
            for job in jobs.values { ReaderQueue.end(job, ReaderQueue.closing) }
            jobs = [:]
        }
    }

    private static let closing = ReadingError(.readerFailed, "The readers are being shut down. Send the file again.")

    private static func end(_ job: ReadingJob, _ error: ReadingError) {
        job.events.yield(.failed(error))
        job.events.finish()
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return body()
    }
}
