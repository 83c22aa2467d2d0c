import ArgumentParser
import Foundation
import Learning
import Reading
import Settings
import Understanding

/// `mailroom learn`: one confirmed document teaches its layout.
struct LearnCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Remembers the layout of a file whose truth is known.",
        discussion: """
            TRUTH is a document result, as `mailroom process` prints it, corrected by a person; only types and values are
            needed. What `mailroom process --memory FOLDER` then reads of the same layout is read better at once. Learn a
            file once: twice counts as two confirmations. Memories hold traces of patients' paper: keep them as you keep
            the paper.
            """)

    @Argument(help: "The file: \(FileKind.names).", completion: .file())
    var file: String

    @Argument(help: "Its truth, a document result in JSON.", completion: .file())
    var truth: String

    @Option(help: "The folder of memories, made when there is none.", completion: .directory)
    var memory: String

    @Option(help: "The password of a PDF that is locked with one.")
    var password: String?

    func run() async throws {
        let installation = try Installation.locate()
        let catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
        let folder = MemoryFolder(memory)
        let before = try folder.memories(mayBeMissing: true)
        var understander = Understander(
            catalog: catalog, model: try UnderstandingModel.load(from: installation.models), memories: before)
        let known: WrittenTruth
        do {
            known = try WrittenTruth(Data(contentsOf: URL(filePath: truth)))
        } catch let error as LearningError {
            throw MemoryError("\(truth): \(error)")
        }
        let bytes = try Data(contentsOf: URL(filePath: file))
        let pool = ReaderPool(executable: try Executable.current(), processCount: 1, limits: ReaderLimits())
        let reading = await Result { try await pool.readings(of: bytes, password: password).pages }
        await pool.close()
        let pages = try reading.get()
        // All of a file's documents or none: learned again after a failure, some would count twice.
        var learned: [String: LayoutMemory] = [:]
        for document in try known.documents(on: pages, catalog: catalog) {
            let memory = try understander.learn(document, pages: pages)
            learned[memory.id] = memory
        }
        try folder.save(understander.memories, before: before)
        print(learned.sorted { $0.key < $1.key }.map(\.value.description).joined(separator: "\n\n"))
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
