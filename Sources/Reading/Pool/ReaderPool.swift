package import Foundation

/// The reader processes of this machine and the queue of pages before them.
package final class ReaderPool: Sendable {
    private let limits: ReaderLimits

    /// Names the processes; each starts when there is work for it.
    ///
    /// - Parameter executable: the `mailroom` program, run as `mailroom reader`.
    package init(
        executable: URL, processCount: Int = ProcessInfo.processInfo.activeProcessorCount,
        limits: ReaderLimits = ReaderLimits()
    ) {
        self.limits = limits
    }

    /// Reads every page, or those whose index (from 0) is in `pages`, and hands them over in order, one at a time.
    ///
    /// A page that crashes, hangs or exhausts its reader arrives as `unreadable` with a `problem`; the next page goes on.
    /// Throws `ReadingError` when the file cannot be read at all, and what `onPage` throws.
    package func read(
        _ bytes: Data, wantImages: Bool = false, pages: Range<Int>? = nil,
        onPage: @Sendable (ReadPage) async throws -> Void
    ) async throws -> ReadFile {
        throw ReadingError(.readerFailed, "The reader is being built.")
    }

    /// Ends the reader processes; a page in progress is lost.
    package func close() async {}
}
