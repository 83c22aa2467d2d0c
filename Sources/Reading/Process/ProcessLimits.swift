import CSeccomp
import Foundation

/// The operating system's limits on a reader process.
///
/// Each is a last resort: the page that meets one is given up.
enum ProcessLimits {
    /// Descriptors besides the standard three: enough for a font that is read while a page is drawn.
    private static let descriptorsMax: rlim_t = 24

    /// Limits memory, files and cores for the rest of the process's life; called when its libraries are loaded.
    static func apply(_ limits: ReaderLimits) {
        // A write beyond the file size limit then fails instead of killing the process.
        signal(SIGXFSZ, SIG_IGN)
        set(RLIMIT_AS, rlim_t(addressSpaceBytes + limits.memoryBytesMax))
        set(RLIMIT_FSIZE, 0)
        set(RLIMIT_CORE, 0)
        set(RLIMIT_NOFILE, descriptorsMax)
    }

    /// Bytes of address space in use: a file has the same room whichever engines are loaded.
    private static var addressSpaceBytes: Int {
        let sizes = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return (sizes.split(separator: " ").first.flatMap { Int($0) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// Allows `seconds` of processor time from now; beyond it SIGXCPU ends the process.
    static func rearmProcessorTime(seconds: Int) {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        let used = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + 1
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
        limit.rlim_cur = min(rlim_t(used + seconds), limit.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
    }

    /// Closes what the service had open when it started this process; called before this process opens anything.
    static func closeInheritedDescriptors() {
        let first = STDERR_FILENO + 1
        if reader_close_from(UInt32(first)) == 0 { return }
        for descriptor in first..<getdtablesize() { close(descriptor) }
    }

    /// Keeps memory that a page gave back for the next page: asking the system anew costs as much as drawing some pages.
    ///
    /// Within a page much more is kept: what goes through a page twice, first for its text, needs the same again.
    static func keepMemory() { reader_keep_memory(16 << 20, 1 << 30) }

    /// Gives back what only an uncommon page needed, once it is read.
    static func giveMemoryBack() { reader_give_memory_back(64 << 20) }

    /// Ends the process when the other side of standard input is gone, even in the middle of a page.
    static func endWithStandardInput() {
        let thread = Thread {
            var entry = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
            while poll(&entry, 1, -1) <= 0 {}
            _exit(0)
        }
        thread.stackSize = 1 << 18
        thread.start()
    }

    private static func set(_ resource: __rlimit_resource, _ value: rlim_t) {
        var limit = rlimit(rlim_cur: value, rlim_max: value)
        setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
    }
}
