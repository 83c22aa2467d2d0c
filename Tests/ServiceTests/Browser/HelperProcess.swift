import Foundation
import Glibc
import TestSupport

/// A program that a test talks to, chromedriver say, as a process of its own.
///
/// `@unchecked Sendable`: Foundation's `Process` is not declared `Sendable`; it is set up and started in `init` alone, and
/// later only its number and whether it runs are read.
final class HelperProcess: @unchecked Sendable {
    private let process = Process()
    private let folder: TemporaryFolder
    private let name: String

    private var output: URL { folder.url.appending(path: "output") }

    /// Starts it; `source` is what brings the program where it is missing.
    init(_ program: URL, _ arguments: [String], called name: String, from source: String) throws {
        self.name = name
        folder = try TemporaryFolder()
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw Browser.Failure(
                description: "\(program.path) is not there. `make test` installs \(source), which this test needs.")
        }
        try Data().write(to: output)
        process.executableURL = program
        process.arguments = arguments
        let log = try FileHandle(forWritingTo: output)
        process.standardOutput = log
        process.standardError = log
        try process.run()
    }

    /// What `find` finds in what the program has said so far, as soon as it finds something.
    func said<Value>(_ find: (String) -> Value?) async throws -> Value {
        try await eventually("\(name) to start") {
            let text = try String(contentsOf: output, encoding: .utf8)
            if let found = find(text) { return found }
            guard process.isRunning else { throw Browser.Failure(description: "\(name) ended: \(text)") }
            return nil
        }
    }

    /// Kills it: a child inherits the signals that the test's threads hold back, so that it might not hear a request.
    func end() { kill(process.processIdentifier, SIGKILL) }
}
