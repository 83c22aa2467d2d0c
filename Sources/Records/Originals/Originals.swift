import Crypto
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
    package static func sha256(of bytes: Data) -> String { hexadecimal(SHA256.hash(data: bytes)) }

    /// The SHA-256 of a file's bytes, read in pieces.
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

    /// The bytes in custody; throws `custodyMismatch` when they are not what they were.
    package func bytes(of sha256: String) async throws -> Data {
        let file = custody(of: sha256)
        return try await BlockingWork.run {
            guard let bytes = try? Data(contentsOf: file) else { throw RecordsError.system("read", file) }
            try Self.check(Self.sha256(of: bytes), is: sha256, file)
            return bytes
        }
    }

    /// Takes bytes into custody and gives their SHA-256.
    @discardableResult
    package func put(_ bytes: Data) async throws -> String {
        let sha256 = Self.sha256(of: bytes)
        let target = custody(of: sha256)
        try await BlockingWork.run {
            guard try !hasGoodBytes(target, sha256) else { return }
            try DurableFile.makeFolder(target.deletingLastPathComponent())
            try DurableFile.write(bytes, to: target)
        }
        return sha256
    }

    /// Takes a file into custody after checking that its bytes have `sha256`; else it stays, and `custodyMismatch` is
    /// thrown.
    ///
    /// The file is renamed, or copied and removed when it is on another volume. With `leavingSource` it is copied and
    /// stays: the caller removes it once the transaction that names it is kept, and a crash before that loses nothing.
    package func put(contentsOf source: URL, sha256: String, leavingSource: Bool = false) async throws {
        let target = custody(of: sha256)
        try await BlockingWork.run {
            if try !hasGoodBytes(target, sha256) {
                try DurableFile.makeFolder(target.deletingLastPathComponent())
                if !leavingSource {
                    try Self.check(DurableFile.digest(of: source), is: sha256, source)
                    if try DurableFile.move(source, to: target) { return }
                }
                try DurableFile.copy(source, to: target) { try Self.check($0, is: sha256, source) }
            } else {
                try Self.check(DurableFile.digest(of: source), is: sha256, source)
            }
            if !leavingSource { try DurableFile.remove(source) }
        }
    }

    /// Where the image of a page (from 1) lies, or would lie.
    package func pageImage(of sha256: String, page: Int, mediaType: String) -> URL {
        pagesFolder.appending(path: sha256, directoryHint: .isDirectory)
            .appending(
                path: "\(page).\(mediaType == "image/jpeg" ? "jpg" : "png")", directoryHint: .notDirectory)
    }

    /// Keeps the image of a page, in place of an earlier one.
    package func putPageImage(_ image: Data, of sha256: String, page: Int, mediaType: String) async throws {
        let target = pageImage(of: sha256, page: page, mediaType: mediaType)
        try await BlockingWork.run {
            try DurableFile.makeFolder(target.deletingLastPathComponent())
            try DurableFile.write(image, to: target)
        }
    }

    /// Removes the unfinished files that a crash left; only for a process that has the folder to itself.
    func removeLeftovers() throws {
        for folder in [originalsFolder, pagesFolder] {
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            while let file = files?.nextObject() as? URL {
                if file.lastPathComponent.hasSuffix(DurableFile.unfinishedEnding) { try DurableFile.remove(file) }
            }
        }
    }

    /// Whether the bytes are there already; what lies there with other bytes (a disk's fault) may be replaced.
    private func hasGoodBytes(_ target: URL, _ sha256: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: target.path) else { return false }
        return try DurableFile.digest(of: target) == sha256
    }

    private static func check(_ found: String, is expected: String, _ file: URL) throws {
        guard found == expected else {
            throw RecordsError(
                .custodyMismatch, "\(file.path) does not hold the bytes with SHA-256 \(expected): they have \(found).")
        }
    }
}
