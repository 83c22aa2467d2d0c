import Documents
import Governance
import Records
import Understanding

/// What the dialog “Pages and type” shows: the file's pages around the document, and the types that it could be of.
struct PageStrip: Sendable {
    struct Sheet: Sendable {
        let number: Int
        let image: String?
        let turn: Int
        /// What a screen reader says.
        let label: String
        /// What stands under the image where the page is not one of the document's.
        let note: String?
        /// The title of the document that begins with the page.
        let begins: String?
        /// Whether the page is one of the document's own.
        let isOwn: Bool
        /// Whether something can be done with the page: it is one of the document's, or of none.
        let isFree: Bool
        let isChosen: Bool
    }

    struct TypeGroup: Sendable {
        let title: String
        let choices: [Choice]
    }

    struct Choice: Sendable {
        let value: String
        let title: String
        let isChosen: Bool
    }

    /// How many pages of other documents are shown on each side of the document's own.
    private static let neighbourCountMax = 12

    let sheets: [Sheet]
    /// How many pages of the file are not shown, before and behind; nil for none.
    let earlierCount: Int?
    let laterCount: Int?
    /// The version of the layout, which a change has to name.
    let layout: String
    let types: [TypeGroup]

    init(_ review: ReviewCase, catalog: DocumentTypeCatalog) {
        let layout = review.layout
        let id = review.record.id
        let order = PageStrip.order(layout.arrangement)
        let own = order.indices.filter { review.record.document.pages.contains(order[$0]) }
        let first = max(0, (own.first ?? 0) - PageStrip.neighbourCountMax)
        let end = min(order.count, (own.last ?? order.count) + 1 + PageStrip.neighbourCountMax)
        let shown = order[min(first, end)..<end]
        let handlings = Dictionary(layout.handlings.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        sheets = shown.map { number in
            PageStrip.sheet(
                number, handlings[number], layout, of: id, chosen: review.record.document.pages.first,
                catalog: catalog)
        }
        earlierCount = first == 0 ? nil : first
        laterCount = end == order.count ? nil : order.count - end
        self.layout = layout.version
        types = PageStrip.types(catalog, document: review.record.document)
    }

    /// The pages document by document; those that are in none stand before the next in number.
    private static func order(_ arrangement: PageArrangement) -> [Int] {
        arrangement.free.reduce(into: arrangement.parts.flatMap(\.pages)) { order, page in
            order.insert(page, at: order.firstIndex { $0 > page } ?? order.count)
        }
    }

    private static func sheet(
        _ number: Int, _ handling: PageHandling?, _ layout: FileLayout, of id: String, chosen: Int?,
        catalog: DocumentTypeCatalog
    ) -> Sheet {
        let part = layout.arrangement.parts.first { $0.pages.contains(number) }
        let isOwn = part?.documentID == id
        let document = part?.documentID.flatMap { layout.documents[$0] }
        let title = document.map { document in
            let title = DocumentTitles(document.type, catalog: catalog).title
            return isOwn ? "This document: \(title)" : "\(title), \(document.status.rawValue.replacing("_", with: " "))"
        }
        var note: String?
        if part == nil {
            let person = layout.arrangement.setAside[number]?.replacing("user:", with: "")
            note =
                person.map { "set aside by \($0)" }
                ?? (layout.arrangement.blank.contains(number) ? "blank" : "in no document")
        }
        return Sheet(
            number: number, image: handling?.image(inDocument: id),
            turn: handling?.turn ?? 0,
            label: "Page \(number), \(isOwn ? "this document" : title ?? note ?? "")", note: note,
            begins: part?.pages.first == number ? title : nil, isOwn: isOwn, isFree: isOwn || part == nil,
            isChosen: number == chosen)
    }

    private static func types(_ catalog: DocumentTypeCatalog, document: Document) -> [TypeGroup] {
        catalog.types.map { type in
            let subtypes = type.subtypes.map { subtype in
                Choice(
                    value: "\(type.name)/\(subtype.name)", title: "\(type.title): \(subtype.title)",
                    isChosen: document.type == type.name && document.subtype == subtype.name)
            }
            let isChosen = document.type == type.name && !subtypes.contains(where: \.isChosen)
            let title = subtypes.isEmpty ? type.title : "\(type.title), as its pages say"
            return TypeGroup(
                title: type.title, choices: [Choice(value: type.name, title: title, isChosen: isChosen)] + subtypes)
        }
    }
}
