import CNATS
import Foundation

/// A connection to a NATS server, through nats.c: one thread at a time uses it, and its calls block.
final class NATSConnection {
    private let connection: OpaquePointer
    private let jetStream: OpaquePointer

    /// Connects; throws `NATSProblem`.
    init(_ server: NATSServer) throws(NATSProblem) {
        var options: OpaquePointer?
        try NATSConnection.check(natsOptions_Create(&options), "prepare")
        defer { natsOptions_Destroy(options) }
        try NATSConnection.fill(options, for: server)
        var connection: OpaquePointer?
        try NATSConnection.check(natsConnection_Connect(&connection, options), "connect")
        var jetStream: OpaquePointer?
        let status = natsConnection_JetStream(&jetStream, connection, nil)
        guard status == NATS_OK, let connection, let jetStream else {
            natsConnection_Destroy(connection)
            throw NATSProblem(status, "use JetStream")
        }
        self.connection = connection
        self.jetStream = jetStream
    }

    deinit {
        jsCtx_Destroy(jetStream)
        natsConnection_Destroy(connection)
    }

    var isClosed: Bool { natsConnection_IsClosed(connection) }

    /// Publishes and waits until a stream has the message; `id` is that by which the server knows a repetition.
    ///
    /// Gives what the server answered; throws `NATSProblem`.
    func publish(
        _ payload: Data, to subject: String, id: String, contentType: String, timeoutSeconds: Double
    ) throws(NATSProblem) -> String {
        var message: OpaquePointer?
        let made = payload.withUnsafeBytes { bytes in
            natsMsg_Create(
                &message, subject, nil, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
        }
        try NATSConnection.check(made, "write the message")
        defer { natsMsg_Destroy(message) }
        try NATSConnection.check(natsMsgHeader_Set(message, "Content-Type", contentType), "write the message")
        var answer: UnsafeMutablePointer<jsPubAck>?
        var code = jsErrCode(0)
        let status = id.withCString { id in
            var options = jsPubOptions()
            jsPubOptions_Init(&options)
            options.MsgId = id
            options.MaxWait = Int64(timeoutSeconds * 1000)
            return js_PublishMsg(&answer, jetStream, message, &options, &code)
        }
        try NATSConnection.check(status, "publish to '\(subject)'")
        defer { jsPubAck_Destroy(answer) }
        guard let answer = answer?.pointee else { return "" }
        let stream = answer.Stream.map { String(cString: $0) } ?? ""
        return "stream \(stream), sequence \(answer.Sequence)" + (answer.Duplicate ? ", had it already" : "")
    }

    private static func fill(_ options: OpaquePointer?, for server: NATSServer) throws(NATSProblem) {
        try check(natsOptions_SetURL(options, server.url), "use the address")
        try check(natsOptions_SetName(options, "Mailroom"), "prepare")
        try check(natsOptions_SetTimeout(options, Int64(server.timeoutSeconds * 1000)), "prepare")
        // The outbox says when to try again, with a new connection.
        try check(natsOptions_SetAllowReconnect(options, false), "prepare")
        if server.isEncrypted { try check(natsOptions_SetSecure(options, true), "use TLS") }
        if let certificates = server.certificates {
            try check(natsOptions_SetCATrustedCertificates(options, certificates), "use the certificates")
        }
        if let file = server.credentialsFile {
            try check(natsOptions_SetUserCredentialsFromFiles(options, file, nil), "use the credentials")
        }
        if let token = server.token { try check(natsOptions_SetToken(options, token), "use the token") }
    }

    private static func check(_ status: natsStatus, _ what: String) throws(NATSProblem) {
        guard status == NATS_OK else { throw NATSProblem(status, what) }
    }
}

/// What the NATS library could not do, in its words.
struct NATSProblem: Error, Hashable, Sendable {
    let sentence: String

    init(_ status: natsStatus, _ what: String) {
        let words = natsStatus_GetText(status).map { String(cString: $0) } ?? "status \(status.rawValue)"
        sentence =
            status == NATS_NO_RESPONDERS
            ? "Could not \(what): no stream of JetStream has the subject." : "Could not \(what): \(words)."
    }
}
