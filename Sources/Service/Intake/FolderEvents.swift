import Foundation
import Glibc

/// What inotify(7) tells of one folder: that something in it changed, and which names appeared.
///
/// The kernel queues what happens; `drain` takes what is queued and never waits. When the queue overflowed, or the
/// folder cannot be watched at all (a network share), the sweep finds what was not told.
final class FolderEvents {
    private let descriptor: Int32
    private let path: String
    private var watched: (descriptor: Int32, device: UInt64, inode: UInt64)?

    struct Drained {
        var changed = false
        /// Names that were created or moved in since the last call.
        var appeared: Set<String> = []
    }

    init(path: String) {
        self.path = path
        descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Watches the folder that has the path now; another folder may have taken its place, or be mounted over it.
    func rearm() {
        guard descriptor >= 0, let look = try? FileLook(path: path) else { return }
        if let watched, watched.device == look.device, watched.inode == look.inode { return }
        if let watched { inotify_rm_watch(descriptor, watched.descriptor) }
        let mask = IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_DELETE
        let watch = inotify_add_watch(descriptor, path, UInt32(mask))
        watched = watch < 0 ? nil : (watch, look.device, look.inode)
    }

    func drain() -> Drained {
        var drained = Drained()
        guard descriptor >= 0 else { return drained }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return drained }
            drained.changed = true
            buffer.withUnsafeBytes { collect(UnsafeRawBufferPointer(rebasing: $0[..<count]), into: &drained) }
        }
    }

    /// Walks the records of one read: a fixed head (`struct inotify_event`), then `len` bytes of name padded with zeros.
    private func collect(_ bytes: UnsafeRawBufferPointer, into drained: inout Drained) {
        let headSize = MemoryLayout<inotify_event>.size
        var offset = 0
        while offset + headSize <= bytes.count {
            let head = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
            let end = min(bytes.count, offset + headSize + Int(head.len))
            let name = bytes[(offset + headSize)..<end].prefix { $0 != 0 }
            if head.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0, !name.isEmpty {
                drained.appeared.insert(String(decoding: name, as: UTF8.self))
            }
            if head.mask & UInt32(IN_IGNORED) != 0, head.wd == watched?.descriptor { watched = nil }
            offset = end
        }
    }
}
