/// Why a file cannot be read at all.
package struct ReadingError: Error, Codable, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure, one a remedy.
    package enum Code: String, Codable, Sendable, CaseIterable {
        /// The file has no bytes.
        case empty
        /// The bytes are of no kind that is read.
        case unknownKind
        /// The end of the file is missing.
        case torn
        /// The file opens only with a password.
        case encrypted
        /// The file is whole but its structure cannot be followed.
        case damaged
        /// The file has more bytes than the limit.
        case tooLarge
        /// The file has more pages than the limit.
        case tooManyPages
        /// No reader process could be started: the fault is the installation's, not the file's.
        case readerFailed
    }

    package let code: Code
    /// A sentence for a person: what is wrong and what to do.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
