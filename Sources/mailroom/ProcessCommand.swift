import ArgumentParser
import Documents
import Foundation
import Governance
import Reading
import Settings
import Understanding

/// `mailroom process`: one file to one document result, without a store or a service.
struct ProcessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract: "Reads files and prints what is in them as JSON.",
        discussion: """
            One file is printed on standard output. With --out, FOLDER gets NAME.json for each file NAME.
            A file that cannot be read gets a sentence on standard error and does not stop the others.
            """)

    @Argument(help: "Files: \(FileKind.names).", completion: .file())
    var files: [String]

    @Option(help: "The folder that gets NAME.json for each file NAME.", completion: .directory)
    var out: String?

    @Option(help: "The password of PDFs that are locked with one.")
    var password: String?

    @Option(help: "A folder of layouts that `mailroom learn` remembered.", completion: .directory)
    var memory: String?

    @Option(
        help: "A file of the hospital's accounts and claims, to which documents are matched ('help import accounts').",
        completion: .file(extensions: ["csv"]))
    var accounts: String?

    @Flag(help: "Says for each value what speaks for it: its label, column, checks, the model's facts.")
    var explain = false

    @Option(help: "How many pages are read at a time; one a core when not given.")
    var readers: Int = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard out != nil || files.count == 1 else {
            throw ValidationError(
                "Standard output takes one file's result; name a folder with --out for \(files.count) files.")
        }
        guard readers > 0 else { throw ValidationError("--readers must be at least 1.") }
        let names = files.map { URL(filePath: $0).lastPathComponent }
        if out != nil, let twice = Dictionary(grouping: names, by: { $0 }).first(where: { $0.value.count > 1 })?.key {
            throw ValidationError(
                "Two files are named \(twice); their results would overwrite each other. Process them apart.")
        }
    }

    func run() async throws {
        let books = try accounts.map { path in
            let file = try AccountFile(csv: AccountFile.bytes(at: path))
            file.sayWhatIsLeftOut(of: path)
            return AccountBook(file.accounts)
        }
        let reader = try FileReader(
            installation: Installation.locate(), readerCount: readers, books: books,
            memories: memory.map { try MemoryFolder($0).memories() } ?? LayoutMemories())
        if let out { try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true) }
        let failures = await withTaskGroup(of: Bool.self) { group in
            var failures = 0
            for (index, file) in files.enumerated() {
                // Twice as many files as readers in hand keep every reader busy without holding the whole list in memory.
                if index >= readers * 2, await group.next() == false { failures += 1 }
                group.addTask { await processed(file, by: reader) }
            }
            for await succeeded in group where !succeeded { failures += 1 }
            return failures
        }
        await reader.close()
        if failures > 0 { throw files.count == 1 ? ExitCode.failure : ExitCode.someFilesFailed }
    }

    private func processed(_ file: String, by reader: FileReader) async -> Bool {
        do {
            if let sentence = whyNoFile(file) {
                Console.say("\(file): \(sentence)")
                return false
            }
            let result = try await reader.read(file, password: password, explains: explain)
            if let out {
                let name = URL(filePath: file).lastPathComponent + ".json"
                try result.json(pretty: true).write(to: URL(filePath: out).appending(path: name), options: .atomic)
            } else {
                Console.write(try result.json(pretty: true) + Data("\n".utf8))
            }
            return true
        } catch {
            Console.say("\(file): \(sentence(for: error))")
            return false
        }
    }

    /// Why a name that exists is nothing to read: a pipe or a device might never end.
    private func whyNoFile(_ path: String) -> String? {
        let file = URL(filePath: path).resolvingSymlinksInPath()
        let values = try? file.resourceValues(forKeys: [.isDirectoryKey, .isRegularFileKey])
        if values?.isDirectory == true { return "It is a folder. Name the files in it, as \(path)/*.pdf does." }
        return values?.isRegularFile == false ? "It is a pipe or a device. Name a file." : nil
    }

    private func sentence(for error: any Error) -> String {
        guard let cocoa = error as? CocoaError else { return "\(error)" }
        switch cocoa.code {
        case .fileReadNoSuchFile, .fileNoSuchFile: return "There is no such file."
        case .fileReadNoPermission: return "The file may not be read by this user."
        case .fileWriteNoPermission: return "The result cannot be written: this user may not write to the folder."
        case .fileWriteOutOfSpace: return "The result cannot be written: the disk is full."
        default: return cocoa.localizedDescription
        }
    }
}
