import Documents
import Foundation
import Reading
import Synchronization

/// The pages of files, really read, as training and evaluation want them.
struct PageSupply: Sendable {
    let readerCount = ProcessInfo.processInfo.activeProcessorCount
    private let pool: ReaderPool

    init(executable: URL) {
        pool = ReaderPool(executable: executable, processCount: readerCount, limits: ReaderLimits())
    }

    func pages(of file: URL) async throws -> [PageReading] {
        let readings = Mutex<[PageReading]>([])
        _ = try await pool.read(try Data(contentsOf: file), wantImages: false, pages: nil) { page in
            readings.withLock { $0.append(page.reading) }
        }
        return readings.withLock { $0 }
    }

    func close() async { await pool.close() }
}
