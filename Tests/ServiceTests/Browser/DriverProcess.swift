import Foundation
import Glibc
import TestSupport

/// chromedriver as a process of its own, on a port that the system chose.
///
/// `@unchecked Sendable`: Foundation's `Process` is not declared `Sendable`; it is set up and started in `init` alone, and
/// later only its number is read.
final class DriverProcess: @unchecked Sendable {
    private let process = Process()
    private let folder: TemporaryFolder

    private var output: URL { folder.url.appending(path: "output") }

    init() throws {
        folder = try TemporaryFolder()
        let program = URL(filePath: "/usr/bin/chromedriver")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw Browser.Failure(
                description:
                    "\(program.path) is not there. `make test` installs chromium-driver, which this test needs.")
        }
        try Data().write(to: output)
        process.executableURL = program
        process.arguments = ["--port=0"]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// The port that it says it listens on.
    func port() async throws -> Int {
        try await eventually("chromedriver to start") {
            let text = try String(contentsOf: output, encoding: .utf8)
            return text.firstMatch(of: /started successfully on port (\d+)/).flatMap { Int($0.output.1) }
        }
    }

    /// Kills it: a child inherits the signals that the test's threads hold back, so that it might not hear a request.
    func end() { kill(process.processIdentifier, SIGKILL) }
}
