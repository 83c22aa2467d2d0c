import Foundation
import Glibc
import TestSupport
import Testing

/// An OpenSSH server of its own on this machine, with keys, configuration and folder of its own.
final class SSHServer {
    let folder: TemporaryFolder
    let port: Int
    private var process: Process?

    var userKey: String { folder.url.appending(path: "user_key").path }
    var knownHosts: String { folder.url.appending(path: "known_hosts").path }
    /// Where dropped files come to lie.
    var incoming: URL { folder.url.appending(path: "incoming") }

    init() async throws {
        folder = try TemporaryFolder()
        port = LoopbackPort.free()
        try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
        for name in ["host_key", "other_host_key", "user_key", "other_user_key"] {
            let run = try await runProgram(
                URL(filePath: "/usr/bin/ssh-keygen"),
                ["-q", "-t", "ed25519", "-N", "", "-f", folder.url.appending(path: name).path])
            #expect(run.status == 0, "\(run.standardError)")
        }
        try trust("host_key")
        let key = try String(contentsOfFile: userKey + ".pub", encoding: .utf8)
        try Data(key.utf8).write(to: folder.url.appending(path: "authorized_keys"))
        try Data(
            """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder.url.path)/host_key
            PidFile none
            AuthorizedKeysFile \(folder.url.path)/authorized_keys
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin yes
            Subsystem sftp internal-sftp
            MaxStartups 100
            """.utf8
        ).write(to: folder.url.appending(path: "sshd_config"))
    }

    /// Has the client expect this key of the server.
    func trust(_ name: String) throws {
        let key = try String(contentsOf: folder.url.appending(path: "\(name).pub"), encoding: .utf8)
        try Data("[127.0.0.1]:\(port) \(key)".utf8).write(to: URL(filePath: knownHosts))
    }

    func start() async throws {
        // sshd wants its folder for separated privileges, which Debian's start-up makes.
        try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
        let process = Process()
        // sshd closes what it inherits, by which Foundation would take it for ended: a shell stands between.
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "/usr/sbin/sshd -D -q -f \"$0\"; exit", folder.url.appending(path: "sshd_config").path,
        ]
        try process.run()
        self.process = process
        for _ in 0..<2400 where !LoopbackPort.isListening(port) { try await Task.sleep(for: .milliseconds(25)) }
    }

    /// Kills the server and every connection that it has.
    func kill() throws {
        guard let process else { return }
        Self.killTree(process.processIdentifier)
        process.waitUntilExit()
        self.process = nil
    }

    /// Kills a process after all that it started.
    private static func killTree(_ process: Int32) {
        let children = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
        for child in (children ?? "").split(separator: " ").compactMap({ Int32($0) }) { killTree(child) }
        Glibc.kill(process, SIGKILL)
    }

    deinit { try? kill() }
}
