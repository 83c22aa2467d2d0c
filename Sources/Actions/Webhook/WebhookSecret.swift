import Crypto
package import Foundation

/// A key shared with the receiver of a webhook (Standard Webhooks, "Symmetric signatures").
///
/// Its description is empty of the key, so that it reaches no log.
package struct WebhookSecret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// Lengths of a key in bytes that the specification asks for.
    static let byteCountRange = 24...64

    private let key: [UInt8]

    /// Takes base 64 with or without `whsec_` before it; nil for another text or a key of less than 24 or more than
    /// 64 bytes.
    package init?(_ text: String) {
        let encoded = text.hasPrefix("whsec_") ? String(text.dropFirst(6)) : text
        guard let data = Data(base64Encoded: encoded), WebhookSecret.byteCountRange.contains(data.count) else {
            return nil
        }
        key = Array(data)
    }

    package var description: String { "whsec_…" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// `v1,` and the base 64 of the HMAC-SHA256 over `id.timestamp.payload`; `timestamp` in whole seconds since 1970.
    package func signature(id: String, timestamp: Int, payload: Data) -> String {
        let message = Data("\(id).\(timestamp).".utf8) + payload
        let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key))
        return "v1,\(Data(code).base64EncodedString())"
    }
}
