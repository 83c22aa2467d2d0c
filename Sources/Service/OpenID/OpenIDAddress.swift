import Foundation

/// Addresses of a provider: over TLS, or on this machine.
enum OpenIDAddress {
    static func isAllowed(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let parts = URLComponents(string: text),
            let host = parts.host, !host.isEmpty, parts.user == nil
        else {
            return false
        }
        let isHere = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
        return parts.scheme == "https" || parts.scheme == "http" && isHere
    }

    /// `address` with `fields` added to its query.
    static func adding(_ fields: [(String, String)], to address: String) -> String {
        address + (address.contains("?") ? "&" : "?") + form(fields)
    }

    /// `application/x-www-form-urlencoded`.
    static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
