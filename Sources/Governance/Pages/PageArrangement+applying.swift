extension PageArrangement {
    /// The arrangement after `person`, who works on the document `id`, did `operation`.
    ///
    /// Throws `pagesRefused` with a sentence that says why not.
    package func applying(
        _ operation: PageOperation, to id: String, by person: String
    ) throws(GovernanceError) -> PageArrangement {
        guard let own = parts.firstIndex(where: { $0.documentID == id }) else {
            throw PageArrangement.refused("The document has no pages of this file any more. Open another task.")
        }
        var changed = self
        switch operation {
        case .split(let page): try changed.split(own, before: page)
        case .merge(let side):
            let other = try free(side, of: own)
            changed.parts[own].pages =
                side == .next
                ? parts[own].pages + parts[other].pages : parts[other].pages + parts[own].pages
            changed.parts.remove(at: other)
        case .move(let page, let side): try changed.move(page, from: own, to: side)
        case .shift(let page, let side): try changed.shift(page, of: own, side)
        case .setAside(let page):
            try changed.take(page, from: own, orElse: "Refuse the document instead, as no document.")
            changed.setAside[page] = person
        case .takeIn(let page): try changed.takeIn(page, to: own)
        }
        changed.sort()
        guard changed.isSound, Set(changed.unaccounted).isSubset(of: unaccounted) else {
            throw PageArrangement.refused(
                "A page would be lost or counted twice. Load the page again; when it comes again, tell an administrator."
            )
        }
        return changed
    }

    private mutating func split(_ own: Int, before page: Int) throws(GovernanceError) {
        let place = try place(of: page, in: own)
        guard place > 0 else {
            throw PageArrangement.refused(
                "Page \(page) is the first page of the document. Choose the page that the next document begins with.")
        }
        let pages = parts[own].pages
        parts[own].pages = Array(pages[..<place])
        parts.append(Part(documentID: nil, pages: Array(pages[place...])))
    }

    private mutating func move(
        _ page: Int, from own: Int, to side: PageOperation.Side
    ) throws(GovernanceError) {
        let other = try free(side, of: own)
        try take(page, from: own, orElse: "Merge the documents instead.")
        parts[other].pages.insert(page, at: side == .next ? 0 : parts[other].pages.count)
    }

    private mutating func shift(
        _ page: Int, of own: Int, _ side: PageOperation.Side
    ) throws(GovernanceError) {
        let place = try place(of: page, in: own)
        let other = side == .next ? place + 1 : place - 1
        guard parts[own].pages.indices.contains(other) else {
            throw PageArrangement.refused(
                "Page \(page) is the \(side == .next ? "last" : "first") page of the document already.")
        }
        parts[own].pages.swapAt(place, other)
    }

    private mutating func takeIn(_ page: Int, to own: Int) throws(GovernanceError) {
        guard free.contains(page) else {
            throw PageArrangement.refused(
                "Page \(page) is not a page that is in no document. Choose one that is blank or set aside.")
        }
        setAside[page] = nil
        blank.remove(page)
        let place = parts[own].pages.firstIndex { $0 > page } ?? parts[own].pages.count
        parts[own].pages.insert(page, at: place)
    }

    /// Takes a page out of a document that has others; `advice` says what to do where it has none.
    private mutating func take(
        _ page: Int, from own: Int, orElse advice: String
    ) throws(GovernanceError) {
        let place = try place(of: page, in: own)
        guard parts[own].pages.count > 1 else {
            throw PageArrangement.refused("Page \(page) is the only page of the document. \(advice)")
        }
        parts[own].pages.remove(at: place)
    }

    private func place(of page: Int, in own: Int) throws(GovernanceError) -> Int {
        guard let place = parts[own].pages.firstIndex(of: page) else {
            throw PageArrangement.refused("Page \(page) is not a page of this document. Choose one of its pages.")
        }
        return place
    }

    /// The place of the document beside, which nothing keeps from being changed.
    private func free(_ side: PageOperation.Side, of own: Int) throws(GovernanceError) -> Int {
        let other = side == .next ? own + 1 : own - 1
        guard parts.indices.contains(other) else {
            throw PageArrangement.refused(
                side == .next
                    ? "This is the last document of the file: none comes after it."
                    : "This is the first document of the file: none comes before it.")
        }
        if let lock = parts[other].lock {
            throw PageArrangement.refused("The \(side.rawValue) document cannot be changed. \(lock)")
        }
        return other
    }

    private static func refused(_ sentence: String) -> GovernanceError {
        GovernanceError(.pagesRefused, sentence)
    }
}
