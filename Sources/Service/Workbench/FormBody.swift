import Foundation
import Hummingbird
import NIOCore

/// The fields of a submitted form (`application/x-www-form-urlencoded`), in their order.
struct FormBody: Sendable {
    static let byteCountMax = 2 << 20

    let fields: [(name: String, value: String)]

    /// Collects and decodes the body of a request.
    init(_ request: Request) async throws {
        let buffer = try await request.body.collect(upTo: FormBody.byteCountMax)
        self.init(text: String(buffer: buffer))
    }

    init(text: String) {
        fields = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (FormBody.decoded(parts[0]), parts.count == 2 ? FormBody.decoded(parts[1]) : "")
        }
    }

    /// The value of the first field with this name; empty when there is none.
    subscript(name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    private static func decoded(_ text: Substring) -> String {
        text.replacing("+", with: " ").removingPercentEncoding ?? ""
    }
}
