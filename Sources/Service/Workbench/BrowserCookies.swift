import Hummingbird

/// The cookies that the workbench gives a browser: out of reach of scripts, and not sent along from other sites' forms.
///
/// Behind TLS their names begin with `__Host-`, which browsers keep from neighbouring hosts and plain connections
/// (RFC 6265bis, 4.1.3.2).
struct BrowserCookies: Sendable {
    enum Name: String {
        /// The session of who is signed in.
        case session = "mailroom_session"
        /// A random word that the sign-in form repeats: a form from another site cannot know it.
        case signInForm = "mailroom_sign_in"
        /// A sign-in on its way through the OpenID provider.
        case openID = "mailroom_openid"
    }

    private let isSecure: Bool

    init(_ settings: ServiceSettings) { isSecure = settings.isBehindTLS }

    /// What the browser sent back; nil when it has none.
    func value(_ name: Name, of request: Request) -> String? { request.cookies[text(name)]?.value }

    /// The cookie to set; 0 seconds takes it away.
    func cookie(_ name: Name, _ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: text(name), value: value, maxAge: seconds, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .lax)
    }

    private func text(_ name: Name) -> String { (isSecure ? "__Host-" : "") + name.rawValue }
}

extension ServiceSettings {
    /// Whether people reach the service through TLS, which a proxy before it speaks.
    var isBehindTLS: Bool { externalURL?.hasPrefix("https:") == true }
}
