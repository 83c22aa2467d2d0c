package import Documents
package import Foundation
import Synchronization

extension ReaderPool {
    /// What is known of a file as a whole, and what its pages hold, in their order; no page images.
    package func readings(
        of bytes: Data, password: String? = nil, pages: Range<Int>? = nil
    ) async throws -> (file: ReadFile, pages: [PageReading]) {
        let readings = Mutex<[PageReading]>([])
        let file = try await read(bytes, password: password, pages: pages) { page in
            readings.withLock { $0.append(page.reading) }
        }
        return (file, readings.withLock { $0 })
    }
}
