import Actions
import Documents
import Foundation
import NIOFoundationCompat
import Records

/// Binds the pages of a document from the images that the store keeps of them.
struct StoredPageBinder: PageBinder {
    let store: Store

    func pages(ofDocument id: String) async throws -> BoundPages? {
        let found = try await store.read { transaction -> (sha256: String, pages: [PageFace?])? in
            guard let record = try transaction.document(id) else { return nil }
            return (
                record.sha256,
                try record.document.pages.map { try transaction.pageFace(of: record.sha256, number: $0) }
            )
        }
        guard let found else { return nil }
        var pdf = PacketPDF()
        for page in found.pages {
            guard let page, try await pdf.add(page, of: found.sha256, in: store) else { return nil }
        }
        return BoundPages(pdf: pdf.data(), pageCount: found.pages.count)
    }
}

extension PacketPDF {
    /// Adds the image of a page as it was read, upright; false when it has none of a form that can be put in as it is.
    mutating func add(_ page: PageFace, of sha256: String, in store: Store) async throws -> Bool {
        guard let mediaType = page.handling.imageMediaType else { return false }
        let file = store.originals.pageImage(
            of: sha256, page: page.page.number, turn: page.handling.readTurn, mediaType: mediaType)
        return add(image: Data(buffer: try await FileBytes.read(file)))
    }
}
