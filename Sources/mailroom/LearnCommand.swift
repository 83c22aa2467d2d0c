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
        var understander = Understander(
            catalog: catalog, model: try UnderstandingModel.load(from: installation.models),
            memories: try folder.memories())
        let known: WrittenTruth
        do {
            known = try WrittenTruth(Data(contentsOf: URL(filePath: truth)))
        } catch let error as LearningError {
            throw MemoryError("\(truth): \(error)")
        }
        let pool = ReaderPool(executable: try Executable.current(), processCount: 1, limits: ReaderLimits())
        let pages = try await pool.readings(of: Data(contentsOf: URL(filePath: file)), password: password).pages
        await pool.close()
        for document in try known.documents(on: pages, catalog: catalog) {
            let memory = try understander.learn(document, pages: pages)
            try folder.save(memory)
            print(memory)
        }
    }
}
