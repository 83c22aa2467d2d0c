/// Why a file of accounts is of no use as a whole: a sentence that says what is wrong, where, and what to do.
package struct AccountFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
