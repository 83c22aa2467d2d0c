/// Why an account or key cannot be made, or nobody can sign in with what was given.
package struct AccountError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// The name has other characters than it may, or none.
        case badName
        case nameTaken
        /// A queue or facility that is none.
        case badReach
        /// The password is too short or too long.
        case badPassword
        /// Name and password do not belong together.
        case refused
        /// Too many failures: `retryAfterSeconds` says how long to wait.
        case throttled
    }

    package let code: Code
    /// A sentence for the person who gave it.
    package let description: String
    package let retryAfterSeconds: Int?

    init(_ code: Code, _ description: String, retryAfterSeconds: Int? = nil) {
        self.code = code
        self.description = description
        self.retryAfterSeconds = retryAfterSeconds
    }
}
