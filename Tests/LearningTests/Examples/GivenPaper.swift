import Documents
import Foundation
import Learning
import Understanding

/// Drawn paper in the part of what a hospital gives: files with their truth, and the types in force.
enum GivenPaper {
    static let newType = CorpusFolders.corpus.appending(path: "new-type")

    /// The shipped types and the insurance card, which is only a YAML file.
    static let catalog = Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mailroom-types-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let shipped = CorpusFolders.corpus.deletingLastPathComponent().appending(path: "Config/document-types")
        try FileManager.default.copyItem(at: shipped, to: folder)
        try FileManager.default.copyItem(
            at: newType.appending(path: "id_card.yaml"), to: folder.appending(path: "id_card.yaml"))
        return try DocumentTypeCatalog(folder: folder)
    }

    /// Insurance cards of an outline file as they were drawn, without what a person would not write.
    static func cards(_ outlines: String, _ split: CorpusSplit, count: Int, seed: UInt64 = 20) throws -> [Example] {
        try DrawnExamples(
            seed: seed, wordLists: CorpusFolders.words, outlines: newType.appending(path: "\(outlines).txt")
        ).examples(split, count: count)
    }

    /// The values of a document as a person writes them: nothing but types, names and values.
    static func bareJSON(_ documents: [Document]) throws -> Data {
        let papers = documents.map { document -> [String: Any] in
            var paper: [String: Any] = [
                "type": document.type, "pages": document.pages, "fields": bare(document.fields),
                "claims": document.claims.map { claim in
                    bare(claim.fields).merging(["service_lines": claim.serviceLines.map(bare)]) { own, _ in own }
                },
                "line_items": document.lineItems.map(bare),
            ]
            paper["subtype"] = document.subtype
            return paper
        }
        return try JSONSerialization.data(withJSONObject: ["documents": papers])
    }

    private static func bare(_ row: Row) -> [String: Any] {
        row.mapValues { leaf -> Any in
            switch leaf {
            case .one(let field): field.value.description
            case .many(let fields): fields.map(\.value.description)
            case .groups(let groups): groups.map { $0.mapValues(\.value.description) }
            }
        }
    }
}
