import Foundation
import Reading
import Synchronization

/// Raises the wall of a reader process around itself, tries what the wall must stop, and prints what came of it.
///
/// A program of the tests: `wall-probe ATTEMPT [PATH]`.
@main
enum WallProbe {
    private static let attempts: [String: @Sendable (String) -> Int32] = [
        "read": { open($0, O_RDONLY) },
        "write": { open($0, O_WRONLY) },
        "create": { open($0, O_RDWR | O_CREAT, 0o600) },
        "list": { opendir($0) == nil ? -1 : 0 },
        "remove": { unlink($0) },
        "rename": { rename($0, $0 + ".moved") },
        "truncate": { truncate($0, 0) },
        "make-folder": { mkdir($0 + ".folder", 0o700) },
        "link": { symlink("/etc/passwd", $0 + ".link") },
        "socket": { _ in socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) },
        "local-socket": { _ in socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) },
        "execute": { path in
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), nil]
            return execv(path, &arguments)
        },
        "start-program": { path in
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(path), nil]
            errno = posix_spawn(nil, path, nil, nil, &arguments, nil)
            return errno == 0 ? 0 : -1
        },
        "read-in-early-thread": { _ in EarlyThread.outcome() },
        "signal-parent": { _ in kill(getppid(), 0) },
        "start-thread": { _ in
            var thread = pthread_t()
            errno = pthread_create(&thread, nil, { _ in nil }, nil)
            return errno == 0 ? pthread_join(thread, nil) : -1
        },
    ]

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first, let attempt = attempts[name] else { exit(2) }
        let path = arguments.dropFirst().first ?? ""
        ProcessWall.begin()
        if name == "read-in-early-thread" { Thread.detachNewThread { EarlyThread.run(path) } }
        try ProcessWall.raise()
        let result = attempt(path)
        print(result < 0 ? "refused: \(errno)" : "done")
    }
}

/// A thread that runs before the wall stands whole, as those of a recognition engine do, and reads a file after.
private enum EarlyThread {
    private static let mayGo = Atomic(false)
    private static let result = Atomic<Int32>(0)

    static func run(_ path: String) {
        while !mayGo.load(ordering: .acquiring) { usleep(1000) }
        result.store(open(path, O_RDONLY) < 0 ? -errno : 1, ordering: .releasing)
    }

    static func outcome() -> Int32 {
        mayGo.store(true, ordering: .releasing)
        while result.load(ordering: .acquiring) == 0 { usleep(1000) }
        errno = -result.load(ordering: .acquiring)
        return errno > 0 ? -1 : 0
    }
}
