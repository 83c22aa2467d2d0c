import Foundation
import Records
import TestSupport
import Testing

/// The database engines that the conformance suite runs on.
enum StoreEngine: String, CaseIterable, CustomTestStringConvertible {
    case sqlite

    var testDescription: String { rawValue }

    /// A driver on the database that belongs to `folder`; every call gives another one on the same database.
    func driver(in folder: URL) throws -> any SQLDriver {
        switch self {
        case .sqlite: try SQLiteDriver(file: folder.appending(path: "mailroom.sqlite"))
        }
    }
}

/// An empty store in a folder of its own, and more handles on the same store, as other processes would have.
struct TestStore {
    let folder: TemporaryFolder
    let engine: StoreEngine
    let store: Store

    init(_ engine: StoreEngine = .sqlite) async throws {
        self.folder = try TemporaryFolder()
        self.engine = engine
        self.store = try await Store(driver: try engine.driver(in: folder.url), folder: folder.url, at: start)
    }

    /// A store with documents D1…D3 in review and the tasks T1…T3 about them.
    static func reviewing(_ engine: StoreEngine) async throws -> TestStore {
        let test = try await TestStore(engine)
        try await test.store.write { transaction in
            try transaction.takeFile(Sample.file(1))
            for number in 1...3 {
                try transaction.insertDocument(Sample.document("D\(number)", ordinal: number))
                try transaction.openTask(Sample.task("T\(number)", document: "D\(number)"))
            }
        }
        return test
    }

    /// Another handle on the same store.
    func another() async throws -> Store {
        try await Store(driver: try driver(), folder: folder.url, at: start)
    }

    /// The same database without the store around it.
    func driver() throws -> any SQLDriver { try engine.driver(in: folder.url) }
}

/// The moment at which tests begin.
let start = Date(timeIntervalSince1970: 1_790_000_000)
