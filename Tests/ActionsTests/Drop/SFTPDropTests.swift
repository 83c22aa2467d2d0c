import Actions
import Foundation
import TestSupport
import Testing

/// Against a real OpenSSH server on this machine.
@Suite(.serialized) struct SFTPDropTests {
    private static let name = "remittances-000000001.835"

    private func connector(_ server: SSHServer, key: String? = nil, timeoutSeconds: Double = 20) -> DropConnector {
        DropConnector(
            .sftp(
                SFTPDrop(
                    name: "clearinghouse", host: "127.0.0.1", port: server.port, user: NSUserName(),
                    folder: server.incoming.path, identityFile: key ?? server.userKey,
                    knownHostsFile: server.knownHosts, timeoutSeconds: timeoutSeconds)))
    }

    private func message(_ bytes: Data) -> OutgoingMessage {
        OutgoingMessage(idempotencyKey: Self.name, payload: bytes, attempt: 1, sentAt: Date(), correlationID: "C")
    }

    private func names(_ server: SSHServer) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: server.incoming.path)
    }

    @Test func aFileIsThereWholeAndOnce() async throws {
        let server = try await SSHServer()
        try await server.start()
        let connector = connector(server)
        let bytes = Data("ISA*00*\u{0}\u{FF}~".utf8)
        #expect(await connector.send(message(bytes)) == .delivered(status: nil, receipt: Self.name))
        #expect(try Data(contentsOf: server.incoming.appending(path: Self.name)) == bytes)
        #expect(
            await connector.send(message(bytes)) == .delivered(status: nil, receipt: "\(Self.name) was there already."))
        guard case .refused(_, let problem) = await connector.send(message(Data("other".utf8))) else {
            Issue.record("other bytes were taken")
            return
        }
        #expect(problem.contains("with other bytes"))
        #expect(try names(server) == [Self.name])
    }

    @Test func anUnknownServerGetsNothing() async throws {
        let server = try await SSHServer()
        try await server.start()
        try server.trust("other_host_key")
        guard case .refused(_, let problem) = await connector(server).send(message(Data("x".utf8))) else {
            Issue.record("the host key is another")
            return
        }
        #expect(problem.contains("host key is not the one"))
        try Data().write(to: URL(filePath: server.knownHosts))
        guard case .refused = await connector(server).send(message(Data("x".utf8))) else {
            Issue.record("the host key is not known")
            return
        }
        #expect(try names(server).isEmpty)
    }

    @Test func aKeyThatIsNotTakenAndAServerThatIsDownAreTriedAgain() async throws {
        let server = try await SSHServer()
        guard case .failed(_, let down) = await connector(server).send(message(Data("x".utf8))) else {
            Issue.record("nobody listens")
            return
        }
        #expect(down.contains("Connection refused"))
        try await server.start()
        let other = server.folder.url.appending(path: "other_user_key").path
        guard case .failed(_, let denied) = await connector(server, key: other).send(message(Data("x".utf8))) else {
            Issue.record("the key is another")
            return
        }
        #expect(denied.contains("Permission denied"))
    }

    /// The server dies while a file is on its way: nobody sees half of it, and the next attempt brings it whole.
    @Test func aServerKilledMidwayLeavesNoHalfFile() async throws {
        let server = try await SSHServer()
        try await server.start()
        let bytes = Data((0..<(48 << 20)).lazy.map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let connector = connector(server, timeoutSeconds: 60)
        async let outcome = connector.send(message(bytes))
        let unfinished = server.incoming.appending(path: ".\(Self.name).part")
        for _ in 0..<15_000 where !FileManager.default.fileExists(atPath: unfinished.path) {
            try await Task.sleep(for: .milliseconds(2))
        }
        try server.kill()
        guard case .failed = await outcome else {
            Issue.record("the server was killed")
            return
        }
        #expect(try !names(server).contains(Self.name))
        try await server.start()
        #expect(await connector.send(message(bytes)) == .delivered(status: nil, receipt: Self.name))
        #expect(try Data(contentsOf: server.incoming.appending(path: Self.name)) == bytes)
        #expect(try names(server) == [Self.name])
    }
}
