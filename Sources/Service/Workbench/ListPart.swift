import Hummingbird

/// Which part of a list a page shows, and where the parts before and behind it are.
struct ListPart: Sendable {
    /// From 1; more than `last` where nothing is shown.
    let first: Int
    let last: Int
    let count: Int
    let earlier: String?
    let later: String?
    /// Whether the list has more than is shown.
    let isPart: Bool

    /// - Parameters:
    ///   - address: of the page, without a query.
    ///   - key: what the query calls the number of entries before those shown.
    init(of address: String, key: String = "from", offset: Int, shown: Int, count: Int, pageCount: Int) {
        first = offset + 1
        last = offset + shown
        self.count = count
        earlier = offset > 0 ? "\(address)?\(key)=\(max(0, offset - pageCount))" : nil
        later = offset + shown < count && shown > 0 ? "\(address)?\(key)=\(offset + shown)" : nil
        isPart = earlier != nil || later != nil
    }
}

extension Request {
    /// How many entries of a list come before those that are asked for; 0 for anything that is no such number.
    ///
    /// At most a million, which no list has: pages reckon with it, and an overflow would end the service.
    func listOffset(_ key: String = "from") -> Int {
        min(max(0, uri.queryParameters[Substring(key)].flatMap { Int($0) } ?? 0), 1_000_000)
    }
}
