import CPoppler
import Foundation

/// A PDF as Poppler opened it, owned by this object alone.
final class PDFFile {
    private let document: OpaquePointer
    private let bytes: OwnedBytes

    let pageCount: Int

    init(_ bytes: OwnedBytes) throws(ReadingError) {
        self.bytes = bytes
        let held = g_bytes_new_static(bytes.address, gsize(bytes.count))
        defer { g_bytes_unref(held) }
        var error: UnsafeMutablePointer<GError>?
        guard let document = poppler_document_new_from_bytes(held, nil, &error) else {
            defer { g_error_free(error) }
            let code = error?.pointee.domain == poppler_error_quark() ? error?.pointee.code : nil
            throw code == Int32(POPPLER_ERROR_ENCRYPTED.rawValue) ? PDFFile.encrypted : PDFFile.damaged
        }
        self.document = document
        pageCount = Int(poppler_document_get_n_pages(document))
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(document)) }

    func page(_ index: Int) throws(PageProblem) -> PDFPage {
        guard let page = poppler_document_get_page(document, Int32(index)), let sized = PDFPage(page) else {
            throw PageProblem(
                "The page is damaged: the PDF does not say what is on it. Ask its sender for a sound copy.")
        }
        return sized
    }

    private static let encrypted = ReadingError(
        .encrypted, "The PDF is locked with a password. Ask its sender for one without.")
    private static let damaged = ReadingError(
        .damaged, "The PDF's structure is damaged beyond repair. Ask its sender for a sound copy.")
}
