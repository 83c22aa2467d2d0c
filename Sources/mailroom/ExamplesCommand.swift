import ArgumentParser
import Documents
import Foundation
import Governance
import Records

/// `mailroom examples`: what people confirmed, to train by.
struct ExamplesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "examples", abstract: "Brings out what people confirmed, to train by.",
        subcommands: [Export.self])

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the files whose documents people confirmed, each with its truth beside it.",
            discussion: """
                FOLDER/learn gets four files of five, for `mailroom train --examples FOLDER/learn`, FOLDER/judge the fifth,
                for `mailroom model compare FOLDER/judge`: which one it is depends on the file alone, so that what once
                judged never trains. A file is left out while a document of it was not confirmed by a person, and where
                people put its pages into another order or set some aside: parting a stream cannot be learned from it.
                They are patients' paper: keep them as you keep that, and remove them when the model is trained.
                """)

        @OptionGroup var location: StoreLocation

        @Option(help: "The folder that gets the files; made when there is none.", completion: .directory)
        var out: String

        func run() async throws {
            let store = try await location.open()
            let confirmed = try await store.read { try ConfirmedFile.all(in: $0) }
            let folder = URL(filePath: out)
            for file in confirmed.files {
                let target = folder.appending(path: file.judges ? "judge" : "learn")
                try FileManager.default.createDirectory(
                    at: target, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                try await store.originals.bytes(of: file.result.file.sha256).write(
                    to: target.appending(path: file.name), options: .atomic)
                try file.result.json(pretty: true).write(
                    to: target.appending(path: "\(file.stem).json"), options: .atomic)
            }
            try await store.close()
            print(
                """
                Files written to \(out): \(confirmed.files.count), of them to judge by: \(confirmed.files.count(where: \.judges)). \
                Left out, as nobody confirmed all of their documents: \(confirmed.leftOutCount).
                """)
        }
    }
}

/// A file all of whose documents a person confirmed.
private struct ConfirmedFile: Sendable {
    let result: DocumentResult

    /// The name without its extension: the file's own may be a patient's, and come twice.
    var stem: String { String(result.file.sha256.prefix(16)) }

    var name: String {
        let suffix = URL(filePath: result.file.name).pathExtension
        return suffix.isEmpty || suffix == "json" ? "\(stem).bin" : "\(stem).\(suffix)"
    }

    /// Whether it is kept from training: one of five, by its bytes.
    var judges: Bool { (UInt64(result.file.sha256.prefix(8), radix: 16) ?? 0) % 5 == 0 }

    /// Every such file of a store, and how many others have documents.
    static func all(in transaction: Transaction) throws -> (files: [ConfirmedFile], leftOutCount: Int) {
        var seen: Set<String> = []
        var files: [ConfirmedFile] = []
        var last: String?
        while true {
            let page = try transaction.documents(before: last, limit: 200)
            guard let end = page.last else { break }
            last = end.id
            for record in page where seen.insert(record.sha256).inserted {
                if let file = try ConfirmedFile(record.sha256, in: transaction) { files.append(file) }
            }
        }
        return (files, seen.count - files.count)
    }

    private init?(_ sha256: String, in transaction: Transaction) throws {
        let records = try transaction.documents(of: sha256)
        guard let file = try transaction.file(sha256), let versions = records.first?.versions else { return nil }
        for record in records {
            guard record.status == .accepted, try transaction.task(ofDocument: record.id)?.status == .done else {
                return nil
            }
        }
        let faces = try transaction.pageFaces(of: sha256)
        let pages = faces.map(\.page)
        let arrangement = PageArrangement(
            parts: records.map { PageArrangement.Part(documentID: $0.id, pages: $0.document.pages) },
            setAside: faces.reduce(into: [:]) { $0[$1.page.number] = $1.handling.setAsideBy },
            blank: Set(pages.filter(\.blank).map(\.number)).subtracting(records.flatMap(\.document.pages)),
            pageCount: pages.count)
        guard arrangement.isStream else { return nil }
        result = DocumentResult(
            file: FileDescription(
                name: file.name, sha256: sha256, mediaType: file.mediaType, pageCount: file.pageCount ?? pages.count),
            pages: pages, documents: records.map(\.document), versions: versions)
    }
}
