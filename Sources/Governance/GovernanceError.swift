/// Why policy or a review rule refuses something.
package struct GovernanceError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// One or more edits cannot be applied; `problems` says which and why.
        case editRefused
        /// Another person holds the review task.
        case taskHeldByAnother
        /// Nobody holds the review task, and the event needs a holder.
        case taskNotHeld
        /// The review task is settled and changes no more.
        case taskDone
        /// The lease has not run out yet.
        case leaseStillRuns
        /// Somebody else asked the question, or was asked it.
        case questionOfAnother
        /// The question was answered, withdrawn or ended otherwise.
        case questionOver
        /// What was asked for cannot be done with these pages.
        case pagesRefused
        /// A policy or approval matrix cannot be used; `problems` has every reason with its line.
        case policyUnusable
        /// Nobody said why, or at too great length.
        case reasonNeeded
        /// What was asked for cannot become of a proposed policy or approval matrix now.
        case activationRefused
        /// A person, or another person, has to do this.
        case personNeeded
        /// A change of an account would lock the house out.
        case peopleRefused
        /// A key of a double-blind field, or a decision between two, that its rules do not allow.
        case keyRefused
        /// A step of work on a denial or request that its state does not allow.
        case workRefused
        /// The approval is decided, withdrawn or expired.
        case approvalOver
        /// The person may not decide on the approval, or take it back.
        case notYourDecision
        /// Something else is asked for than the person looked at.
        case contentChanged
        /// Authority cannot be delegated like this.
        case delegationRefused
    }

    /// What is wrong with one edit.
    package struct Problem: Codable, Hashable, Sendable {
        /// The path as the caller gave it.
        package var path: String
        /// What was typed and what is expected, for the person who typed it.
        ///
        /// Holds patients' data: not for logs.
        package var sentence: String

        package init(path: String, sentence: String) {
            self.path = path
            self.sentence = sentence
        }
    }

    package var code: Code
    package var description: String
    package var problems: [Problem]

    package init(_ code: Code, _ description: String, problems: [Problem] = []) {
        self.code = code
        self.description = description
        self.problems = problems
    }
}
