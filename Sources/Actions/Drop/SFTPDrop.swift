import Foundation

/// Puts each message as a file on an SFTP server through OpenSSH's `sftp`, whole or not at all.
///
/// The file is sent under another name and renamed by a call that replaces nothing, so that the receiver never sees half a
/// file and one of the same name is never lost. The server must have the host key that `known_hosts` gives.
package struct SFTPDrop: Sendable, Hashable {
    package var name: String
    package var host: String
    package var port: Int
    package var user: String
    /// The folder on the server; a relative one starts where the user does.
    package var folder: String
    /// The file of the private key.
    package var identityFile: String
    /// The file of the servers' host keys, in the form of ssh's `known_hosts`.
    package var knownHostsFile: String
    /// The longest that one delivery may take.
    package var timeoutSeconds: Double

    package init(
        name: String, host: String, port: Int, user: String, folder: String, identityFile: String,
        knownHostsFile: String, timeoutSeconds: Double
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.user = user
        self.folder = folder
        self.identityFile = identityFile
        self.knownHostsFile = knownHostsFile
        self.timeoutSeconds = timeoutSeconds
    }

    /// Drops a file and says how it went; blocks for as long as it takes.
    func drop(_ bytes: Data, as name: String) -> SendOutcome {
        do throws(DropProblem) {
            let end = Date().addingTimeInterval(timeoutSeconds)
            let (present, content) = (try ScratchFile(), try ScratchFile(bytes))
            // What is not there cannot be got: that alone is no failure, and nothing is got.
            let look = try run("-get \(quoted(path(name))) \(present.path)\n", until: end)
            guard look.isWell else { return look.outcome }
            let found = try present.content()
            if found == bytes { return .delivered(status: nil, receipt: "\(name) was there already.") }
            guard found.isEmpty else { return .refused(status: nil, problem: DropProblem.otherBytes(name)) }
            let unfinished = quoted(path(DropName.unfinished(name)))
            let put = try run(
                "put -f \(content.path) \(unfinished)\nrename -l \(unfinished) \(quoted(path(name)))\n", until: end)
            return put.isWell ? .delivered(status: nil, receipt: name) : put.outcome
        } catch {
            return .failed(status: nil, problem: error.sentence)
        }
    }

    private func path(_ name: String) -> String { folder.isEmpty ? name : "\(folder)/\(name)" }

    private func quoted(_ path: String) -> String { "\"\(path)\"" }

    private func run(_ script: String, until end: Date) throws(DropProblem) -> SFTPRun {
        try SFTPRun(
            arguments: [
                "-b", "-", "-F", "/dev/null", "-o", "LogLevel=ERROR", "-P", String(port), "-i", identityFile, "-o",
                "BatchMode=yes", "-o",
                "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=\(knownHostsFile)", "-o",
                "GlobalKnownHostsFile=/dev/null", "-o", "UpdateHostKeys=no", "-o", "IdentitiesOnly=yes", "-o",
                "IdentityAgent=none", "-o", "PreferredAuthentications=publickey", "-o", "ConnectTimeout=10", "-o",
                "ServerAliveInterval=5", "-o", "ServerAliveCountMax=2", "\(user)@\(host)",
            ], script: script, until: end)
    }
}
