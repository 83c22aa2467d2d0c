import Foundation
import Glibc
import TestSupport

/// Canaille, an OpenID provider, as a process of its own.
///
/// `@unchecked Sendable`: Foundation's `Process` is not declared `Sendable`; it is set up and started in `init` alone, and
/// later only its number is read.
final class ProviderProcess: @unchecked Sendable {
    private let process = Process()
    private let folder: TemporaryFolder

    private var output: URL { folder.url.appending(path: "output") }

    /// Starts it at `port`, for a Mailroom at `mailroom`.
    init(port: Int, mailroom: String, secret: String) throws {
        folder = try TemporaryFolder()
        let python = packageFolder.appending(path: ".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Browser.Failure(
                description: "\(python.path) is not there. `make test` makes it, with Canaille in it.")
        }
        try Data().write(to: output)
        process.executableURL = python
        process.arguments = [
            packageFolder.appending(path: "Tests/ServiceTests/OpenID/openid_provider.py").path, "\(port)", mailroom,
            secret,
        ]
        let log = try FileHandle(forWritingTo: output)
        process.standardOutput = log
        process.standardError = log
        try process.run()
    }

    func ready() async throws {
        try await eventually("Canaille to start") {
            let text = try String(contentsOf: output, encoding: .utf8)
            guard process.isRunning else { throw Browser.Failure(description: "Canaille ended: \(text)") }
            return text.contains("ready") ? true : nil
        }
    }

    /// Kills it: a child inherits the signals that the test's threads hold back, so that it might not hear a request.
    func end() { kill(process.processIdentifier, SIGKILL) }
}
