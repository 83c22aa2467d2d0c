import Documents
import Foundation
import Learning
import Testing
import Understanding

@Suite("Books drawn for labelled files")
struct DrawnBooksTests {
    private static let samples: [[Document]] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: CorpusFolders.samples.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".json") && !$0.hasSuffix(".words.json") }.compactMap { name in
            let json = try? Data(contentsOf: CorpusFolders.samples.appending(path: name))
            return json.flatMap { try? JSONDecoder().decode(DocumentResult.self, from: $0).documents }
        }
    }()

    private func books(share: Double, seed: UInt64 = 7) throws -> (books: DrawnBooks, truth: [[Document]]) {
        var books = try DrawnBooks(seed: seed, wordLists: CorpusFolders.words, heldShare: share, strangers: 50)
        let truth = Self.samples.map { books.add($0) }
        return (books, truth)
    }

    @Test("Every account that the truth names is in the books, and the import takes all of them")
    func accountsAreHeld() throws {
        let (books, truth) = try books(share: 0.6)
        let file = try AccountFile(csv: books.csv)
        #expect(file.refusedCount == 0 && file.unusedColumns.isEmpty)
        let held = Set(file.accounts.map(\.accountNumber))
        let named = truth.joined().flatMap(\.accountNumbers)
        #expect(named.count > 5 && named.allSatisfy(held.contains))
        #expect(try self.books(share: 0.6).books.csv == books.csv)
        #expect(try self.books(share: 0.6, seed: 8).books.csv != books.csv)
    }

    @Test("No account of the files' is in books that hold none, and the rest of the truth stays")
    func noneHeld() throws {
        let (books, truth) = try books(share: 0)
        #expect(books.accounts.count == 50)
        #expect(truth == Self.samples)
    }

    @Test("What is matched to the books that were drawn for it is its own account")
    func matches() throws {
        let (books, truth) = try books(share: 1)
        let matcher = AccountMatcher(catalog: try GivenPaper.catalog.get())
        let book = AccountBook(books.accounts)
        var tally = (right: 0, wrong: 0)
        for document in truth.joined() {
            var unmatched = document
            unmatched.accountMatch = nil
            for index in unmatched.claims.indices { unmatched.claims[index].accountMatch = nil }
            let found = try matcher.match(unmatched, in: book).accountNumbers
            tally.right += found.count { document.accountNumbers.contains($0) }
            tally.wrong += found.count { !document.accountNumbers.contains($0) }
        }
        #expect(tally.right > 5 && tally.wrong == 0)
    }
}
