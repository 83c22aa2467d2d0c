import Crypto
package import Documents
package import Foundation

/// What was read of files, kept from one training to the next: reading takes most of a training's time.
///
/// A reading is found by the bytes of its file and by the version of what read it, which is raised when reading changes. A
/// folder that cannot be written to costs time, nothing else. The words of what was read stay in it, so that nobody but
/// its owner may look into the folder, and readings of real paper have one of their own, to be kept or removed as the paper.
package struct ReadingCache: Sendable {
    private let folder: URL
    private let reader: String

    /// - Parameter reader: what reads, with its version.
    package init(folder: URL, reader: String) {
        self.folder = folder
        self.reader = reader
    }

    /// Makes a folder that a person named to keep readings in; throws when nothing can be kept there.
    package static func prepare(_ folder: URL) throws {
        make(folder)
        guard FileManager.default.isWritableFile(atPath: folder.path) else {
            throw LearningError(.file, "\(folder.path) keeps no readings. Name a folder that you may write to.")
        }
    }

    private static func make(_ folder: URL) {
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// The pages of a file as they were read before, or else as `read` gives them.
    package func pages(of bytes: Data, read: (Data) async throws -> [PageReading]) async throws -> [PageReading] {
        var digest = SHA256()
        digest.update(data: Data("\(reader)\n".utf8))
        digest.update(data: bytes)
        let name = digest.finalize().hexadecimal
        let file = folder.appending(path: "\(name).json")
        if let kept = try? JSONDecoder().decode([PageReading].self, from: Data(contentsOf: file)) { return kept }
        let pages = try await read(bytes)
        let json = try JSONEncoder().encode(pages)
        ReadingCache.make(folder)
        try? json.write(to: file, options: .atomic)
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        // By way of JSON, which rounds: the first training is to give the same model as the next.
        return try JSONDecoder().decode([PageReading].self, from: json)
    }
}
