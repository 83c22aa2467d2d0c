/// Why learning, or drawing what to learn from, could not go on.
package struct LearningError: Error, CustomStringConvertible, Sendable {
    package enum Code: Sendable {
        /// A word list of the corpus is missing or empty.
        case wordListMissing
        /// A drawn text is not a value of the field it was drawn for.
        case badDrawing
        /// An example from outside cannot be learned from.
        case badExample
        /// There are no documents to learn from.
        case noExamples
        /// There is no model to put into service.
        case noCandidate
        /// The candidate was not found better than the model in service.
        case notBetter
        /// A file of the corpus could not be written or read.
        case file
    }

    package let code: Code
    /// What is wrong, where, and what to do.
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
