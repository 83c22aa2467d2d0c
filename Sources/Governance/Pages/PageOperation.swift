/// One thing that a person does with the pages of a document.
package enum PageOperation: Hashable, Sendable {
    /// The one beside: a document in the file, a page in its document.
    package enum Side: String, Hashable, Sendable, CaseIterable {
        case previous, next
    }

    /// The page and all behind it become a document of their own.
    case split(before: Int)
    /// The document beside it becomes part of this one.
    case merge(Side)
    /// The page goes to the document beside this one: to the end of the previous, to the beginning of the next.
    case move(page: Int, to: Side)
    /// The page changes places with the one beside it.
    case shift(page: Int, Side)
    /// The page is no part of any document: a separator sheet, a blank, a stray.
    case setAside(page: Int)
    /// A page that is in no document becomes part of this one.
    case takeIn(page: Int)

    /// The page that is arranged among the others; nil where documents are cut or joined.
    package var page: Int? {
        switch self {
        case .split, .merge: nil
        case .move(let page, _), .shift(let page, _), .setAside(let page), .takeIn(let page): page
        }
    }

    /// As the audit trail calls it.
    package var name: String {
        switch self {
        case .split: "split"
        case .merge(let side): "merge_\(side.rawValue)"
        case .move(_, let side): "move_\(side.rawValue)"
        case .shift(_, .previous): "earlier"
        case .shift(_, .next): "later"
        case .setAside: "set_aside"
        case .takeIn: "take_in"
        }
    }

    /// The operation that is called `name`, on `page` where it is about a page; nil when there is none.
    package init?(name: String, page: Int?) {
        let ofPage = page.map { page in
            [.split(before: page), .setAside(page: page), .takeIn(page: page)]
                + Side.allCases.flatMap { [PageOperation.move(page: page, to: $0), .shift(page: page, $0)] }
        }
        let all = Side.allCases.map { PageOperation.merge($0) } + (ofPage ?? [])
        guard let named = all.first(where: { $0.name == name }) else { return nil }
        self = named
    }
}
