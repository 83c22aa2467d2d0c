import Foundation
import Reading

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
        try ProcessWall.raise()
        let result = attempt(arguments.dropFirst().first ?? "")
        print(result < 0 ? "refused: \(errno)" : "done")
    }
}
