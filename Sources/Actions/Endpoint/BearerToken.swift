/// The token that a call carries (RFC 6750); its description is empty of it, so that it reaches no log.
package struct BearerToken: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The value of the header `authorization`.
    let header: String

    /// Nil for a text that is no token: empty, or with other signs than RFC 6750, 2.1, allows.
    package init?(_ text: String) {
        guard text.wholeMatch(of: /[A-Za-z0-9\-._~+\/]+=*/) != nil else { return nil }
        header = "Bearer \(text)"
    }

    package var description: String { "Bearer …" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
