import Documents
import Foundation
import Synchronization

/// One place for a reader process, and the thread that drives whichever process is in it.
///
/// The first process reads text only, which starts in a fraction of the time; the first page that has to be recognised
/// has it replaced by one that does both.
///
/// The thread blocks while the process works, so that none of Swift's own threads has to.
final class ReaderSlot: Sendable {
    private let executable: URL
    private let limits: ReaderLimits
    private let queue: ReaderQueue
    private let startsEarly: Bool
    /// The process in the slot; written by the slot's thread only.
    private let child = Mutex<ReaderChild?>(nil)
    private let isStopping = Atomic(false)

    /// Seconds for a fresh process to load its libraries and data.
    private static let startSecondsMax = 60.0

    init(executable: URL, limits: ReaderLimits, queue: ReaderQueue, startsEarly: Bool) {
        self.executable = executable
        self.startsEarly = startsEarly
        self.limits = limits
        self.queue = queue
    }

    /// Starts the thread; `onExit` runs when it is over and its process is gone.
    func start(name: String, onExit: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            work()
            onExit()
        }
        thread.name = name
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Kills the process, so that a thread that waits for it comes back at once.
    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        child.withLock { $0?.kill() }
    }

    private func work() {
        var session = ReaderSession(limits: limits)
        // Before the first file is there: what fails now fails again with a file to tell of it.
        if startsEarly { try? ensureChild(&session, recognises: false) }
        while let turn = queue.next(openFiles: session.openFiles) {
            switch turn {
            case .forget(let files):
                session.forget(files)
            case .open(let job):
                guard let contents = open(job, &session) else { continue }
                if let page = queue.opened(job, contents) { read(job, page: page, &session) }
            case .read(let job, let page):
                read(job, page: page, &session)
            }
        }
        replaceChild(nil)
    }

    /// Opens the file of a job and says what is in it; an error goes to the job.
    ///
    /// A reader that goes down is replaced once: it may have been on its way out before it saw the file.
    private func open(_ job: ReadingJob, _ session: inout ReaderSession, isRetry: Bool = false) -> FileContents? {
        do {
            try ensureChild(&session, recognises: job.kind.isImage)
            return try session.open(job)
        } catch let error as ReadingError {
            queue.fail(job, error)
        } catch {
            let reason = discardChild(error, &session)
            if !isRetry, error as? ChannelError == .closed { return open(job, &session, isRetry: true) }
            queue.fail(
                job,
                ReadingError(.damaged, "The file cannot be opened: it \(reason). Ask its sender for a sound copy."))
        }
        return nil
    }

    /// Reads a page and hands it to its job, as unreadable when its reader does not survive it.
    private func read(_ job: ReadingJob, page: Int, _ session: inout ReaderSession) {
        do {
            try ensureChild(&session, recognises: job.kind.isImage)
            var read = try session.read(job, page: page)
            if read == nil {
                try ensureChild(&session, recognises: true)
                read = try session.read(job, page: page)
            }
            guard let read else { throw ChannelError.malformed }
            job.events.yield(.page(index: page, read))
        } catch let error as ReadingError where error.code == .readerFailed {
            queue.fail(job, error)
        } catch let error as ReadingError {
            job.events.yield(.page(index: page, .unreadable(page: page, problem: error.description)))
        } catch {
            let reason = discardChild(error, &session)
            let problem = "The page could not be read: it \(reason)."
            job.events.yield(.page(index: page, .unreadable(page: page, problem: problem)))
        }
    }

    /// Starts a process where there is none, where the one there died while it was idle, or where it cannot recognise
    /// images and should.
    private func ensureChild(_ session: inout ReaderSession, recognises: Bool) throws {
        if let child = session.child {
            if child.isWaiting, session.recognises || !recognises { return }
            _ = discardChild(ChannelError.closed, &session)
        }
        let started = try ReaderChild(executable: executable)
        replaceChild(started)
        session = ReaderSession(limits: limits, child: started, recognises: recognises)
        let deadline = ContinuousClock.now + .seconds(ReaderSlot.startSecondsMax)
        do {
            try session.begin(deadline: deadline)
        } catch is ChannelError {
            _ = discardChild(ChannelError.closed, &session)
            throw ReadingError(
                .readerFailed,
                "The reader process does not start. Run 'mailroom doctor' to see what is missing on this machine.")
        }
    }

    /// Ends the process after `error`; says what happened, to follow "it".
    private func discardChild(_ error: any Error, _ session: inout ReaderSession) -> String {
        let signal = session.child?.end() ?? 0
        session = ReaderSession(limits: limits)
        replaceChild(nil)
        switch (error as? ChannelError, signal) {
        case (.late, _): return "took longer than \(limits.pageSecondsMax.formatted()) seconds"
        case (.malformed, _): return "brought the reader to answer nonsense"
        case (_, SIGSYS): return "tried to reach outside its reader, as only a manipulated file does, and was stopped"
        case (_, SIGXCPU): return "took more than \(limits.cpuSecondsMax) seconds of processor time"
        default: return "brought the reader down, or needed more memory than it may have"
        }
    }

    private func replaceChild(_ new: ReaderChild?) {
        child.withLock { $0 = new }
        if isStopping.load(ordering: .sequentiallyConsistent) { new?.kill() }
    }
}
