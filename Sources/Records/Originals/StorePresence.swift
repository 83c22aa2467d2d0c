import Foundation
import Synchronization

/// The mark that a process uses a store's folder: a shared lock that the kernel drops when the process ends.
///
/// Whoever opens a folder that nobody else uses may remove what a crash left behind; nobody else may, because another
/// process could be writing it at that moment.
final class StorePresence: Sendable {
    private let lock: FileLock

    private init(lock: FileLock) {
        self.lock = lock
    }

    /// Enters the folder, one process at a time, and runs `opening` before the next may enter.
    static func begin<Value>(in folder: URL, opening: () throws -> Value) throws -> (Value, StorePresence) {
        let door = try FileLock(folder.appending(path: "opening.lock"))
        defer { door.release() }
        try door.acquire(.exclusive)
        let lock = try FileLock(folder.appending(path: "use.lock"))
        if try lock.tryExclusive() {
            try Originals(folder: folder).removeLeftovers()
        }
        try lock.acquire(.shared)
        return (try opening(), StorePresence(lock: lock))
    }

    func end() { lock.release() }

    deinit { lock.release() }
}

/// An advisory lock on a file, held by this handle until it is released or the process ends.
final class FileLock: Sendable {
    enum Kind { case shared, exclusive }

    private let file: URL
    /// The file's descriptor, which nobody else has; nil when released.
    private let descriptor: Mutex<Int32?>

    init(_ file: URL) throws {
        let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw RecordsError.system("opened", file) }
        self.file = file
        self.descriptor = Mutex(descriptor)
    }

    /// Waits until no other handle holds the lock in a way that excludes this one.
    func acquire(_ kind: Kind) throws {
        guard try apply(kind == .shared ? LOCK_SH : LOCK_EX) else { throw RecordsError.system("locked", file) }
    }

    /// Takes the lock alone; false when another handle holds it.
    func tryExclusive() throws -> Bool { try apply(LOCK_EX | LOCK_NB) }

    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    private func apply(_ operation: Int32) throws -> Bool {
        try descriptor.withLock { descriptor in
            guard let descriptor else { throw RecordsError(.wrongState, "The lock \(file.path) was released.") }
            while flock(descriptor, operation) != 0 {
                if errno == EWOULDBLOCK { return false }
                guard errno == EINTR else { throw RecordsError.system("locked", file) }
            }
            return true
        }
    }
}
