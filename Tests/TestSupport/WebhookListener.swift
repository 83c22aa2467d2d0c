package import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server on loopback that keeps what it is sent and answers as a test says.
package final class WebhookListener: Sendable {
    package struct Call: Sendable {
        package var method: String
        package var uri: String
        /// By lower-case name.
        package var headers: [String: String]
        package var body: Data
    }

    package enum Answer: Sendable {
        case status(Int, headers: [String: String] = [:], body: String = "")
        /// Says nothing and keeps the connection.
        case silence
        /// A head, then a body that never ends.
        case endlessBody
    }

    private final class Ledger: Sendable {
        let calls = Mutex<[Call]>([])
    }

    private let ledger = Ledger()
    private let channel: any Channel

    /// Listens on a free port; `answer` is given each call and its number, from 1.
    package init(answer: @escaping @Sendable (Call, Int) -> Answer) async throws {
        let record: @Sendable (Call) -> Answer = { [ledger] call in
            let number = ledger.calls.withLock {
                $0.append(call)
                return $0.count
            }
            return answer(call, number)
        }
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(CallHandler(record: record))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    package convenience init(status: Int) async throws {
        try await self.init { _, _ in .status(status) }
    }

    package var port: Int { channel.localAddress?.port ?? 0 }
    package var received: [Call] { ledger.calls.withLock { $0 } }

    package func stop() async throws { try await channel.close() }
}

private final class CallHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let record: @Sendable (WebhookListener.Call) -> WebhookListener.Answer
    private var call = WebhookListener.Call(method: "", uri: "", headers: [:], body: Data())

    init(record: @escaping @Sendable (WebhookListener.Call) -> WebhookListener.Answer) { self.record = record }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let headers = head.headers.map { ($0.name.lowercased(), $0.value) }
            call = WebhookListener.Call(
                method: head.method.rawValue, uri: head.uri,
                headers: Dictionary(headers, uniquingKeysWith: { first, _ in first }), body: Data())
        case .body(let part):
            call.body += Data(part.readableBytesView)
        case .end:
            answer(record(call), context)
        }
    }

    private func answer(_ answer: WebhookListener.Answer, _ context: ChannelHandlerContext) {
        switch answer {
        case .silence: break
        case .endlessBody:
            write(.head(.init(version: .http1_1, status: .ok)), context)
            writeEndlessly(context)
        case .status(let status, let headers, let body):
            let fields = HTTPHeaders(headers.map { ($0.key, $0.value) } + [("content-length", "\(body.utf8.count)")])
            write(.head(.init(version: .http1_1, status: .init(statusCode: status), headers: fields)), context)
            write(.body(.byteBuffer(ByteBuffer(string: body))), context)
            write(.end(nil), context)
        }
    }

    private func writeEndlessly(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        write(.body(.byteBuffer(ByteBuffer(repeating: UInt8(ascii: "x"), count: 10))), context)
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(5)) { self.writeEndlessly(context) }
    }

    private func write(_ part: HTTPServerResponsePart, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(part), promise: nil)
    }
}
