import Foundation
import Logging
import Reading
import Records
import Service
import TestSupport
import Testing

/// A store and a watched folder for one test; the watch runs only while `watching` does.
final class WatchedInbox: Sendable {
    private let root: TemporaryFolder
    let store: Store
    let folder: WatchedFolder
    let settings: IntakeSettings

    /// With `patience`, how many seconds a file may stay unfinished: long, but where a test is about its end.
    init(patience: Double = 300) async throws {
        root = try TemporaryFolder()
        store = try await Store.open(folder: root.url.appending(path: "store"))
        folder = WatchedFolder(
            name: "mail", path: root.url.appending(path: "inbox").path,
            rejected: root.url.appending(path: "rejected").path, facility: "north")
        var settings = IntakeSettings()
        settings.quietSeconds = 0.5
        settings.sweepSeconds = 1
        settings.patienceSeconds = patience
        settings.retrySecondsMax = 1
        self.settings = settings
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    }

    var intake: Intake {
        Intake(store: store, limits: ReaderLimits(), bell: WorkBell(), clock: { Date() })
    }

    var watch: FolderWatch {
        FolderWatch(
            folder: folder, intake: intake, settings: settings,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    func path(_ name: String) -> String { "\(folder.path)/\(name)" }
    func url(_ name: String) -> URL { URL(filePath: path(name)) }
    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    /// Runs the watch for as long as `body` runs.
    func watching<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let run = Task { [watch] in try await watch.run() }
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        run.cancel()
        try await run.value
        return try result.get()
    }

    /// The ledger's lines about a name, the first arrival first.
    func arrivals(_ name: String) async throws -> [Arrival] {
        try await store.read { try $0.arrivals(limit: 1000) }.filter { $0.name == name }.reversed()
    }

    /// The one arrival of a name once it has its verdict.
    func settled(_ name: String) async throws -> Arrival {
        try await eventually("\(name) to be settled") {
            try await arrivals(name).last.flatMap { $0.verdict == .waiting ? nil : $0 }
        }
    }
}

/// Waits, up to a minute, until `value` gives something.
@discardableResult
func eventually<Value>(_ what: String, _ value: () async throws -> Value?) async throws -> Value {
    for _ in 0..<1200 {
        if let found = try await value() { return found }
        try await Task.sleep(for: .milliseconds(50))
    }
    throw NeverHappened(description: "Waited a minute for \(what).")
}

struct NeverHappened: Error, CustomStringConvertible {
    let description: String
}
