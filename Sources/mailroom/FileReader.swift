import Crypto
import Documents
import Foundation
import Governance
import Reading
import Settings
import Understanding

/// Everything between a file and its document result: readers, model, document types and policy.
struct FileReader: Sendable {
    private let pool: ReaderPool
    private let understander: Understander
    private let policy: Policy
    private let matcher: AccountMatcher
    private let books: AccountBook
    private let limits = ReaderLimits()

    /// - Parameters:
    ///   - books: the accounts that documents are matched to; nil for none.
    ///   - memories: the layouts that confirmed documents taught.
    init(
        installation: Installation, readerCount: Int, books: AccountBook? = nil,
        memories: LayoutMemories = LayoutMemories()
    ) throws {
        // Readers start while types and models are loaded.
        pool = ReaderPool(
            executable: try Executable.current(), processCount: readerCount, limits: limits, startsEarly: true)
        let catalog = try DocumentTypeCatalog(folder: installation.config.appending(path: "document-types"))
        policy = try Policy.load(
            path: installation.config.appending(path: "policy.yaml").path, vocabulary: Vocabulary(catalog))
        understander = Understander(
            catalog: catalog, model: try UnderstandingModel.load(from: installation.models), memories: memories)
        matcher = AccountMatcher(catalog: catalog)
        self.books = books ?? AccountBook([])
    }

    /// The document result of the file at `path`, each value with what speaks for it where that is asked for.
    func read(_ path: String, password: String? = nil, explains: Bool = false) async throws -> DocumentResult {
        let url = URL(filePath: path)
        let bytes = try Data(contentsOf: url)
        let (file, pages) = try await pool.readings(of: bytes, password: password)
        let unreadable = Dictionary(
            uniqueKeysWithValues: pages.compactMap { reading in reading.problem.map { (reading.page.number, $0) } })
        let documents = try understander.understand(pages).map { document in
            let decided = policy.decide(try matcher.match(document, in: books), unreadablePages: unreadable)
            return explains ? understander.explained(decided, pages: pages) : decided
        }
        return DocumentResult(
            file: FileDescription(
                name: url.lastPathComponent,
                sha256: SHA256.hash(data: bytes).hexadecimal,
                mediaType: file.mediaType, pageCount: file.pageCount,
                attachments: file.attachments.isEmpty ? nil : file.attachments),
            pages: pages.map(\.page), documents: documents,
            versions: Versions(model: understander.model.version, policy: policy.hash, reader: readerVersion))
    }

    func close() async { await pool.close() }
}
