import Actions
import Foundation
import Settings
import TestSupport
import Testing

/// NATS JetStream with a real nats-server of Debian.
@Suite(.timeLimit(.minutes(2)))
struct NATSTests {
    private static let executable = URL(filePath: "/usr/sbin/nats-server")

    private let folder: TemporaryFolder
    private let port = LoopbackPort.free()

    init() throws { folder = try TemporaryFolder() }

    private func start() throws -> ServerProcess {
        try ServerProcess(
            Self.executable,
            ["-a", "127.0.0.1", "-p", "\(port)", "-js", "-sd", folder.url.appending(path: "data").path],
            output: folder.url.appending(path: "log"))
    }

    /// What a command of the protocol's text answers (docs.nats.io, "NATS protocol"), as JSON.
    private func ask(_ subject: String, _ body: String) async throws -> [String: Any] {
        let script = """
            import json, socket, sys
            connection = socket.create_connection(("127.0.0.1", \(port)), 5)
            lines = connection.makefile("rb")
            lines.readline()
            body = sys.argv[2].encode()
            connection.sendall(b'CONNECT {"verbose":false}\\r\\nSUB answer 1\\r\\nPUB %s answer %d\\r\\n%s\\r\\n'
                % (sys.argv[1].encode(), len(body), body))
            while True:
                line = lines.readline().split()
                if not line: sys.exit(1)
                if line[0] == b"MSG":
                    print(lines.read(int(line[-1])).decode())
                    break
            """
        let run = try await runProgram(URL(filePath: "/usr/bin/python3"), ["-c", script, subject, body])
        return try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any] ?? [:]
    }

    private func ready() async throws {
        for _ in 0..<600 {
            if let answer = try? await ask("$JS.API.INFO", ""), answer["streams"] != nil { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("nats-server did not start to listen.")
    }

    private func publisher() -> NATSPublisher {
        NATSPublisher(NATSServer(name: "events", url: "nats://127.0.0.1:\(port)", timeoutSeconds: 1))
    }

    private func message(_ key: String, by publisher: NATSPublisher) throws -> OutgoingMessage {
        OutgoingMessage(
            idempotencyKey: key, payload: try publisher.payload(for: ActionsExample.event(), key: key), attempt: 1,
            sentAt: Date(), correlationID: "C")
    }

    @Test func everyMessageIsThereOnceThoughTheServerDiesInTheMiddle() async throws {
        var server = try start()
        defer { server.kill() }
        try await ready()
        let created = try await ask(
            "$JS.API.STREAM.CREATE.MAILROOM", #"{"name":"MAILROOM","subjects":["mailroom.>"],"storage":"file"}"#)
        #expect(created["error"] == nil)
        let publisher = publisher()
        var failures = 0
        for number in 0..<60 {
            if number == 20 || number == 40 { server.kill() }
            if number == 22 || number == 43 {
                server = try start()
                try await ready()
            }
            let message = try message("K\(number)", by: publisher)
            if case .delivered = await publisher.send(message) {} else { failures += 1 }
            // What a sender that died before it could settle does.
            if number % 3 == 0 { _ = await publisher.send(message) }
        }
        #expect(failures > 0, "the server was gone for a while")
        for number in 0..<60 {
            guard case .delivered(_, let receipt) = await publisher.send(try message("K\(number)", by: publisher))
            else {
                Issue.record("K\(number) was not taken")
                continue
            }
            #expect(receipt.hasPrefix("stream MAILROOM, sequence "))
        }
        let info = try await ask("$JS.API.STREAM.INFO.MAILROOM", #"{"subjects_filter":">"}"#)
        let state = try #require(info["state"] as? [String: Any])
        #expect(state["messages"] as? Int == 60)
        #expect(state["subjects"] as? [String: Int] == ["mailroom.document.accepted.v1": 60])
        let last = try await ask("$JS.API.STREAM.MSG.GET.MAILROOM", #"{"seq":1}"#)
        let stored = try #require(last["message"] as? [String: Any])
        let headers = try #require(Data(base64Encoded: stored["hdrs"] as? String ?? ""))
        #expect(String(decoding: headers, as: UTF8.self).contains("Nats-Msg-Id: K0"))
    }

    @Test func aServerWithoutAStreamForItIsTriedAgainLater() async throws {
        let server = try start()
        defer { server.kill() }
        try await ready()
        let publisher = publisher()
        let outcome = await publisher.send(try message("K", by: publisher))
        guard case .failed(nil, let problem) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(problem.contains("no stream of JetStream"))
    }

    @Test func patientsDataIsNotSentInPlainTextUnasked() throws {
        func refusal(_ entry: String) -> String? {
            do {
                _ = try ActionsExample.rules("nats:\n  - {name: events, \(entry)}\nrules: []\n", environment: [:])
                return nil
            } catch {
                return error.problem
            }
        }
        #expect(refusal("url: \"nats://10.0.0.1:4222\"")?.contains("plain text") == true)
        #expect(refusal("url: \"nats://10.0.0.1:4222\", private_addresses: allow") == nil)
        #expect(refusal("url: \"tls://nats.example:4222\"") == nil)
        #expect(refusal("url: \"tls://me:word@nats.example:4222\"")?.contains("without name") == true)
        #expect(refusal("url: \"tls://nats.example\", prefix: \"a b\"")?.contains("prefix") == true)
        #expect(refusal("url: \"tls://nats.example\", token_from: {environment: T}")?.contains("T is not set") == true)
    }
}
