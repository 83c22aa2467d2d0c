import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import TestSupport

/// A headless Chromium, driven over the WebDriver protocol (w3.org/TR/webdriver2) by Debian's chromedriver.
final class Browser: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let driver: DriverProcess
    private let address: String
    private let session: String

    private init(driver: DriverProcess, address: String, session: String) {
        self.driver = driver
        self.address = address
        self.session = session
    }

    /// Runs `body` with a browser of its own, which is ended afterwards.
    static func run<Value>(_ body: (Browser) async throws -> Value) async throws -> Value {
        let driver = try DriverProcess()
        defer { driver.end() }
        let address = "http://127.0.0.1:\(try await driver.port())"
        let browser = Browser(driver: driver, address: address, session: try await begin(address))
        let result: Result<Value, any Error>
        do { result = .success(try await body(browser)) } catch { result = .failure(error) }
        _ = try? await send(.DELETE, "\(address)/session/\(browser.session)", nil)
        return try result.get()
    }

    func open(_ url: String) async throws { _ = try await command("url", ["url": url]) }

    /// The address that the browser is at.
    func address() async throws -> String {
        try await Browser.send(.GET, "\(address)/session/\(session)/url", nil) as? String ?? ""
    }

    /// What `script`, the body of a function, returns.
    @discardableResult
    func script(_ script: String) async throws -> Any? {
        try await command("execute/sync", ["script": script, "args": [String]()])
    }

    /// The text that the page shows.
    func text() async throws -> String { try await script("return document.body.innerText") as? String ?? "" }

    /// The id of the element that has the focus.
    func focused() async throws -> String { try await script("return document.activeElement.id") as? String ?? "" }

    func click(_ selector: String) async throws {
        _ = try await command("element/\(try await element(selector))/click", [:])
    }

    func type(_ text: String, into selector: String) async throws {
        _ = try await command("element/\(try await element(selector))/value", ["text": text])
    }

    /// Presses keys one after another where the focus is; those in `holding` are held down meanwhile.
    func press(_ keys: String, holding: String = "") async throws {
        func action(_ kind: String, _ key: Character) -> [String: String] { ["type": kind, "value": String(key)] }
        var actions = holding.map { action("keyDown", $0) }
        for key in keys { actions += [action("keyDown", key), action("keyUp", key)] }
        actions += holding.map { action("keyUp", $0) }
        let keyboard: [String: Any] = ["type": "key", "id": "keyboard", "actions": actions]
        _ = try await command("actions", ["actions": [keyboard]])
    }

    /// Presses the mouse at the first point of the window, drags it over the others and lets go.
    func drag(_ points: [(x: Int, y: Int)]) async throws {
        var actions: [[String: Any]] = points.map { ["type": "pointerMove", "duration": 30, "x": $0.x, "y": $0.y] }
        actions.insert(["type": "pointerDown", "button": 0], at: min(1, actions.count))
        actions.append(["type": "pointerUp", "button": 0])
        let mouse: [String: Any] = [
            "type": "pointer", "id": "mouse", "parameters": ["pointerType": "mouse"], "actions": actions,
        ]
        _ = try await command("actions", ["actions": [mouse]])
    }

    /// Has pages shown in the dark colours.
    func darken() async throws {
        let dark = ["features": [["name": "prefers-color-scheme", "value": "dark"]]]
        _ = try await command("goog/cdp/execute", ["cmd": "Emulation.setEmulatedMedia", "params": dark])
    }

    /// Cuts the connection, or mends it.
    func setOffline(_ isOffline: Bool) async throws {
        let conditions: [String: Any] = ["offline": isOffline, "latency": 0, "throughput": 10_000_000]
        _ = try await command("chromium/network_conditions", ["network_conditions": conditions])
    }

    /// What went wrong in the page's scripts, and what its security policy stopped.
    func complaints() async throws -> [String] {
        let entries = try await command("se/log", ["type": "browser"]) as? [[String: Any]] ?? []
        // That site data were cleared at sign-out is news, no complaint.
        return entries.filter { $0["level"] as? String != "INFO" }.compactMap { $0["message"] as? String }
    }

    private func element(_ selector: String) async throws -> String {
        let found = try await command("element", ["using": "css selector", "value": selector]) as? [String: String]
        guard let id = found?.values.first else { throw Failure(description: "No element \(selector).") }
        return id
    }

    private func command(_ path: String, _ body: [String: Any]) async throws -> Any? {
        try await Browser.send(.POST, "\(address)/session/\(session)/\(path)", body)
    }

    private static func begin(_ address: String) async throws -> String {
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1500,1000"]
        let capabilities: [String: Any] = [
            "browserName": "chrome", "goog:chromeOptions": ["args": arguments],
            "goog:loggingPrefs": ["browser": "ALL"],
        ]
        let value = try await send(.POST, "\(address)/session", ["capabilities": ["alwaysMatch": capabilities]])
        guard let session = (value as? [String: Any])?["sessionId"] as? String else {
            throw Failure(description: "chromedriver began no session.")
        }
        return session
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
            throw Failure(description: error?["message"] as? String ?? "chromedriver answered \(response.status).")
        }
        return answer?["value"]
    }
}

/// The keys that WebDriver names by a code point (w3.org/TR/webdriver2, 17.4.2).
enum Key {
    static let enter = "\u{E007}"
    static let tab = "\u{E004}"
    static let control = "\u{E009}"
    static let escape = "\u{E00C}"
    static let alt = "\u{E00A}"
    static let down = "\u{E015}"
    static let delete = "\u{E017}"
    static let left = "\u{E012}"
    static let right = "\u{E014}"
}
