import Foundation
import Glibc

/// A folder that only one process may use: the lock ends with the process, however it ends.
final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Locks `folder` by a file `lock` in it; `owner` says in the error what already runs there.
    init(_ folder: URL, purpose: String) throws(ServiceError) {
        let path = folder.appending(path: "lock").path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw ServiceError.system("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw ServiceError(
                .alreadyRunning,
                "Another mailroom already \(purpose) \(folder.path). Stop it first, or name another folder.")
        }
    }

    deinit { close(descriptor) }
}
