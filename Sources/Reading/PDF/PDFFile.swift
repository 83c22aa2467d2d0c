import CPoppler
import Documents
import Foundation

/// A PDF as Poppler opened it, owned by this object alone.
final class PDFFile {
    private let document: OpaquePointer
    private let bytes: OwnedBytes

    let pageCount: Int

    /// Opens a PDF that is not locked, or whose password is empty or the one given.
    init(_ bytes: OwnedBytes, password: String?) throws(ReadingError) {
        self.bytes = bytes
        var error: UnsafeMutablePointer<GError>?
        guard let document = PDFFile.document(bytes, password: password, &error) else {
            defer { g_error_free(error) }
            let code = error?.pointee.domain == poppler_error_quark() ? error?.pointee.code : nil
            guard code == Int32(POPPLER_ERROR_ENCRYPTED.rawValue) else { throw PDFFile.damaged }
            throw password == nil ? PDFFile.locked : PDFFile.stillLocked
        }
        self.document = document
        pageCount = Int(poppler_document_get_n_pages(document))
    }

    private static func document(
        _ bytes: OwnedBytes, password: String?, _ error: inout UnsafeMutablePointer<GError>?
    ) -> OpaquePointer? {
        guard let password, !password.isEmpty else {
            let held = g_bytes_new_static(bytes.address, gsize(bytes.count))
            defer { g_bytes_unref(held) }
            return poppler_document_new_from_bytes(held, nil, &error)
        }
        // Given bytes and a wrong password, Poppler 22.12 reads memory it has freed; given a stream, it does not.
        let stream = g_memory_input_stream_new_from_data(bytes.address, bytes.count, nil)
        defer { g_object_unref(stream) }
        return poppler_document_new_from_stream(stream, goffset(bytes.count), password, nil, &error)
    }

    deinit { g_object_unref(UnsafeMutableRawPointer(document)) }

    func page(_ index: Int) throws(PageProblem) -> PDFPage {
        guard let page = poppler_document_get_page(document, Int32(index)), let sized = PDFPage(page) else {
            throw PageProblem(
                "The page is damaged: the PDF does not say what is on it. Ask its sender for a sound copy.")
        }
        return sized
    }

    /// The files that the PDF carries, at most as many as an answer may hold.
    func attachments() -> [Attachment] {
        guard poppler_document_has_attachments(document) != 0,
            let list = poppler_document_get_attachments(document)
        else { return [] }
        defer { g_list_free_full(list) { g_object_unref($0) } }
        let items = sequence(first: list) { $0.pointee.next }.prefix(AnswerLimits.attachmentCountMax)
        return items.compactMap { item in
            guard let attachment = item.pointee.data?.assumingMemoryBound(to: PopplerAttachment.self).pointee else {
                return nil
            }
            let name = attachment.name.map { String(cString: $0) } ?? ""
            return Attachment(name: String(name.prefix(255)), size: Int(clamping: attachment.size))
        }
    }

    private static let locked = ReadingError(
        .encrypted, "The PDF is locked with a password. Give the password, or ask its sender for one without.")
    private static let stillLocked = ReadingError(
        .encrypted, "The password given does not open the PDF. Ask its sender for the right one.")
    private static let damaged = ReadingError(
        .damaged, "The PDF's structure is damaged beyond repair. Ask its sender for a sound copy.")
}
