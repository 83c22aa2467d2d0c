package import Foundation
import Glibc

/// The folder of the package that the tests were built from.
package let packageFolder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A folder of its own for one test.
///
/// All of them are removed when the test process ends: an optimised build may let go of this value before the test's last
/// use of the path.
package struct TemporaryFolder: Sendable {
    package let url: URL

    private static let root: URL = {
        atexit { try? FileManager.default.removeItem(at: TemporaryFolder.root) }
        return FileManager.default.temporaryDirectory
            .appending(path: "mailroom-tests-\(ProcessInfo.processInfo.processIdentifier)")
    }()

    package init() throws {
        url = Self.root.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
}

/// What a program that ran to its end left behind.
package struct ProgramRun: Sendable {
    package var status: Int32
    package var standardOutput: String
    package var standardError: String
}

/// Runs a program to its end; output goes through files, so that no pipe can fill up.
package func runProgram(
    _ executable: URL, _ arguments: [String], environment: [String: String] = [:], standardInput: Data? = nil
) async throws -> ProgramRun {
    guard FileManager.default.isExecutableFile(atPath: executable.path) else {
        throw ExecutableMissing(description: "\(executable.path) is not there. `make test` sets up what tests need.")
    }
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = packageFolder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let outputs = ["out", "err"].map { folder.url.appending(path: $0) }
    let input = folder.url.appending(path: "in")
    for url in outputs { try Data().write(to: url) }
    try (standardInput ?? Data()).write(to: input)
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: outputs[0])
    process.standardError = try FileHandle(forWritingTo: outputs[1])
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in continuation.resume() }
        do {
            try process.run()
        } catch {
            process.terminationHandler = nil
            continuation.resume(throwing: error)
        }
    }
    return ProgramRun(
        status: process.terminationStatus, standardOutput: try String(contentsOf: outputs[0], encoding: .utf8),
        standardError: try String(contentsOf: outputs[1], encoding: .utf8))
}

/// Runs the built `mailroom` program to its end in the package's folder.
package func runMailroom(_ arguments: [String], environment: [String: String] = [:]) async throws -> ProgramRun {
    try await runProgram(mailroomExecutable(), arguments, environment: environment)
}
