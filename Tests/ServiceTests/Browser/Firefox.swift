import Dispatch
import Foundation
import Glibc
import TestSupport

/// Headless Firefox, spoken to over its own line, Marionette, as Debian has no geckodriver.
///
/// That is WebDriver's commands by name, in JSON arrays that follow their length
/// (firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
final class Firefox: BrowserDriver {
    private let process: HelperProcess
    private let profile: TemporaryFolder
    private let line: Int32
    /// Where waiting for an answer holds up nothing else.
    private let queue = DispatchQueue(label: "marionette")

    init() async throws {
        let profile = try TemporaryFolder()
        // What else Firefox would fetch, ask and show at its first start; and pages stand still, as in `Chromium`.
        let preferences = """
            user_pref("marionette.port", 0);
            user_pref("app.normandy.enabled", false);
            user_pref("browser.aboutwelcome.enabled", false);
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("browser.startup.homepage_override.mstone", "ignore");
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("network.proxy.allow_hijacking_localhost", true);
            user_pref("network.proxy.http", "127.0.0.1");
            user_pref("network.proxy.http_port", 9);
            user_pref("network.proxy.type", 0);
            user_pref("ui.prefersReducedMotion", 1);
            """
        try Data(preferences.utf8).write(to: profile.url.appending(path: "user.js"))
        let process = try HelperProcess(
            URL(filePath: "/usr/bin/firefox-esr"),
            [
                "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile",
                profile.url.path,
            ],
            called: "Firefox", from: "firefox-esr")
        (self.profile, self.process) = (profile, process)
        do {
            let port = try await process.said { text in
                text.firstMatch(of: /Marionette\s+INFO\s+Listening on port (\d+)/).flatMap { UInt16($0.output.1) }
            }
            line = try Firefox.connect(port)
        } catch {
            process.end()
            throw error
        }
        _ = try await answer(nil)  // the greeting
        _ = try await send("WebDriver:NewSession", [:])
        _ = try await send("WebDriver:SetWindowRect", ["width": 1500, "height": 1000])
    }

    deinit { close(line) }

    func carryOut(_ command: BrowserCommand) async throws -> Any? {
        switch command {
        case .open(let url): try await send("WebDriver:Navigate", ["url": url])
        case .address: try await send("WebDriver:GetCurrentURL", [:])
        case .run(let script): try await send("WebDriver:ExecuteScript", ["script": script, "args": [String]()])
        case .find(let selector):
            try await send("WebDriver:FindElement", ["using": "css selector", "value": selector])
        case .click(let element): try await send("WebDriver:ElementClick", ["id": element])
        case .type(let text, let element):
            try await send("WebDriver:ElementSendKeys", ["id": element, "text": text])
        case .perform(let actions): try await send("WebDriver:PerformActions", ["actions": actions])
        }
    }

    func darken() async throws {
        _ = try await runInside("Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', 0);")
    }

    /// Sends requests to a proxy that is not there: what Firefox calls offline lets it reach its own machine.
    func setOffline(_ isOffline: Bool) async throws {
        _ = try await runInside("Services.prefs.setIntPref('network.proxy.type', \(isOffline ? 1 : 0));")
    }

    func complaints() async throws -> [String] {
        let script = """
            return Services.console.getMessageArray()
                .filter((entry) => entry instanceof Ci.nsIScriptError && entry.sourceName.startsWith("http"))
                .filter((entry) => !(entry.flags & Ci.nsIScriptError.warningFlag))
                .map((entry) => `${entry.sourceName}:${entry.lineNumber} ${entry.errorMessage}`);
            """
        return try await runInside(script) as? [String] ?? []
    }

    func end() async { process.end() }

    /// What `script` returns that is run by the browser itself and not by the page.
    private func runInside(_ script: String) async throws -> Any? {
        _ = try await send("Marionette:SetContext", ["value": "chrome"])
        let value = try await send("WebDriver:ExecuteScript", ["script": script, "args": [String]()])
        _ = try await send("Marionette:SetContext", ["value": "content"])
        return value
    }

    /// Sends a command and gives its `value`; throws what Firefox says went wrong.
    private func send(_ name: String, _ parameters: [String: Any]) async throws -> Any? {
        let message = try JSONSerialization.data(withJSONObject: [0, 1, name, parameters] as [Any])
        let parts = try JSONSerialization.jsonObject(with: try await answer(message)) as? [Any] ?? []
        guard parts.count == 4 else { throw Browser.Failure(description: "Firefox answered no command.") }
        if let error = parts[2] as? [String: Any] {
            throw Browser.Failure(description: error["message"] as? String ?? "Firefox could not do \(name).")
        }
        guard let result = parts[3] as? [String: Any], result.keys.contains("value") else { return parts[3] }
        return result["value"]
    }

    /// The next message of Firefox, after `message` was sent to it.
    private func answer(_ message: Data?) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [line] in
                continuation.resume(
                    with: Result {
                        if let message { try Firefox.write(Data("\(message.count):".utf8) + message, to: line) }
                        var length = 0
                        while let digit = try Firefox.read(1, from: line).first, digit != UInt8(ascii: ":") {
                            length = 10 * length + Int(digit - UInt8(ascii: "0"))
                        }
                        return try Firefox.read(length, from: line)
                    })
            }
        }
    }

    private static func connect(_ port: UInt16) throws -> Int32 {
        let line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafeBytes(of: &address) { bytes in
            Glibc.connect(
                line, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard result == 0 else { throw Browser.Failure(description: "Firefox listens on no port \(port).") }
        return line
    }

    private static func write(_ data: Data, to line: Int32) throws {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(line, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Browser.Failure(description: "Firefox is gone.") }
            rest = rest.dropFirst(count)
        }
    }

    private static func read(_ count: Int, from line: Int32) throws -> Data {
        var data = Data()
        while data.count < count {
            var part = [UInt8](repeating: 0, count: min(count - data.count, 1 << 16))
            let length = recv(line, &part, part.count, 0)
            guard length > 0 else {
                throw Browser.Failure(description: "Firefox said nothing for a minute, or is gone.")
            }
            data += part.prefix(length)
        }
        return data
    }
}
