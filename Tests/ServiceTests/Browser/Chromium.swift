import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Headless Chromium, spoken to through chromedriver over HTTP (W3C WebDriver).
final class Chromium: BrowserDriver {
    private let process: HelperProcess
    private let session: String

    init() async throws {
        let process = try HelperProcess(
            URL(filePath: "/usr/bin/chromedriver"), ["--port=0"], called: "chromedriver", from: "chromium-driver")
        self.process = process
        do {
            let port = try await process.said { text in
                text.firstMatch(of: /started successfully on port (\d+)/).flatMap { Int($0.output.1) }
            }
            session = try await Chromium.begin("http://127.0.0.1:\(port)/session")
        } catch {
            process.end()
            throw error
        }
    }

    func carryOut(_ command: BrowserCommand) async throws -> Any? {
        switch command {
        case .open(let url): try await send("url", ["url": url])
        case .address: try await Chromium.send(.GET, "\(session)/url", nil)
        case .run(let script): try await send("execute/sync", ["script": script, "args": [String]()])
        case .find(let selector): try await send("element", ["using": "css selector", "value": selector])
        case .click(let element): try await send("element/\(element)/click", [:])
        case .type(let text, let element): try await send("element/\(element)/value", ["text": text])
        case .perform(let actions): try await send("actions", ["actions": actions])
        }
    }

    func darken() async throws {
        let dark = ["features": [["name": "prefers-color-scheme", "value": "dark"]]]
        _ = try await send("goog/cdp/execute", ["cmd": "Emulation.setEmulatedMedia", "params": dark])
    }

    func setOffline(_ isOffline: Bool) async throws {
        let conditions: [String: Any] = ["offline": isOffline, "latency": 0, "throughput": 10_000_000]
        _ = try await send("chromium/network_conditions", ["network_conditions": conditions])
    }

    func complaints() async throws -> [String] {
        let entries = try await send("se/log", ["type": "browser"]) as? [[String: Any]] ?? []
        // That site data were cleared at sign-out is news, no complaint.
        return entries.filter { $0["level"] as? String != "INFO" }.compactMap { $0["message"] as? String }
    }

    func end() async {
        _ = try? await Chromium.send(.DELETE, session, nil)
        process.end()
    }

    private func send(_ path: String, _ body: [String: Any]) async throws -> Any? {
        try await Chromium.send(.POST, "\(session)/\(path)", body)
    }

    /// The address of a new session.
    private static func begin(_ address: String) async throws -> String {
        // A page that glides is elsewhere by the time that a test has measured it and clicks.
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1500,1000",
            "--force-prefers-reduced-motion",
        ]
        let capabilities: [String: Any] = [
            "browserName": "chrome", "goog:chromeOptions": ["args": arguments],
            "goog:loggingPrefs": ["browser": "ALL"],
        ]
        let value = try await send(.POST, address, ["capabilities": ["alwaysMatch": capabilities]])
        guard let session = (value as? [String: Any])?["sessionId"] as? String else {
            throw Browser.Failure(description: "chromedriver began no session.")
        }
        return "\(address)/\(session)"
    }

    /// Sends a command and gives its `value`; throws what chromedriver says went wrong.
    private static func send(_ method: HTTPMethod, _ url: String, _ body: [String: Any]?) async throws -> Any? {
        var request = HTTPClientRequest(url: url)
        request.method = method
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(data: try JSONSerialization.data(withJSONObject: body)))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 32 << 20)
        let answer = try JSONSerialization.jsonObject(with: Data(buffer: bytes)) as? [String: Any]
        guard response.status == .ok else {
            let error = answer?["value"] as? [String: Any]
            throw Browser.Failure(
                description: error?["message"] as? String ?? "chromedriver answered \(response.status).")
        }
        return answer?["value"]
    }
}
