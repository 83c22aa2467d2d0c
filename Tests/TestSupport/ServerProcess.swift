package import Foundation
import Glibc

/// A program that a test starts, kills and starts again; what it says goes to a file.
package struct ServerProcess {
    private let process = Process()
    private let output: URL

    package init(_ executable: URL, _ arguments: [String], output: URL) throws {
        guard FileManager.default.isExecutableFile(atPath: executable.path) else {
            throw ExecutableMissing(
                description: "\(executable.path) is not there. `make test` sets up what tests need.")
        }
        self.output = output
        if !FileManager.default.fileExists(atPath: output.path) { try Data().write(to: output) }
        let handle = try FileHandle(forWritingTo: output)
        try handle.seekToEnd()
        process.executableURL = executable
        process.arguments = arguments
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
    }

    /// All that it, and those before it with the same file, said.
    package var text: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    package var isRunning: Bool { process.isRunning }

    /// Kills it as a power cut would.
    package func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        while process.isRunning { usleep(5000) }
    }
}
