import Documents
import Foundation
import Reading
import Records

extension StepWork {
    /// Reads the file's pages, each kept as soon as it is read; then one transaction queues what follows.
    ///
    /// A step that was interrupted goes on after the last page that was kept.
    func read() async throws {
        let file = try await custodyFile()
        guard file.status == .taken else { return try await complete() }
        let store = context.store
        let sha256 = file.sha256
        let kept = try await store.read { try $0.pageHandlings(of: sha256).map(\.number) }
        let next = zip(kept, 1...).prefix { $0 == $1 }.count
        do {
            let result = try await context.readers.read(
                try await store.originals.bytes(of: sha256), wantImages: true,
                pages: next == 0 ? nil : next..<max(next + 1, context.readerLimits.pageCountMax)
            ) { page in
                try await StepWork.keep(page, of: sha256, in: store)
            }
            try await finishReading(file, result)
        } catch let error as ReadingError where error.code != .readerFailed {
            try await quarantine(file, because: error.description)
        }
    }

    /// The image is on the disk before the row that names it.
    private static func keep(_ page: ReadPage, of sha256: String, in store: Store) async throws {
        let number = page.reading.page.number
        if let image = page.image {
            try await store.originals.putPageImage(image, of: sha256, page: number, mediaType: page.imageMediaType)
        }
        let stored = StoredPage(
            reading: page.reading, imageMediaType: page.image == nil ? nil : page.imageMediaType,
            imageScale: page.imageScale)
        try await store.write { try $0.savePage(of: sha256, stored) }
    }

    private func finishReading(_ file: CustodyFile, _ result: ReadFile) async throws {
        let now = context.clock()
        try await context.store.write { [step, context] transaction in
            let unreadable = try transaction.pageFaces(of: file.sha256).filter { $0.problem != nil }
            try transaction.setFileStatus(file.sha256, .read, pageCount: result.pageCount)
            try transaction.enqueue(
                Step(
                    id: Identifier.make(at: now), kind: .understand, subject: file.sha256, availableAt: now,
                    correlationID: file.correlationID))
            try transaction.audit(
                actor: "pipeline", action: "file.read", subject: file.sha256,
                detail: [
                    "media_type": result.mediaType, "pages": "\(result.pageCount)",
                    "unreadable_pages": unreadable.map { "\($0.page.number)" }.joined(separator: ","),
                    "reader": context.versions.reader,
                ], correlationID: file.correlationID, at: now)
            try transaction.complete(step)
        }
        context.bell.ring()
    }
}
