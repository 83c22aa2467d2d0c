import Hummingbird

extension Request {
    /// Whether the query says that `name` is true; throws a problem where it says neither true nor false.
    func flag(_ name: String) throws -> Bool {
        switch uri.queryParameters[Substring(name)] {
        case nil, "false": false
        case "true": true
        default: throw Problem(.malformedRequest, "'\(name)' should be true or false.")
        }
    }
}
