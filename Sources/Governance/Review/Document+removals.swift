package import Documents

/// A value that a person took away from a document, as far as it is known again in a later reading.
package struct Removal: Hashable, Sendable {
    /// The place without rows: `claims.service_lines.paid_amount`.
    package var definition: String
    /// The page, from 1 within the file, and the ink there; nil where none is known.
    package var page: Int?
    package var box: Box?
    /// What stood there; nil where the value alone says nothing, for it was another document's.
    package var value: String?

    package init(definition: String, page: Int?, box: Box?, value: String?) {
        self.definition = definition
        self.page = page
        self.box = box
        self.value = value
    }

    /// Whether `located` is the value that was taken away: the same field from the same ink or, of a field that stands once
    /// in a document, with the same value, wherever it was found.
    ///
    /// Of rows and lists the value alone does not say which of two alike it was.
    package func isOf(_ located: LocatedField) -> Bool {
        guard located.path.definition == definition else { return false }
        if let page, let box, located.field.page == page, let found = located.field.box {
            let smaller = min(box.width * box.height, found.width * found.height)
            if box.overlapArea(found) > smaller / 2 { return true }
        }
        let standsOnce = located.path.steps.count == 1 && located.path.steps[0].index == nil
        return standsOnce && value == located.field.value.description
    }
}

extension Document {
    /// The document, as it was read anew, without the values that people took away; rows that hold nothing then go too.
    package func leavingOut(_ removals: [Removal]) -> Document {
        var changed = self
        let gone = locatedFields.filter { located in removals.contains { $0.isOf(located) } }
        // From the end, so that the places before stay what they are.
        for located in gone.sorted(by: { $0.path > $1.path }) { changed.remove(at: located.path) }
        if !gone.isEmpty { changed.dropEmptyRows() }
        return changed
    }
}
