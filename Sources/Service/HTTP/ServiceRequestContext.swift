package import Hummingbird
import Logging
import NIOCore

/// What is known of one request on its way to its handler.
package struct ServiceRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Who asks; nil until a middleware has found out.
    package var caller: Caller?
    /// The browser session that the request belongs to.
    package var session: SignedInSession?
    /// The address of the other end of the connection; nil in tests that have none.
    package let remoteAddress: String?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress?.ipAddress
    }
}
