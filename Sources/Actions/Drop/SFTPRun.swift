import Foundation
import Glibc
import Synchronization

/// One run of OpenSSH's `sftp` to its end.
struct SFTPRun {
    private static let program = "/usr/bin/sftp"
    /// How much of what ssh says a sentence repeats.
    private static let wordsMax = 300

    let isWell: Bool
    private let words: String

    /// Runs the commands of `script`; a run that goes on after `end` is ended.
    init(arguments: [String], script: String, until end: Date) throws(DropProblem) {
        let (input, errors) = (try ScratchFile(Data(script.utf8)), try ScratchFile())
        let process = Process()
        process.executableURL = URL(filePath: SFTPRun.program)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C"]
        process.standardInput = input.handle
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors.handle
        let isDone = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in isDone.signal() }
        do { try process.run() } catch {
            throw DropProblem(
                sentence: "\(SFTPRun.program) cannot be started: install Debian's package openssh-client.")
        }
        if isDone.wait(timeout: .now() + max(0, end.timeIntervalSinceNow)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            isDone.wait()
            throw DropProblem(sentence: "The SFTP server did not answer in time.")
        }
        isWell = process.terminationReason == .exit && process.terminationStatus == 0
        words = NormalizedWords.of(try errors.content(), max: SFTPRun.wordsMax)
    }

    /// What a run that failed means for the delivery.
    var outcome: SendOutcome {
        if words.contains("Host key verification failed") || words.contains("host key is known for") {
            return .refused(
                status: nil,
                problem: """
                    The SFTP server's host key is not the one in known_hosts: nothing was sent. Ask its operator for the \
                    right key before you change the file.
                    """)
        }
        return .failed(status: nil, problem: "The SFTP server did not take the file: \(words)")
    }
}

/// What a program said, on one line.
private enum NormalizedWords {
    static func of(_ bytes: Data, max: Int) -> String {
        let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? "sftp said nothing." : String(words.suffix(max))
    }
}

/// A file without a name, gone with this value: patients' data does not outlive a crash in it.
struct ScratchFile {
    let handle: FileHandle

    init(_ bytes: Data = Data()) throws(DropProblem) {
        // mkstemp(3) puts its own letters in place of the six X.
        var template = Array((NSTemporaryDirectory() + "/mailroom-XXXXXX").utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw DropProblem.system("made", "A temporary file")
        }
        unlink(template)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: bytes)
            try handle.seek(toOffset: 0)
        } catch {
            throw DropProblem.system("written", "A temporary file")
        }
    }

    /// Where another program finds it while this one runs.
    var path: String { "/proc/\(getpid())/fd/\(handle.fileDescriptor)" }

    func content() throws(DropProblem) -> Data {
        do {
            try handle.seek(toOffset: 0)
            return try handle.readToEnd() ?? Data()
        } catch {
            throw DropProblem.system("read", "A temporary file")
        }
    }
}
