import Dispatch
import Foundation
import Glibc
import Synchronization

/// Threads of low priority for work that nobody waits for.
///
/// What runs on them leaves the threads that all other tasks share, and in case of need the processors, to people at
/// their desks and machines that call.
final class QuietThreads: TaskExecutor {
    /// Those of the process: one a processor core.
    static let shared = QuietThreads(count: ProcessInfo.processInfo.activeProcessorCount)

    /// How far behind others the threads stand; 0 is like others, 19 the furthest (`man 2 setpriority`).
    private static let niceness: Int32 = 10

    private let jobs = Mutex<[UnownedJob]>([])
    private let waiting = DispatchSemaphore(value: 0)

    private init(count: Int) {
        for number in 1...max(1, count) {
            let thread = Thread { [self] in
                // On Linux this concerns the calling thread alone.
                setpriority(.init(PRIO_PROCESS.rawValue), 0, QuietThreads.niceness)
                while true { runNext() }
            }
            thread.name = "quiet \(number)"
            thread.start()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        waiting.signal()
    }

    private func runNext() {
        waiting.wait()
        jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
    }
}
