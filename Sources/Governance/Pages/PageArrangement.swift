/// Which document of a file each of its pages is in, and what a person may change of it.
///
/// A pure value: each page that is not blank is in exactly one document, or a named person set it aside. No operation
/// loses or doubles one.
package struct PageArrangement: Hashable, Sendable {
    /// Why a document's pages may not be touched.
    package enum Lock: Hashable, Sendable {
        /// It was accepted or refused.
        case settled
        /// Another person works on it.
        case held(by: String)
        /// It waits in a queue, named here, that the person does not work.
        case otherQueue(String)
        /// A page of it is being read again.
        case beingRead
    }

    /// One document.
    package struct Part: Hashable, Sendable {
        /// Nil for a document that an operation has just made.
        package var documentID: String?
        /// In the order in which they are read, from 1 within the file.
        package var pages: [Int]
        package var lock: Lock?

        package init(documentID: String?, pages: [Int], lock: Lock? = nil) {
            self.documentID = documentID
            self.pages = pages
            self.lock = lock
        }
    }

    /// The documents, in the order of their lowest pages.
    package internal(set) var parts: [Part]
    /// Who set a page aside, by page.
    package internal(set) var setAside: [Int: String]
    /// Pages on which nothing is and that are in no document.
    package internal(set) var blank: Set<Int>
    package let pageCount: Int

    package init(parts: [Part], setAside: [Int: String] = [:], blank: Set<Int> = [], pageCount: Int) {
        self.parts = parts
        self.setAside = setAside
        self.blank = blank
        self.pageCount = pageCount
        sort()
    }

    mutating func sort() {
        parts.sort { ($0.pages.min() ?? .max) < ($1.pages.min() ?? .max) }
    }

    /// The pages that are in no document, in order.
    package var free: [Int] {
        let taken = Set(parts.flatMap(\.pages))
        return (1..<pageCount + 1).filter { !taken.contains($0) }
    }

    /// The pages that nobody answers for: in no document, not blank, set aside by nobody.
    package var unaccounted: [Int] { free.filter { setAside[$0] == nil && !blank.contains($0) } }

    /// Whether no page is in two places, each is a page of the file, and no document is without pages.
    package var isSound: Bool {
        let taken = parts.flatMap(\.pages)
        let pages = Set(taken)
        return pages.count == taken.count && pages.allSatisfy { 1...max(1, pageCount) ~= $0 }
            && pages.isDisjoint(with: setAside.keys) && pages.isDisjoint(with: blank)
            && parts.allSatisfy { !$0.pages.isEmpty }
    }

    /// Whether the documents follow one another as the file's pages do, with nothing between them but blank pages: what
    /// can be learned from as a stream.
    package var isStream: Bool {
        let taken = parts.flatMap(\.pages)
        return isSound && setAside.isEmpty && unaccounted.isEmpty && taken == taken.sorted()
    }
}

extension PageArrangement.Lock: CustomStringConvertible {
    /// A sentence for the person, about the document beside theirs.
    package var description: String {
        switch self {
        case .settled: "It is settled: its pages stay as they are."
        case .held(let person): "\(person.replacing("user:", with: "")) works on it: wait until it is given back."
        case .otherQueue(let title): "It waits in the queue “\(title)”, which your role does not work."
        case .beingRead: "A page of it is being read again in its new direction: wait a moment."
        }
    }
}
