/// What taking accounts into the books did.
package struct AccountImport: Sendable, Hashable {
    package var added = 0
    /// Known before, and otherwise now or open again.
    package var changed = 0
    package var unchanged = 0
    /// Open before, and not among those taken in.
    package var closed = 0

    package init(added: Int = 0, changed: Int = 0, unchanged: Int = 0, closed: Int = 0) {
        self.added = added
        self.changed = changed
        self.unchanged = unchanged
        self.closed = closed
    }
}
