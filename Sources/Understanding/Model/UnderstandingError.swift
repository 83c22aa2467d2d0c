/// Why understanding cannot be had.
package struct UnderstandingError: Error, CustomStringConvertible, Sendable {
    package enum Code: Sendable {
        /// There is no model where one was looked for.
        case noModel
        /// The model is torn or of another version.
        case badModel
        /// The model could not be written.
        case notSaved
        /// A confirmed document's layout could not be remembered.
        case notLearned
    }

    package let code: Code
    /// What is wrong, where, and what to do.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
