package import Documents

/// What a reviewer says of one field.
package struct FieldEdit: Codable, Hashable, Sendable {
    package enum Change: Codable, Hashable, Sendable {
        /// The value is right as it stands.
        case confirm
        /// The value is what was typed, in any form that the field's kind can be printed in.
        case correct(String)
        /// Nothing of the kind is on the page.
        case remove
        /// The field is again what it was before an edit: its confidence, ink and other readings too.
        case restore(Field)
    }

    /// The place, counted in the document as the reviewer saw it (`claims[0].paid_amount`).
    ///
    /// `remove` also takes a whole row (`claims[0].service_lines[3]`).
    package var path: String
    package var change: Change
    /// The page, from 1 within the file, and the box of the ink, when the reviewer pointed at it.
    package var page: Int?
    package var box: Box?
    /// Whether it takes back or makes again that a person put a value where none stood.
    package var isOfOwn = false

    package init(path: String, change: Change, page: Int? = nil, box: Box? = nil) {
        self.path = path
        self.change = change
        self.page = page
        self.box = box
    }
}

/// What an edit did to one field, with the value before it: the audit keeps both.
package struct FieldChange: Codable, Hashable, Sendable {
    package var path: String
    /// The field before; nil when it was missing.
    package var from: Field?
    /// The field after; nil when it was removed.
    package var to: Field?
    /// Whether an earlier change was taken back.
    package var isRestored = false
    /// Whether a person put the value where none stood; that it goes again when they take it back says nothing of the page.
    package var isOfOwn = false

    package init(path: String, from: Field?, to: Field?) {
        self.path = path
        self.from = from
        self.to = to
    }

    /// Whether the value is another one, not only vouched for.
    package var isCorrection: Bool { from?.value != to?.value }
}
