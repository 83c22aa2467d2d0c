import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

/// What every response of the service keeps to, whatever was asked and by whom; a scanner such as ZAP looks for the same.
func expectHardened(_ response: TestResponse, _ what: String) throws {
    let policy = response.headers[.contentSecurityPolicy] ?? ""
    for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
        #expect(policy.contains(part), "\(what): \(policy)")
    }
    #expect(!policy.contains("unsafe") && !policy.contains("*"), "\(what): \(policy)")
    let wanted = [
        "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
    ]
    for (name, value) in wanted { #expect(response.headers[try header(name)] == value, "\(what): \(name)") }
    #expect(response.headers[try header("Permissions-Policy")]?.contains("camera=()") == true, "\(what)")
    #expect(response.headers[try header("X-Request-ID")] != nil, "\(what)")
    #expect(response.headers[.server] == nil, "\(what)")
    #expect(response.headers[.accessControlAllowOrigin] == nil, "\(what)")
    for cookie in response.headers[values: .setCookie] {
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains(part), "\(what): \(cookie)") }
    }
    if let location = response.headers[.location] {
        #expect(location.wholeMatch(of: /\/[A-Za-z0-9\/_?=#-]*/) != nil, "\(what): \(location)")
    }
    if response.headers[.contentType]?.hasPrefix("text/html") == true {
        #expect(response.headers[.cacheControl] == "no-store", "\(what)")
        // Scripts and styles are files of ours; a page has none of its own.
        #expect(!response.text.contains(/<script(?![^>]*src=)|<style|\sstyle="|\son[a-z]+="|javascript:/), "\(what)")
    }
    if response.status.code >= 400 {
        // What went wrong inside is for the log.
        #expect(!response.text.contains(/\/work\/|\.swift|SQLite|GRDB|Error\(|0x[0-9a-f]{6}|Fatal/), "\(what)")
    }
    #expect(response.status.code != 500, "\(what): \(response.text.prefix(300))")
}
