import Actions
import ArgumentParser
import Foundation
import Logging
import Metrics
import Records
import Service
import Settings

/// `mailroom serve`: the whole product in one process and its readers.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Watches folders, reads what arrives, and serves the workbench and the HTTP interface.",
        discussion: """
            Settings are in Config/service.yaml; the options below go before them. Stop it with Ctrl-C or SIGTERM: what
            is in hand is finished first. Killed at any moment, it goes on at the next start where it was.
            """)

    @Option(help: "The folder that holds the store; made when it is not there.", completion: .directory)
    var store: String?

    @Option(
        help: "The folder with service.yaml, policy.yaml, approvals.yaml, actions.yaml and document-types.",
        completion: .directory)
    var config: String?

    @Option(help: "The port to listen on; 0 lets the system choose.")
    var port: Int?

    @Option(help: "The folder to watch, in place of those that service.yaml names.", completion: .directory)
    var inbox: String?

    @Flag(help: "Puts the samples of Corpus/samples into the first watched folder when the store is new.")
    var sampleMailbag = false

    func run() async throws {
        var logger = Logger(label: "mailroom", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel =
            ProcessInfo.processInfo.environment["LOG_LEVEL"].flatMap(Logger.Level.init(rawValue:)) ?? .notice
        let metrics = PrometheusRegistry()
        MetricsSystem.bootstrap(metrics)
        let service: MailroomService
        let installation: Installation
        do {
            installation = try Installation.locate()
            let config = config.map(absolute) ?? installation.config
            service = try await buildService(
                settings: try settings(in: config),
                files: ServiceFiles(
                    home: installation.home, config: config, models: installation.models,
                    executable: try Executable.current()),
                metrics: metrics, logger: logger,
                onListening: { port in Console.write(Data("Mailroom is at http://127.0.0.1:\(port)\n".utf8)) })
        } catch {
            Console.say("\(error)")
            throw ExitCode.cannotStart
        }
        try await announce(service, samples: installation.corpus.appending(path: "samples"))
        try await service.run()
    }

    /// What service.yaml says, with the command line's options in its place; an absent file means the defaults.
    private func settings(in config: URL) throws -> ServiceSettings {
        let file = config.appending(path: "service.yaml")
        var settings =
            FileManager.default.fileExists(atPath: file.path)
            ? try ServiceSettings.load(path: file.path) : ServiceSettings()
        if let store { settings.store = absolute(store).path }
        if let inbox { settings.folders = [WatchedFolder(name: "mail", path: absolute(inbox).path)] }
        if let port { settings.listen.port = port }
        return settings
    }

    private func announce(_ service: MailroomService, samples: URL) async throws {
        if sampleMailbag, let folder = service.context.settings.folders.first,
            try await service.context.store.read({ try $0.files(limit: 1).isEmpty })
        {
            try copy(samples, into: URL(filePath: folder.path))
        }
        if let first = try await service.accounts.createFirstUser() {
            Console.write(
                Data("Sign in as \(first.name) with the password \(first.password) (shown this once).\n".utf8))
        }
        for sentence in service.context.actionRules.inactive.values.sorted() { Console.say(sentence) }
        for folder in service.context.settings.folders { Console.write(Data("Watching \(folder.path)\n".utf8)) }
    }

    /// Copies the files that can be mail; those that carry a sample's truth stay.
    private func copy(_ samples: URL, into folder: URL) throws {
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        for sample in try files.contentsOfDirectory(at: samples, includingPropertiesForKeys: nil)
        where ["pdf", "tif", "tiff", "png", "jpg"].contains(sample.pathExtension) {
            let target = folder.appending(path: sample.lastPathComponent)
            if !files.fileExists(atPath: target.path) { try files.copyItem(at: sample, to: target) }
        }
    }

    private func absolute(_ path: String) -> URL { URL(filePath: path).standardizedFileURL }
}
