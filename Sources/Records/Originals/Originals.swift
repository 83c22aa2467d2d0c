import Crypto
import Documents
package import Foundation

/// The files in custody, each under the SHA-256 of its bytes, and the images of their pages.
///
/// Whatever a transaction names is put here first, so that a crash between the two leaves bytes without a record, never
/// a record without bytes.
package struct Originals: Sendable {
    private let originalsFolder: URL
    private let pagesFolder: URL

    /// Keeps its files in `originals` and `pages` under the store's folder.
    package init(folder: URL) {
        originalsFolder = folder.appending(path: "originals", directoryHint: .isDirectory)
        pagesFolder = folder.appending(path: "pages", directoryHint: .isDirectory)
    }

    /// The SHA-256 of bytes as the store writes it: 64 lower-case hexadecimal digits.
    package static func sha256(of bytes: Data) -> String { SHA256.hash(data: bytes).hexadecimal }

    /// The SHA-256 of a regular file's bytes, read in pieces.
    package static func sha256(ofFile file: URL) async throws -> String {
        try await BlockingWork.run { try DurableFile.digest(of: file) }
    }

    /// Where the bytes with this SHA-256 lie, or would lie.
    package func custody(of sha256: String) -> URL {
        originalsFolder.appending(path: String(sha256.prefix(2)), directoryHint: .isDirectory)
            .appending(path: sha256, directoryHint: .notDirectory)
    }

    /// Whether bytes are in custody under this SHA-256.
    package func contains(_ sha256: String) -> Bool {
        FileManager.default.fileExists(atPath: custody(of: sha256).path)
    }

    /// The bytes in custody.
    ///
    /// Throws `notFound` when there are none, `custodyMismatch` when they are not what they were.
    package func bytes(of sha256: String) async throws -> Data {
        let file = custody(of: sha256)
        return try await BlockingWork.run {
            guard FileManager.default.fileExists(atPath: file.path) else {
                throw RecordsError(.notFound, "No file with SHA-256 \(sha256) is in custody.")
            }
            do {
                let bytes = try Data(contentsOf: file)
                try Self.check(Self.sha256(of: bytes), is: sha256, file)
                return bytes
            } catch let error as CocoaError {
                throw RecordsError(.fileSystem, "\(file.path) cannot be read.", underlying: error)
            }
        }
    }

    /// Takes bytes into custody and gives their SHA-256.
    @discardableResult
    package func put(_ bytes: Data) async throws -> String {
        let sha256 = Self.sha256(of: bytes)
        let target = custody(of: sha256)
        try await BlockingWork.run {
            guard try !hasGoodBytes(target, sha256) else { return }
            try DurableFile.save(bytes, to: target, scratch: scratch(in: originalsFolder))
        }
        return sha256
    }

    /// Takes a file into custody after checking that its bytes have `sha256`.
    ///
    /// The file is renamed, or copied and removed when it is on another volume. With `leavingSource` it is copied and
    /// stays: the caller removes it once the transaction that names it is kept, a crash before that loses nothing, and
    /// whoever still writes to the source does not reach the copy. Throws `custodyMismatch` when the bytes are others;
    /// the source then stays as it is.
    package func put(contentsOf source: URL, sha256: String, leavingSource: Bool = false) async throws {
        let target = custody(of: sha256)
        try await BlockingWork.run {
            if try hasGoodBytes(target, sha256) {
                try Self.check(DurableFile.digest(of: source), is: sha256, source)
            } else {
                if !leavingSource {
                    try Self.check(DurableFile.digest(of: source), is: sha256, source)
                    if try DurableFile.move(source, to: target) { return }
                }
                try DurableFile.copy(source, to: target, scratch: scratch(in: originalsFolder)) {
                    try Self.check($0, is: sha256, source)
                }
            }
            if !leavingSource { try DurableFile.remove(source) }
        }
    }

    /// Where the image of a page (from 1) lies, or would lie; with `turn`, as it was read turned by so many degrees.
    package func pageImage(of sha256: String, page: Int, turn: Int? = nil, mediaType: String) -> URL {
        pagesFolder.appending(path: sha256, directoryHint: .isDirectory)
            .appending(
                path: "\(page)\(turn.map { "-\($0)" } ?? "").\(mediaType == "image/jpeg" ? "jpg" : "png")",
                directoryHint: .notDirectory)
    }

    /// Keeps the image of a page, in place of an earlier one.
    package func putPageImage(
        _ image: Data, of sha256: String, page: Int, turn: Int? = nil, mediaType: String
    ) async throws {
        let target = pageImage(of: sha256, page: page, turn: turn, mediaType: mediaType)
        try await BlockingWork.run {
            try DurableFile.save(image, to: target, scratch: scratch(in: pagesFolder))
        }
    }

    /// Removes the unfinished files that a crash left; only for a process that has the folder to itself.
    func removeLeftovers() throws {
        let files = FileManager.default
        for scratch in [originalsFolder, pagesFolder].map(scratch(in:)) where files.fileExists(atPath: scratch.path) {
            for name in try files.contentsOfDirectory(atPath: scratch.path) {
                try DurableFile.remove(scratch.appending(path: name))
            }
        }
    }

    /// Where files are written before they are put in their place: on the same volume, and quickly looked through.
    private func scratch(in folder: URL) -> URL {
        folder.appending(path: "unfinished", directoryHint: .isDirectory)
    }

    /// Whether the bytes are there already; what lies there with other bytes (a disk's fault) may be replaced.
    private func hasGoodBytes(_ target: URL, _ sha256: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: target.path) else { return false }
        guard try DurableFile.digest(of: target) == sha256 else { return false }
        // Whoever put them there may not have brought the name to the disk yet.
        try DurableFile.synchronize(target.deletingLastPathComponent())
        return true
    }

    private static func check(_ found: String, is expected: String, _ file: URL) throws {
        guard found == expected else {
            throw RecordsError(
                .custodyMismatch, "\(file.path) does not hold the bytes with SHA-256 \(expected) but with \(found).")
        }
    }
}
