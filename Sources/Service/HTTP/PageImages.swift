import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Records

/// The images of pages, from the store's folder.
struct PageImages: Sendable {
    let context: ServiceContext

    /// The upright image of a page, from 1 within its file; `id` is the file's or one of its documents'.
    ///
    /// The look is on record. An image never changes, so browsers keep it: a page that is read in another direction has
    /// another address. What is asked for by an address of before has the image of now, which no browser keeps: the page
    /// may be turned back.
    func response(
        _ request: Request, fileOf id: String, page number: Int, to caller: Caller
    ) async throws -> Response {
        let now = context.clock()
        let rotation = request.uri.queryParameters["rotation"].flatMap { Int($0) }
        let found = try await context.store.write { transaction -> (file: URL, isOfAddress: Bool)? in
            guard let file = try transaction.file(named: id, within: caller.reach),
                let handling = try transaction.pageHandling(of: file.sha256, number: number),
                let mediaType = handling.imageMediaType
            else { return nil }
            try transaction.recordView(of: id, file.correlationID, by: caller, page: number, at: now)
            let readTurn = handling.readTurn
            return (
                context.store.originals.pageImage(
                    of: file.sha256, page: number, turn: readTurn, mediaType: mediaType), rotation == readTurn
            )
        }
        guard let (file, isOfAddress) = found else {
            throw Problem(.notFound, "There is no image of page \(number) of this id. Check both.")
        }
        let buffer = try await FileBytes.read(file)
        return Response(
            status: .ok,
            headers: [
                .contentType: file.pathExtension == "jpg" ? "image/jpeg" : "image/png",
                .cacheControl: isOfAddress ? "private, max-age=86400, immutable" : "private, no-store",
            ], body: ResponseBody(byteBuffer: buffer))
    }
}

extension PageHandling {
    /// Where a browser finds the image of the page as it was read; nil when it has none.
    func image(inDocument id: String) -> String? {
        guard imageMediaType != nil else { return nil }
        return "/documents/\(id)/pages/\(number)/image" + (readTurn.map { "?rotation=\($0)" } ?? "")
    }
}

extension Transaction {
    /// The file with the SHA-256 `id`, or that of the document `id`, unless that is out of reach.
    func file(named id: String, within reach: Reach) throws -> CustodyFile? {
        if let record = try document(id) {
            guard try document(id, within: reach) != nil else { return nil }
            return try file(record.sha256)
        }
        return try file(id, within: reach)
    }
}
