import Actions
package import Foundation
import Governance
package import Logging
import Reading
import Records
import ServiceLifecycle
import Settings
import Understanding
import UnixSignals

/// Where the parts of the program that are not compiled in lie.
package struct ServiceFiles: Hashable, Sendable {
    /// The folder that relative paths in the settings start from.
    package var home: URL
    /// The folder of `service.yaml`'s neighbours: `document-types`, `policy.yaml`, `approvals.yaml`,
    /// `actions.yaml`.
    package var config: URL
    /// The folder of the trained model.
    package var models: URL
    /// The `mailroom` program: it is run again as reader processes.
    package var executable: URL

    package init(home: URL, config: URL, models: URL, executable: URL) {
        self.home = home
        self.config = config
        self.models = models
        self.executable = executable
    }
}

/// Everything that `mailroom serve` runs, put together and ready to start.
package struct MailroomService: Sendable {
    package let context: ServiceContext
    /// The people and machines that may use the service.
    package let accounts: Accounts
    private let group: ServiceGroup
    /// Held for as long as the service may touch the store.
    private let lock: FolderLock

    fileprivate init(context: ServiceContext, accounts: Accounts, group: ServiceGroup, lock: FolderLock) {
        self.context = context
        self.accounts = accounts
        self.group = group
        self.lock = lock
    }

    /// Runs until SIGTERM or SIGINT, or until a part fails; then drains within `pipeline.drain_seconds`.
    package func run() async throws {
        try await group.run()
        try await context.store.close()
        withExtendedLifetime(lock) {}
    }

    /// Begins the same shutdown that SIGTERM begins.
    package func stop() async { await group.triggerGracefulShutdown() }
}

/// Puts the service together: the one place where its parts meet.
///
/// Checks every file under `Config`, opens the store and locks it; nothing runs yet. Throws a sentence that says what is
/// wrong and where.
///
/// - Parameters:
///   - metrics: what the process counts into; `/metrics` prints it.
///   - onListening: called once with the port that the HTTP server listens on.
package func buildService(
    settings given: ServiceSettings, files: ServiceFiles,
    environment: [String: String] = ProcessInfo.processInfo.environment,
    clock: @escaping @Sendable () -> Date = { Date() }, metrics: PrometheusRegistry = PrometheusRegistry(),
    logger: Logger, onListening: @escaping @Sendable (Int) async -> Void = { _ in }
) async throws -> MailroomService {
    let settings = given.resolved(against: files.home)
    let catalog = try DocumentTypeCatalog(folder: files.config.appending(path: "document-types"))
    let vocabulary = Vocabulary(catalog)
    let policyPath = files.config.appending(path: "policy.yaml").path
    let matrixPath = files.config.appending(path: "approvals.yaml").path
    let denials = try DenialRules.load(config: files.config)
    let understander = Understander(catalog: catalog, model: try UnderstandingModel.load(from: files.models))

    let openID = try OpenIDSignIn(settings, environment: environment)
    let storeFolder = URL(filePath: settings.store)
    try FileManager.default.createDirectory(at: storeFolder, withIntermediateDirectories: true)
    let lock = try FolderLock(storeFolder, purpose: "serves the store")
    let readerCount =
        settings.pipeline.readerCount > 0
        ? settings.pipeline.readerCount : ProcessInfo.processInfo.activeProcessorCount
    let limits = ReaderLimits()
    let store = try await Store.open(folder: storeFolder, at: clock())
    // The lock says that whoever sent from this store is dead.
    let opened = clock()
    try await store.write { try $0.freeDeliveries(at: opened) }
    let policy = try await GovernedShelf<Policy>(store: store, ground: vocabulary).inService(
        orFile: policyPath, at: clock())
    let matrices = GovernedShelf<ApprovalMatrix>(store: store, ground: policy.current)
    // A first matrix is kept only when the rules can use it: a file that was mended is looked at again.
    let kinds = try await matrices.found(orFile: matrixPath).kinds
    let rules = try ActionRules.load(
        path: files.config.appending(path: "actions.yaml").path, vocabulary: vocabulary,
        kinds: KnownKinds(approvals: Set(kinds.map(\.name))), environment: environment)
    let matrix = try await matrices.inService(orFile: matrixPath, at: clock())
    for warning in rules.warnings { logger.warning("actions.rules", metadata: ["warning": "\(warning)"]) }
    let context = ServiceContext(
        settings: settings, store: store,
        readers: ReaderPool(executable: files.executable, processCount: readerCount, limits: limits),
        readerLimits: limits, understander: understander, vocabulary: vocabulary, policy: policy,
        actionRules: rules.connected(to: store, binder: StoredPageBinder(store: store)), approvalMatrix: matrix,
        denials: denials, clock: clock, logger: logger)

    try await GovernedDesk<Policy>(context: context).takeUp(file: policyPath)
    try await GovernedDesk<ApprovalMatrix>(context: context).takeUp(file: matrixPath)
    let accounts = try Accounts(store: context.store, policy: policy, settings: settings.sessions)
    var services: [any ServiceLifecycle.Service] = [ReaderService(pool: context.readers)]
    services.append(OutboxService(outbox: outbox(context)))
    services.append(Pipeline(context: context, workerCount: readerCount))
    services.append(ClockSweep(context: context))
    services.append(RemittanceSweep(context: context))
    for folder in settings.folders {
        services.append(
            FolderWatch(folder: folder, intake: context.intake, settings: settings.intake, logger: logger))
    }
    services.append(
        WebServer(
            context: context, accounts: accounts, openID: openID, metrics: metrics, onListening: onListening))
    var configuration = ServiceGroupConfiguration(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(settings.pipeline.drainSeconds)
    return MailroomService(
        context: context, accounts: accounts, group: ServiceGroup(configuration: configuration), lock: lock)
}

private func outbox(_ context: ServiceContext) -> Outbox {
    let process = ProcessInfo.processInfo
    return Outbox(
        store: context.store, connectors: context.actionRules.connectors, breakers: context.breakers,
        owner: "\(process.hostName)/\(process.processIdentifier)", logger: context.logger)
}

/// Keeps the reader processes until all that uses them has stopped.
private struct ReaderService: ServiceLifecycle.Service {
    let pool: ReaderPool

    func run() async throws {
        try? await gracefulShutdown()
        await pool.close()
    }
}

/// Sends what the rules planned, until all that could plan more has stopped.
private struct OutboxService: ServiceLifecycle.Service {
    let outbox: Outbox

    func run() async throws {
        await withGracefulShutdownHandler {
            await outbox.run()
        } onGracefulShutdown: {
            outbox.stop()
        }
    }
}
