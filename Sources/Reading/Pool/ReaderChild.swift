import Foundation
import Synchronization

/// One reader process and the socket to it; used by one thread, ended by any.
final class ReaderChild: Sendable {
    let channel: FrameChannel
    private let socket: Int32
    /// The process, until it was waited for; guarded so that a signal never meets another process with its number.
    private let process: Mutex<pid_t?>

    /// Environment variables that the libraries in the process may need; no other reaches it, secrets least of all.
    private static let inheritedVariables = [
        "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "MAILROOM_HOME", "MAILROOM_ENGINE",
    ]

    /// One thread for Tesseract: OpenMP, which reads this when its library is loaded, would double the processor time for
    /// no gain.
    ///
    /// UTF-8, whatever the operator's language. No back-traces: they start another program, and show what was read.
    private static let setVariables = ["OMP_THREAD_LIMIT=1", "LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no"]

    /// Starts `executable reader`, its standard input and output on a socket, its standard error nowhere.
    init(executable: URL) throws(ReadingError) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw ReaderChild.cannotStart(executable, errno)
        }
        defer { Glibc.close(ends[1]) }
        do {
            process = Mutex(try ReaderChild.spawn(executable, socket: ends[1]))
        } catch {
            Glibc.close(ends[0])
            throw error
        }
        socket = ends[0]
        channel = FrameChannel(
            input: socket, output: socket, messageBytesMax: AnswerLimits.messageBytesMax,
            payloadBytesMax: AnswerLimits.imageBytesMax)
    }

    deinit {
        _ = end()
        Glibc.close(socket)
    }

    /// Kills the process without waiting for it; its user then finds the socket closed.
    func kill() {
        process.withLock { process in
            if let process { _ = Glibc.kill(process, SIGKILL) }
        }
    }

    /// Whether the socket is open and still: between an answer and the next request nothing may come.
    var isWaiting: Bool {
        var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) == 0
    }

    /// Kills the process if it still runs, waits for it and gives the signal that ended it, 0 when it was none.
    func end() -> Int32 {
        process.withLock { process in
            guard let number = process else { return 0 }
            process = nil
            var status: Int32 = 0
            if waitpid(number, &status, WNOHANG) == 0 {
                _ = Glibc.kill(number, SIGKILL)
                while waitpid(number, &status, 0) < 0, errno == EINTR {}
            }
            return status & 0x7F
        }
    }

    private static func spawn(_ executable: URL, socket: Int32) throws(ReadingError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, socket, 0)
        posix_spawn_file_actions_adddup2(&actions, socket, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let inherited = ProcessInfo.processInfo.environment.filter { inheritedVariables.contains($0.key) }
        let environment = inherited.map { "\($0.key)=\($0.value)" } + setVariables
        var number: pid_t = 0
        let failure = withCStrings([executable.path, "reader"]) { arguments in
            withCStrings(environment) { variables in
                posix_spawn(&number, executable.path, &actions, &attributes, arguments, variables)
            }
        }
        guard failure == 0 else { throw cannotStart(executable, failure) }
        return number
    }

    private static func cannotStart(_ executable: URL, _ code: Int32) -> ReadingError {
        ReadingError(
            .readerFailed,
            "The reader process cannot be started from \(executable.path): \(String(cString: strerror(code))).")
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
