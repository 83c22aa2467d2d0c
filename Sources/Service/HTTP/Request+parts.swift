import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

extension Request {
    /// Whether the query says that `name` is true; throws a problem where it says neither true nor false.
    func flag(_ name: String) throws -> Bool {
        switch uri.queryParameters[Substring(name)] {
        case nil, "false": false
        case "true": true
        default: throw Problem(.malformedRequest, "'\(name)' should be true or false.")
        }
    }

    /// How many entries of a list are asked for: `limit` of the address, 1 to 500; 100 where it says no number.
    func listLimit() -> Int {
        min(max(1, uri.queryParameters["limit"].flatMap { Int($0) } ?? 100), 500)
    }

    /// The media type of the body, in small letters and without its parameters.
    func mediaType(orIfAbsent usual: String) -> String {
        (headers[.contentType] ?? usual).prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The bytes of the body; throws a problem with the sentence `tooLarge` where they are more than `byteCountMax`.
    func bytes(upTo byteCountMax: Int, tooLarge: String) async throws -> Data {
        do {
            return Data(buffer: try await body.collect(upTo: byteCountMax))
        } catch is NIOTooManyBytesError {
            throw Problem(.bodyTooLarge, tooLarge)
        }
    }
}
