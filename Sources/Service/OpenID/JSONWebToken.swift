import Foundation

/// A signed token (RFC 7515, compact; RFC 7519), taken apart and not yet believed.
struct JSONWebToken: Sendable {
    private static let characterCountMax = 64 << 10

    struct Header: Decodable, Hashable, Sendable {
        let alg: String
        let kid: String?
        /// Extensions that must be understood; none are.
        let crit: [String]?
    }

    let header: Header
    let claims: Claims
    /// The bytes that the signature is about.
    let signed: Data
    let signature: Data

    /// Takes `text` apart; nil when it is no such token.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= JSONWebToken.characterCountMax, parts.count == 3,
            let head = Data(base64URL: parts[0]), let body = Data(base64URL: parts[1]),
            let signature = Data(base64URL: parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: head),
            let claims = try? JSONDecoder().decode(Claims.self, from: body)
        else { return nil }
        self.header = header
        self.claims = claims
        self.signature = signature
        signed = Data("\(parts[0]).\(parts[1])".utf8)
    }
}

extension Data {
    /// Reads base 64 for addresses without padding (RFC 4648, 5); nil for anything else.
    init?(base64URL text: some StringProtocol) {
        guard text.utf8.allSatisfy({ Data.isOfBase64URL($0) }) else { return nil }
        let standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: standard + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }

    /// Writes base 64 for addresses without padding.
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func isOfBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
