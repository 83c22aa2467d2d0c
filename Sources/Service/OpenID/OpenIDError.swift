import HTTPTypes

/// Why nobody could be signed in through the provider.
struct OpenIDError: Error, Hashable, Sendable {
    enum Code: String, Sendable {
        /// The provider does not answer, or not in time.
        case unreachable
        /// The provider, or Mailroom's settings for it, are not as they should be.
        case misconfigured
        /// The provider did not let the person in.
        case denied
        /// The sign-in ran out, was used before, or was begun in another browser.
        case stale
        /// What the provider sent proves nothing.
        case untrusted
        /// None of the person's groups has a role.
        case noRole = "no_role"
        /// The person's account is disabled here.
        case disabled
    }

    let code: Code
    /// A sentence for the operator's log, without anything about the person.
    let cause: String

    init(_ code: Code, _ cause: String) {
        self.code = code
        self.cause = cause
    }

    /// A sentence for the person who wants to sign in.
    var sentence: String {
        switch code {
        case .unreachable:
            "The sign-in service does not answer. Try again in a minute; if it stays so, tell your administrator."
        case .misconfigured:
            "Mailroom and the sign-in service do not fit together. Tell your administrator: the log says what is wrong."
        case .denied: "The sign-in service did not let you in. Try again, or ask who looks after it."
        case .stale: "The sign-in took too long, was used already, or began in another browser. Try again."
        case .untrusted:
            "What the sign-in service sent proves nothing, so nobody was signed in. Try again; if it stays so, tell your administrator: the log says what is wrong."
        case .noRole: "None of your groups has a role in Mailroom. Ask your administrator for one."
        case .disabled: "Your account in Mailroom is disabled. Ask your administrator."
        }
    }

    var status: HTTPResponse.Status {
        switch code {
        case .unreachable, .misconfigured: .serviceUnavailable
        case .denied, .untrusted: .unauthorized
        case .stale: .badRequest
        case .noRole, .disabled: .forbidden
        }
    }
}
