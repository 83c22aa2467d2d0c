import Foundation
import Understanding

/// A folder of layout memories, a JSON file each, named by the memory's identifier.
struct MemoryFolder {
    let url: URL

    init(_ path: String) { url = URL(filePath: path) }

    /// All memories of the folder.
    ///
    /// - Parameter mayBeMissing: whether there need be no folder yet.
    func memories(mayBeMissing: Bool = false) throws -> LayoutMemories {
        guard FileManager.default.fileExists(atPath: url.path) else {
            guard mayBeMissing else {
                throw MemoryError(
                    "There is no folder \(url.path). Name the one that `mailroom learn --memory` was given.")
            }
            return LayoutMemories()
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.hasSuffix(".json") }
        return LayoutMemories(
            try names.sorted().map { name in
                let file = url.appending(path: name)
                let bytes = try Data(contentsOf: file)
                guard let memory = try? JSONDecoder().decode(LayoutMemory.self, from: bytes), memory.isSound,
                    name == "\(memory.id).json"
                else {
                    throw MemoryError(
                        "\(file.path) is no layout memory of this version, or was renamed. Move it out of the folder, and confirm a document of its layout again."
                    )
                }
                return memory
            })
    }

    /// Writes the memories that are not as they were before, each whole or not at all, and removes those that are gone.
    func save(_ memories: LayoutMemories, before: LayoutMemories) throws {
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let known = Set(before.memories)
        for memory in memories.memories where !known.contains(memory) {
            let file = file(memory.id)
            try encoder.encode(memory).write(to: file, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        }
        let kept = Set(memories.memories.map(\.id))
        for memory in before.memories where !kept.contains(memory.id) { try remove(memory) }
    }

    func remove(_ memory: LayoutMemory) throws { try FileManager.default.removeItem(at: file(memory.id)) }

    private func file(_ id: String) -> URL { url.appending(path: "\(id).json") }
}

/// What is wrong with a memory or what it was to learn from: a sentence.
struct MemoryError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
