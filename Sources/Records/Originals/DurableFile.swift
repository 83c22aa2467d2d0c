import Crypto
import Documents
package import Foundation

/// File calls after which a power cut takes nothing back.
package enum DurableFile {
    private static let chunkBytes = 1 << 20

    /// Makes a folder and its parents, for this user only: patients' papers lie in it.
    static func makeFolder(_ folder: URL) throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: folder.path) else { return }
        let parent = folder.deletingLastPathComponent()
        try makeFolder(parent)
        do {
            try files.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw RecordsError(.fileSystem, "The folder \(folder.path) cannot be made.", underlying: error)
        }
        try synchronize(parent)
    }

    /// Writes `bytes` so that `target` has all of them or does not change.
    ///
    /// It is written in the folder `scratch` on the same volume; what a crash leaves there is worth nothing.
    package static func save(_ bytes: Data, to target: URL, scratch: URL) throws {
        try replace(target, scratch) { file in
            try bytes.withUnsafeBytes { try append($0, to: file, target) }
        }
    }

    /// Copies `source` so that `target` is whole or does not change.
    ///
    /// `check` gets the SHA-256 of what was copied before it takes its place, and throws when it is not the right one.
    static func copy(_ source: URL, to target: URL, scratch: URL, check: (String) throws -> Void) throws {
        try replace(target, scratch) { file in
            try check(try scan(source) { try append($0, to: file, target) })
        }
    }

    /// The SHA-256 of a file's bytes, 64 lower-case hexadecimal digits.
    static func digest(of file: URL) throws -> String {
        try scan(file) { _ in }
    }

    /// Moves a file within one volume, durably.
    ///
    /// False when it cannot be moved so that only `target` names it: it lies on another volume, or has another name.
    static func move(_ source: URL, to target: URL) throws -> Bool {
        let file = try openForReading(source)
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, fsync(file) == 0 else {
            throw RecordsError.system("written to its disk", source)
        }
        guard status.st_nlink == 1 else { return false }
        try makeFolder(target.deletingLastPathComponent())
        guard rename(source.path, target.path) == 0 else {
            if errno == EXDEV { return false }
            throw RecordsError.system("moved into custody", source)
        }
        try synchronize(target.deletingLastPathComponent())
        return true
    }

    /// Removes a file, durably; it may be gone already.
    static func remove(_ file: URL) throws {
        guard unlink(file.path) == 0 || errno == ENOENT else { throw RecordsError.system("removed", file) }
        try synchronize(file.deletingLastPathComponent())
    }

    /// Brings a folder's list of names to the disk.
    static func synchronize(_ folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw RecordsError.system("opened", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw RecordsError.system("written to its disk", folder) }
    }

    /// Lets `fill` write a new file in `scratch` and puts it in its place when all of it is on the disk.
    private static func replace(_ target: URL, _ scratch: URL, fill: (Int32) throws -> Void) throws {
        try makeFolder(scratch)
        try makeFolder(target.deletingLastPathComponent())
        let name = "\(target.lastPathComponent).\(UInt64.random(in: 0 ... .max)).tmp"
        let unfinished = scratch.appending(path: name)
        let file = open(unfinished.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw RecordsError.system("made", unfinished) }
        do {
            defer { close(file) }
            try fill(file)
            guard fsync(file) == 0 else { throw RecordsError.system("written to its disk", unfinished) }
            guard rename(unfinished.path, target.path) == 0 else { throw RecordsError.system("put in place", target) }
        } catch {
            unlink(unfinished.path)
            throw error
        }
        try synchronize(target.deletingLastPathComponent())
    }

    /// Opens a regular file: not a link that may point elsewhere, nor a pipe that may never end.
    private static func openForReading(_ source: URL) throws -> Int32 {
        let file = open(source.path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw RecordsError.system("read", source) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            throw RecordsError(.fileSystem, "\(source.path) cannot be read: it is not a regular file.")
        }
        return file
    }

    /// Reads a file chunk by chunk and gives the SHA-256 of all of it.
    private static func scan(_ source: URL, each: (UnsafeRawBufferPointer) throws -> Void) throws -> String {
        let file = try openForReading(source)
        defer { close(file) }
        var hash = SHA256()
        try withUnsafeTemporaryAllocation(byteCount: chunkBytes, alignment: 16) { chunk in
            while true {
                let count = read(file, chunk.baseAddress, chunk.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw RecordsError.system("read", source) }
                if count == 0 { return }
                let bytes = UnsafeRawBufferPointer(rebasing: chunk[..<count])
                hash.update(bufferPointer: bytes)
                try each(bytes)
            }
        }
        return hash.finalize().hexadecimal
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, to file: Int32, _ target: URL) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw RecordsError.system("written", target) }
            rest = rest.dropFirst(count)
        }
    }
}

extension RecordsError {
    /// What the operating system said in `errno` about a file call that failed; `done` is what could not be done.
    static func system(_ done: String, _ file: URL) -> RecordsError {
        RecordsError(.fileSystem, "\(file.path) cannot be \(done): \(String(cString: strerror(errno))).")
    }
}
