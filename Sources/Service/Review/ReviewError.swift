/// Why a step of a review cannot be made.
package struct ReviewError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// There is no such task, document or layout.
        case notFound
        /// The role may not work the task's queue.
        case notAllowed
        /// Another person works on the task, or it is settled, or its lease went to another.
        case taken
        /// The document or the task changed since the reviewer loaded it.
        case changedMeanwhile
        /// A rejection, or the forgetting of a layout, without a reason.
        case noReason
        /// The document's type or pages cannot be changed in this way.
        case notPossible
    }

    package let code: Code
    /// A sentence for the reviewer.
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    static let changedMeanwhile = ReviewError(
        .changedMeanwhile,
        "The document changed since you opened it. It is shown as it is now: make your changes again.")
}
