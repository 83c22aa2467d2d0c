import Foundation
import Understanding

/// A folder of layout memories, a JSON file each, named by the memory's identifier.
struct MemoryFolder {
    let url: URL

    init(_ path: String) { url = URL(filePath: path) }

    /// All memories of the folder; none when there is no folder yet.
    func memories() throws -> LayoutMemories {
        guard FileManager.default.fileExists(atPath: url.path) else { return LayoutMemories() }
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.hasSuffix(".json") }
        return LayoutMemories(
            try names.sorted().map { name in
                let file = url.appending(path: name)
                do {
                    return try JSONDecoder().decode(LayoutMemory.self, from: Data(contentsOf: file))
                } catch {
                    throw MemoryError(
                        "\(file.path) is no layout memory of this version. Move it out of the folder, and confirm a document of its layout again."
                    )
                }
            })
    }

    /// Writes a memory in place of what it was before, whole or not at all.
    func save(_ memory: LayoutMemory) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(memory).write(to: file(memory.id), options: .atomic)
    }

    func remove(_ memory: LayoutMemory) throws { try FileManager.default.removeItem(at: file(memory.id)) }

    private func file(_ id: String) -> URL { url.appending(path: "\(id).json") }
}

/// What is wrong with a memory or what it was to learn from: a sentence.
struct MemoryError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
