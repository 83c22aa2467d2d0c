import Foundation
import Glibc
import TestSupport

/// `mailroom serve` as a process of its own.
struct ServeProcess {
    private let process: Process

    /// Starts the built program in the package's folder; what it says on standard error is appended to `log`, and
    /// on standard output to `output`.
    init(_ arguments: [String], environment: [String: String], log: URL, output: URL? = nil) throws {
        process = Process()
        process.executableURL = try mailroomExecutable()
        process.arguments = ["serve"] + arguments
        process.currentDirectoryURL = packageFolder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardError = try ServeProcess.end(of: log)
        process.standardOutput = try output.map(ServeProcess.end) ?? FileHandle.nullDevice
        try process.run()
    }

    /// Serves the store of a fixture, with the shipped configuration and an inbox and a log of its own there.
    init(on fixture: WebFixture) throws {
        let folder = fixture.folder.url
        let inbox = folder.appending(path: "inbox")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        try self.init(
            ["--store", folder.path, "--inbox", inbox.path, "--port", "0"], environment: [:],
            log: folder.appending(path: "log"))
    }

    /// The end of a file, which is made when it is not there.
    private static func end(of file: URL) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        return handle
    }

    var isRunning: Bool { process.isRunning }

    /// Kills it as a power cut would.
    func killAtOnce() async throws {
        killNow()
        try await ended()
    }

    /// The same without waiting for its end.
    func killNow() { kill(process.processIdentifier, SIGKILL) }

    /// Asks it to stop and gives its exit status.
    func stop() async throws -> Int32 {
        process.terminate()
        try await ended()
        return process.terminationStatus
    }

    private func ended() async throws {
        _ = try await eventually("the service to end") { process.isRunning ? nil : true }
    }
}
