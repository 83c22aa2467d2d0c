import Documents
import Foundation
import Governance
import Hummingbird
import Understanding

/// A sum of the document that does not hold, for the script that shows it beside its row.
struct TaskEquation: Encodable, Sendable {
    struct Mending: Encodable, Sendable {
        let path: String
        let value: String
        let title: String
    }

    /// How many sums are told; what mends them is tried on the whole document.
    private static let countMax = 12

    /// The row or claim that it is about, or the value that it is checked against.
    let place: String
    let sentence: String
    let mends: [Mending]

    /// Every sum of `document` that does not hold, in the order of the checks.
    static func failing(in document: Document, _ titles: DocumentTitles) -> [TaskEquation] {
        guard let type = titles.type else { return [] }
        let mender = Mender(type: type)
        return mender.failing(in: document).prefix(countMax).map { equation in
            let path = equation.check.fields?.first ?? ""
            let row = path.contains("]") ? path.prefix(upTo: path.lastIndex(of: ".") ?? path.endIndex) : path[...]
            return TaskEquation(
                place: String(row), sentence: equation.check.detail ?? equation.check.name,
                mends: mender.mends(of: equation, in: document).map {
                    Mending(path: $0.path, value: $0.value.description, title: titles.title(of: $0.path))
                })
        }
    }

    /// The same as JSON text for an attribute of the page.
    static func text(of document: Document, _ titles: DocumentTitles) throws -> String {
        String(decoding: try Response.encoded(failing(in: document, titles)), as: UTF8.self)
    }
}
