import Foundation

/// A headless browser as a test uses it.
final class Browser: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    enum Kind: CaseIterable, Sendable {
        case chromium, firefox
    }

    private let driver: any BrowserDriver

    private init(_ driver: any BrowserDriver) { self.driver = driver }

    /// Runs `body` with a browser of its own, which is ended afterwards.
    static func run<Value>(
        _ kind: Kind = .chromium, _ body: (Browser) async throws -> Value
    ) async throws -> Value {
        let driver: any BrowserDriver =
            switch kind {
            case .chromium: try await Chromium()
            case .firefox: try await Firefox()
            }
        let result: Result<Value, any Error>
        do { result = .success(try await body(Browser(driver))) } catch { result = .failure(error) }
        await driver.end()
        return try result.get()
    }

    func open(_ url: String) async throws { _ = try await driver.carryOut(.open(url)) }

    /// The address that the browser is at.
    func address() async throws -> String { try await driver.carryOut(.address) as? String ?? "" }

    /// What `script`, the body of a function, returns.
    @discardableResult
    func script(_ script: String) async throws -> Any? { try await driver.carryOut(.run(script)) }

    /// The text that the page shows.
    func text() async throws -> String { try await script("return document.body?.innerText") as? String ?? "" }

    /// The id of the element that has the focus.
    func focused() async throws -> String {
        // Between two pages nothing has it.
        try await script("return document.activeElement?.id") as? String ?? ""
    }

    func click(_ selector: String) async throws {
        _ = try await driver.carryOut(.click(try await element(selector)))
    }

    func type(_ text: String, into selector: String) async throws {
        _ = try await driver.carryOut(.type(text, try await element(selector)))
    }

    /// Presses keys one after another where the focus is; those in `holding` are held down meanwhile.
    func press(_ keys: String, holding: String = "") async throws {
        func action(_ kind: String, _ key: Character) -> [String: String] { ["type": kind, "value": String(key)] }
        var actions = holding.map { action("keyDown", $0) }
        for key in keys { actions += [action("keyDown", key), action("keyUp", key)] }
        actions += holding.map { action("keyUp", $0) }
        let keyboard: [String: Any] = ["type": "key", "id": "keyboard", "actions": actions]
        _ = try await driver.carryOut(.perform([keyboard]))
    }

    /// Presses the mouse at the first point of the window, drags it over the others and lets go.
    func drag(_ points: [(x: Int, y: Int)]) async throws {
        var actions: [[String: Any]] = points.map { ["type": "pointerMove", "duration": 30, "x": $0.x, "y": $0.y] }
        actions.insert(["type": "pointerDown", "button": 0], at: min(1, actions.count))
        actions.append(["type": "pointerUp", "button": 0])
        let mouse: [String: Any] = [
            "type": "pointer", "id": "mouse", "parameters": ["pointerType": "mouse"], "actions": actions,
        ]
        _ = try await driver.carryOut(.perform([mouse]))
    }

    /// Has pages shown in the dark colours.
    func darken() async throws { try await driver.darken() }

    /// Cuts the connection, or mends it.
    func setOffline(_ isOffline: Bool) async throws { try await driver.setOffline(isOffline) }

    /// What went wrong in the page's scripts, and what its security policy stopped.
    func complaints() async throws -> [String] { try await driver.complaints() }

    private func element(_ selector: String) async throws -> String {
        let found = try await driver.carryOut(.find(selector)) as? [String: String]
        guard let id = found?.values.first else { throw Failure(description: "No element \(selector).") }
        return id
    }
}

/// What a browser is asked to do: commands of W3C WebDriver.
enum BrowserCommand {
    case open(String)
    case address
    case run(String)
    case find(String)
    /// Clicks the element of that identifier.
    case click(String)
    /// Types the text into the element of that identifier.
    case type(String, String)
    case perform([[String: Any]])
}

/// A way to speak to a browser.
protocol BrowserDriver: Sendable {
    /// Carries a command out and gives its `value`; throws what the browser says went wrong.
    func carryOut(_ command: BrowserCommand) async throws -> Any?
    func darken() async throws
    func setOffline(_ isOffline: Bool) async throws
    func complaints() async throws -> [String]
    func end() async
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
