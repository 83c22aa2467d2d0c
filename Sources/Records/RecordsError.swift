/// What the store could not do, and why.
package struct RecordsError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// What was asked for is not in the store.
        case notFound
        /// Something with the same identity is already there.
        case duplicate
        /// The record was changed by somebody else since it was read.
        case versionConflict
        /// The lease ran out and somebody else holds the work now, or it is done.
        case leaseLost
        /// The record is in a state that does not allow the change.
        case wrongState
        /// The store was made by a newer version of the program.
        case newerStore
        /// Stored data does not have the form that it must have.
        case damagedStore
        /// Bytes do not have the SHA-256 that they should have.
        case custodyMismatch
        /// A file or folder of the store could not be read or written.
        case fileSystem
        /// The database refused a statement.
        case database
    }

    package let code: Code
    /// A sentence that says what failed, where, and what to do.
    package let problem: String
    package let underlying: (any Error)?

    package init(_ code: Code, _ problem: String, underlying: (any Error)? = nil) {
        self.code = code
        self.problem = problem
        self.underlying = underlying
    }

    package var description: String {
        underlying.map { "\(problem) (\($0))" } ?? problem
    }
}
