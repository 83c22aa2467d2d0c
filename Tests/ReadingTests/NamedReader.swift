import Foundation
import TestSupport

/// The program under a path of its own, so that its processes can be told from those of other tests.
final class NamedReader: Sendable {
    let executable: URL
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        executable = folder.url.appending(path: "mailroom")
        try FileManager.default.createSymbolicLink(at: executable, withDestinationURL: try mailroomExecutable())
    }

    /// The numbers of the processes that run under the path.
    var processes: [pid_t] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return numbers.compactMap { pid_t($0) }.filter { number in
            let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
            return line.range(of: Data(executable.path.utf8)) != nil
        }
    }

    /// Waits until the one process has slept for a while: a page costs it nothing but processor time.
    func becomesIdle() async throws {
        var sleeps = 0
        while sleeps < 5 {
            let states = processes.map { number in
                let line = FileManager.default.contents(atPath: "/proc/\(number)/stat") ?? Data()
                return String(decoding: line, as: UTF8.self).split(separator: ") ").last?.first
            }
            sleeps = states == ["S"] ? sleeps + 1 : 0
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func signal(_ signal: Int32) { processes.forEach { kill($0, signal) } }
}
