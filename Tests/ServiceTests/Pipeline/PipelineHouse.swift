import Foundation
import Governance
import Logging
import Records
import Service
import TestSupport
import Testing

/// The whole service on folders of its own, with the shipped types, policy and model; it runs only while `running` does.
///
/// `policy` and `actions` may change the text of the shipped policy and of the shipped rules.
struct PipelineHouse {
    private let root: TemporaryFolder
    let service: MailroomService

    init(
        attemptsMax: Int = 5, policy: ((String) -> String)? = nil, actions: ((String) -> String)? = nil,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) async throws {
        root = try TemporaryFolder()
        var settings = ServiceSettings()
        settings.store = root.url.appending(path: "store").path
        settings.folders = [WatchedFolder(name: "mail", path: root.url.appending(path: "inbox").path)]
        settings.listen.port = 0
        settings.intake.quietSeconds = 0.3
        settings.intake.sweepSeconds = 1
        settings.pipeline.attemptsMax = attemptsMax
        settings.pipeline.retrySeconds = 0.1
        settings.pipeline.readerCount = 1
        let config = root.url.appending(path: "config")
        try FileManager.default.copyItem(at: packageFolder.appending(path: "Config"), to: config)
        for (name, change) in [("policy", policy), ("actions", actions)] {
            guard let change else { continue }
            let file = config.appending(path: "\(name).yaml")
            try Data(change(try String(contentsOf: file, encoding: .utf8)).utf8).write(to: file)
        }
        service = try await PipelineHouse.build(settings, config: config, clock: clock)
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    }

    static func build(
        _ settings: ServiceSettings, config: URL = packageFolder.appending(path: "Config"),
        clock: @escaping @Sendable () -> Date = { Date() }
    ) async throws -> MailroomService {
        try await buildService(
            settings: settings,
            files: ServiceFiles(
                home: packageFolder, config: config,
                models: packageFolder.appending(path: "Models"), executable: try mailroomExecutable()),
            environment: [:], clock: clock, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    var inbox: URL { root.url.appending(path: "inbox") }
    var rejected: URL { root.url.appending(path: "rejected") }
    var context: ServiceContext { service.context }
    var store: Store { context.store }

    /// Runs the service for as long as `body` runs; the store is closed afterwards.
    func running(_ body: () async throws -> Void) async throws {
        let run = Task { [service] in try await service.run() }
        do {
            try await body()
        } catch {
            await service.stop()
            try? await run.value
            throw error
        }
        await service.stop()
        try await run.value
    }

    func takeIn(_ data: Data, name: String = "a.pdf") async throws -> String {
        try await context.intake.takeIn(data, name: name, source: "http:test").fileSHA256
    }

    /// The file once the pipeline is done with it; as it is after a minute when it is not.
    func finished(_ sha256: String) async throws -> CustodyFile? {
        try await context.documentWaiter.wait(sha256: sha256, until: Date(timeIntervalSinceNow: 60))
    }

    /// Somebody who may take tasks from every queue.
    func reviewer(named name: String = "ana") async throws -> Caller {
        let key = try await service.accounts.addKey(name: name, role: .seniorReviewer, by: "test")
        return try #require(try await service.accounts.caller(withKey: key))
    }
}
