import Documents
import Records
import Synchronization
import Understanding

/// The layouts of documents that wait for a reviewer, so that a confirmation need not have all their pages decoded to
/// tell which of them it has to do with.
package final class WaitingLayouts: Sendable {
    private struct Known {
        let version: Int
        /// Nil when nothing is on the document's pages.
        let words: LayoutWords?
    }

    private let known = Mutex<[String: Known]>([:])

    package init() {}

    /// The layout of a document as it is now; `find` gives it when it is not known yet.
    func words(
        of document: OpenDocument, find: () async throws -> LayoutWords?
    ) async throws -> LayoutWords? {
        if let known = known.withLock({ $0[document.id] }), known.version == document.version {
            return known.words
        }
        let found = try await find()
        known.withLock { $0[document.id] = Known(version: document.version, words: found) }
        return found
    }

    /// Forgets the layouts of all documents but these.
    func keep(only ids: Set<String>) {
        known.withLock { known in known = known.filter { ids.contains($0.key) } }
    }
}
