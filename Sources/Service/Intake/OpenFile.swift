import CDispatch  // `stat` may come from here: it depends on which C module is loaded first.
import Foundation
import Glibc

/// A regular file opened for reading; closed when it goes.
///
/// Opening never blocks and never follows a link, whatever has taken the file's name since it was looked at.
struct OpenFile: ~Copyable {
    let descriptor: Int32
    let path: String

    init(reading path: String) throws(ServiceError) {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw ServiceError.system("open", path) }
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    func look() throws(ServiceError) -> FileLook {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw ServiceError.system("look at", path) }
        return FileLook(status)
    }

    /// Whether a process of this machine holds the file open for writing, as far as the file system can tell.
    ///
    /// A read lease is refused with `EAGAIN` while there is a writer (fcntl(2), "Leases"). File systems without leases
    /// (most network shares), and files of other users, answer with other errors: then nothing is known, and false.
    /// Should a writer come in the instant that the lease is held, the kernel signals this process; `SIGURG` is chosen
    /// because it is ignored by default, where the usual `SIGIO` would end the process.
    func isBeingWritten() -> Bool {
        guard fcntl(descriptor, FileControl.setSignal, SIGURG) == 0 else { return false }
        guard fcntl(descriptor, FileControl.setLease, Int32(F_RDLCK)) != 0 else {
            _ = fcntl(descriptor, FileControl.setLease, Int32(F_UNLCK))
            return false
        }
        return errno == EAGAIN
    }

    /// Up to `count` bytes from where the last call stopped; empty at the end.
    func read(upTo count: Int) throws(ServiceError) -> Data {
        var data = Data(count: count)
        let received = data.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, count) }
        guard received >= 0 else { throw ServiceError.system("read", path) }
        return data.prefix(received)
    }

    func readAll() throws(ServiceError) -> Data {
        var all = Data()
        while true {
            let part = try read(upTo: 1 << 20)
            if part.isEmpty { return all }
            all.append(part)
        }
    }
}

/// Linux's own file control commands (fcntl(2)), which Glibc declares only as macros that Swift does not import.
private enum FileControl {
    static let setSignal: Int32 = 10
    static let setLease: Int32 = 1024
}
