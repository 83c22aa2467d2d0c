import Documents
import Hummingbird
import Records

/// The words of pages with their boxes, so that a reviewer can point at the ink of a value.
struct PageWords: Sendable {
    let context: ServiceContext

    /// In reading order; boxes are in pixels of the upright page.
    struct Answer: Encodable, Sendable {
        struct Printed: Encodable, Sendable {
            let text: String
            let box: Box
        }

        let words: [Printed]
    }

    /// The words of a page, from 1 within its file; `id` is the file's or one of its documents'.
    ///
    /// The look is on record. A person who may come to key values of the page blind gets no words: they would be the
    /// machine's reading of them.
    func response(fileOf id: String, page number: Int, to caller: Caller) async throws -> Response {
        let now = context.clock()
        let words = try await context.store.write { transaction -> [Word]? in
            guard let file = try transaction.file(named: id, within: caller.reach),
                let page = try transaction.page(of: file.sha256, number: number)
            else { return nil }
            try transaction.recordView(of: id, file.correlationID, by: caller, page: number, at: now)
            let isHidden = try Sight(context: context).hidesWords(
                ofPage: number, of: file.sha256, from: caller, in: transaction)
            return isHidden ? [] : page.reading.words
        }
        guard let words else { throw Problem(.notFound, "There is no page \(number) of this id. Check both.") }
        return try Response.json(Answer(words: words.map { Answer.Printed(text: $0.text, box: $0.box) }))
    }
}
