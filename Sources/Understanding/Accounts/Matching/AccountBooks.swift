package import Documents

/// The hospital's books as matching asks them.
package protocol AccountBooks {
    /// How many accounts they have.
    func accountCount() throws -> Int
    /// How many accounts have each of the keys (`PatientAccount.keys`); a key that none has may be left out.
    func counts(of keys: [String]) throws -> [String: Int]
    /// Every account that has one of the keys, in the order of their numbers.
    func accounts(having keys: [String]) throws -> [PatientAccount]
}

/// Books held in memory: those of a file that is read for one run.
package struct AccountBook: AccountBooks, Sendable {
    private let accounts: [PatientAccount]
    private let places: [String: [Int]]

    package init(_ accounts: [PatientAccount]) {
        self.accounts = accounts.sorted { $0.accountNumber < $1.accountNumber }
        var places: [String: [Int]] = [:]
        for (place, account) in self.accounts.enumerated() {
            for key in account.keys { places[key, default: []].append(place) }
        }
        self.places = places
    }

    package func accountCount() -> Int { accounts.count }

    package func counts(of keys: [String]) -> [String: Int] {
        Dictionary(keys.map { ($0, places[$0]?.count ?? 0) }, uniquingKeysWith: { first, _ in first })
    }

    package func accounts(having keys: [String]) -> [PatientAccount] {
        Set(keys.flatMap { places[$0] ?? [] }).sorted().map { accounts[$0] }
    }
}
