/// What went wrong in the running service, where, and what to do about it.
package struct ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// The file that was handed in has no bytes.
        case emptyFile
        /// The file that was handed in is larger than the limit.
        case fileTooLarge
        /// The file that was handed in is of no kind that Mailroom reads.
        case unknownFileKind
        /// The file that was handed in ends before its own format says that it ends.
        case tornFile
        /// Another running Mailroom holds the store or the folder.
        case alreadyRunning
        /// A file or folder could not be opened, moved, read or written.
        case fileSystem
        /// A file changed while it was being taken in.
        case changedWhileTaken
        /// Something that the store should hold is not there.
        case missing
    }

    package let code: Code
    /// A sentence for a person.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
