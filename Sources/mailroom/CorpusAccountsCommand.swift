import ArgumentParser
import Documents
import Foundation
import Learning
import Settings

extension CorpusCommand {
    /// `mailroom corpus accounts`: the books of a hospital that labelled files are about.
    struct Accounts: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draws the books of a hospital that labelled files are about, to judge matching by.",
            discussion: """
                FOLDER holds files with their truth beside them. Some of their accounts go into the books, among strangers
                of the same names; the truth then says which (account_match), and 'mailroom evaluate --accounts' counts
                what was matched rightly, wrongly and not.
                """)

        @Argument(help: "The folder of files and their truth; the truth is written again.", completion: .directory)
        var folder: String

        @Option(help: "The file of accounts to write (CSV).", completion: .file(extensions: ["csv"]))
        var out: String

        @Option(help: "The seed.")
        var seed: UInt64 = 1

        @Option(help: "The share of the files' accounts that the books have, 0…1.")
        var share = 0.6

        @Option(help: "How many accounts of strangers.")
        var strangers = 20_000

        func validate() throws {
            guard (0...1).contains(share) else { throw ValidationError("--share must be from 0 to 1.") }
            guard strangers >= 0 else { throw ValidationError("--strangers must be 0 or more.") }
        }

        func run() throws {
            let words = try Installation.locate().corpus.appending(path: "words")
            var books = try DrawnBooks(seed: seed, wordLists: words, heldShare: share, strangers: strangers)
            let files = try Evaluator.pairs(URL(filePath: folder))
            guard !files.isEmpty else {
                throw ValidationError("\(folder) holds no file with its truth beside it as NAME.json.")
            }
            for (_, truth) in files {
                var result = try JSONDecoder().decode(DocumentResult.self, from: Data(contentsOf: truth))
                result.documents = books.add(result.documents)
                try result.json(pretty: true).write(to: truth, options: .atomic)
            }
            try books.csv.write(to: URL(filePath: out), options: .atomic)
            print("\(out): \(books.accounts.count) accounts, \(books.accounts.count - strangers) of them the files'")
        }
    }
}
