import CDispatch  // `stat` may come from here: it depends on which C module is loaded first.
import Foundation
import Glibc

/// What the file system says of a name, without opening it and without following a link.
struct FileLook: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case file, folder, symbolicLink, pipe, socket, device
    }

    let kind: Kind
    let size: Int64
    /// Nanoseconds since 1970 of the last change of content.
    let modified: Int64
    let device: UInt64
    let inode: UInt64

    /// Looks at `path`; nil when nothing has that name.
    init?(path: String) throws(ServiceError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw ServiceError.system("look at", path)
        }
        self.init(status)
    }

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            default: .device
            }
        size = Int64(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}

extension FileLook.Kind {
    /// Why something of this kind is not mail, as a sentence; nil for a file.
    var refusal: String? {
        switch self {
        case .file: nil
        case .folder:
            "This is a folder. Only files put directly into the watched folder are read; move its files there."
        case .symbolicLink:
            "This is a symbolic link. Links are not followed; put the file itself into the watched folder."
        case .pipe: "This is a named pipe, not a file. It was not opened."
        case .socket: "This is a socket, not a file. It was not opened."
        case .device: "This is a device, not a file. It was not opened."
        }
    }
}

extension ServiceError {
    /// The error of the system call that just failed: what was tried, on which path, and what the system said.
    static func system(_ verb: String, _ path: String, errno code: Int32 = errno) -> ServiceError {
        let advice =
            switch code {
            case ENOSPC, EDQUOT: "Make room on the disk; it is tried again by itself."
            case EACCES, EPERM: "Give the service's user the right to do so; it is tried again by itself."
            case EROFS: "The file system is mounted read-only; mount it writable."
            default: "It is tried again by itself."
            }
        return ServiceError(
            .fileSystem, "Mailroom could not \(verb) \(path): \(String(cString: strerror(code))). \(advice)")
    }
}
