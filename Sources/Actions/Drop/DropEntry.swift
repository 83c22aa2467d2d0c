import Foundation
import Settings

extension ActionsFile {
    /// An entry of `drops`.
    struct DropEntry: ConnectorEntry {
        struct SFTP: Codable, Sendable {
            var host: String
            var port: Double?
            var user: String
            var folder: String?
            var identityFile: String
            var knownHosts: String

            private enum CodingKeys: String, CodingKey {
                case host, port, user, folder
                case identityFile = "identity_file"
                case knownHosts = "known_hosts"
            }
        }

        var name: String
        var folder: String?
        var sftp: SFTP?
        var timeoutSeconds: Double?
        var retry: Retry?

        private enum CodingKeys: String, CodingKey {
            case name, folder, sftp
            case timeoutSeconds = "timeout_seconds"
            case retry
        }
    }
}

/// Checks one drop of the actions file.
enum DropReader {
    static func read(
        _ entry: ActionsFile.DropEntry, _ reader: EntryReader
    ) throws(SettingsError) -> ConnectorReading {
        let timeout = try reader.number(entry.timeoutSeconds, "timeout_seconds", 1...600, default: 60)
        let place: DropConnector.Place
        switch (entry.folder, entry.sftp) {
        case (let folder?, nil):
            guard folder.hasPrefix("/") else {
                throw reader.error(
                    "folder", "'folder' is '\(folder)'; it should be a whole path, such as /srv/outgoing.")
            }
            place = .folder(FolderDrop(name: entry.name, folder: URL(filePath: folder)))
        case (nil, let sftp?):
            place = .sftp(try server(sftp, entry.name, timeout, reader))
        default:
            throw reader.error("name", "The drop '\(entry.name)' needs either 'folder' or 'sftp'.")
        }
        return .active(
            DropConnector(
                place, retry: try reader.retry(entry.retry), timeoutSeconds: timeout, source: reader.source))
    }

    private static func server(
        _ sftp: ActionsFile.DropEntry.SFTP, _ name: String, _ timeout: Double, _ reader: EntryReader
    ) throws(SettingsError) -> SFTPDrop {
        // What begins with '-' would be an option of sftp, and a quote would end its place in a command.
        for (key, value) in [("host", sftp.host), ("user", sftp.user), ("folder", sftp.folder ?? "x")]
        where value.wholeMatch(of: /[A-Za-z0-9_.\/:][A-Za-z0-9_.\/:-]*/) == nil {
            throw reader.error(
                "sftp.\(key)", "'\(value)' cannot be used here: use letters, digits and the signs _ . / : and -.")
        }
        for (key, path) in [("identity_file", sftp.identityFile), ("known_hosts", sftp.knownHosts)] {
            guard path.hasPrefix("/"), !path.contains(where: { $0.isWhitespace || $0 == "\"" }) else {
                throw reader.error("sftp.\(key)", "'\(path)' should be the whole path of a file, without spaces.")
            }
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw reader.error("sftp.\(key)", "The file '\(path)' cannot be read.")
            }
        }
        return SFTPDrop(
            name: name, host: sftp.host, port: Int(try reader.number(sftp.port, "sftp.port", 1...65_535, default: 22)),
            user: sftp.user, folder: sftp.folder ?? "", identityFile: sftp.identityFile,
            knownHostsFile: sftp.knownHosts, timeoutSeconds: timeout)
    }
}
