package import Foundation
package import Settings

/// What `Config/service.yaml` says: the folders to watch, where the store is, where to listen, and the service's limits.
///
/// Every key may be left out; the defaults stand here and nowhere else. Paths that do not start with `/` are taken from
/// the installation's folder.
package struct ServiceSettings: Hashable, Sendable {
    /// The folder of the database, the originals and the page images.
    package var store = "var/store"
    package var folders = [WatchedFolder(name: "mail", path: "var/inbox")]
    package var listen = Listen()
    /// The address under which people and machines reach the service, without a trailing `/`; nil means the listening
    /// address itself.
    package var externalURL: String?
    package var intake = IntakeSettings()
    package var pipeline = PipelineSettings()
    package var sessions = SessionSettings()
    /// The provider through which people sign in; nil: with passwords of their own alone.
    package var openID: OpenIDSettings?

    package init() {}
}

/// A folder that scanners and people drop files into.
package struct WatchedFolder: Codable, Hashable, Sendable {
    /// The folder's name in the ledger: small letters, digits and `-`.
    package var name: String
    package var path: String
    /// Where copies of unreadable files go, each with its reason; nil means `rejected` beside the folder.
    package var rejected: String?
    /// The facility whose mail comes here; nil when there is but one.
    package var facility: String?

    package init(name: String, path: String, rejected: String? = nil, facility: String? = nil) {
        self.name = name
        self.path = path
        self.rejected = rejected
        self.facility = facility
    }
}

/// Where the HTTP server listens.
package struct Listen: Hashable, Sendable {
    package var host = "127.0.0.1"
    /// 0 lets the system choose a free port.
    package var port = 8080

    package init() {}
}

/// When a file in a watched folder is whole, and when to give up on it.
package struct IntakeSettings: Hashable, Sendable {
    /// A file is looked into when its size and time have not changed for this long.
    package var quietSeconds = 2.0
    /// How often a whole folder is looked through; network shares announce nothing.
    package var sweepSeconds = 10.0
    /// How long a file may stay unchanged and incomplete before it is refused.
    package var patienceSeconds = 600.0
    /// The longest pause before a file that could not be moved or stored is tried again.
    package var retrySecondsMax = 300.0
    /// Names of files that are not mail: shell patterns with `*` and `?`, capitals and small letters alike.
    package var ignoredNames = [
        ".*", "*~", "~$*", "*.tmp", "*.temp", "*.part", "*.partial", "*.crdownload", "*.filepart", "Thumbs.db",
        "desktop.ini",
    ]

    package init() {}
}

/// How the durable steps are worked.
package struct PipelineSettings: Hashable, Sendable {
    /// Reader processes, and steps worked side by side; 0 means one a processor core.
    package var readerCount = 0
    /// How long a step belongs to the worker that claimed it; it is renewed while the work goes on.
    package var leaseSeconds = 15.0
    /// Failures of a step that nobody foresaw before it is parked for a person.
    package var attemptsMax = 5
    /// The pause after the first such failure; each further one doubles it.
    package var retrySeconds = 2.0
    /// How long work in hand may go on after the service was told to stop.
    package var drainSeconds = 20.0

    package init() {}
}

extension ServiceSettings {
    /// Reads and checks the file; throws with file, line and key when anything in it is not known or out of range.
    package static func load(path: String) throws(SettingsError) -> ServiceSettings {
        let file = try SettingsFile(path: path, as: ServiceSettings.self)
        for problem in file.content.problems() {
            throw file.error(at: problem.keys, problem.sentence)
        }
        return file.content
    }

    /// The same settings with every path absolute; those that are not are taken from `home`.
    package func resolved(against home: URL) -> ServiceSettings {
        func absolute(_ path: String) -> String {
            URL(filePath: path, relativeTo: home.appending(path: "", directoryHint: .isDirectory)).standardizedFileURL
                .path
        }
        var resolved = self
        resolved.store = absolute(store)
        for index in folders.indices {
            resolved.folders[index].path = absolute(folders[index].path)
            resolved.folders[index].rejected = folders[index].rejected.map(absolute)
        }
        return resolved
    }

    /// The rules that the values break, the first key first.
    private func problems() -> [(keys: [String], sentence: String)] {
        var problems: [(keys: [String], sentence: String)] = []
        func ask(_ holds: Bool, _ keys: String..., sentence: String) {
            if !holds { problems.append((keys, "'\(keys.joined(separator: "."))' \(sentence)")) }
        }
        for (index, folder) in folders.enumerated() {
            ask(
                folder.name.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,39}/) != nil, "folders", "\(index)", "name",
                sentence: "should be 1 to 40 small letters, digits and '-'.")
            ask(!folder.path.isEmpty, "folders", "\(index)", "path", sentence: "should name a folder.")
            ask(
                folder.facility.map(FacilityName.isProper) ?? true, "folders", "\(index)", "facility",
                sentence: "is no name of a facility: \(FacilityName.rule)")
        }
        ask(Set(folders.map(\.name)).count == folders.count, "folders", sentence: "uses a name twice.")
        ask(Set(folders.map(\.path)).count == folders.count, "folders", sentence: "names a path twice.")
        ask(!store.isEmpty, "store", sentence: "should name a folder.")
        ask((0...65_535).contains(listen.port), "listen", "port", sentence: "should be in 0…65535.")
        ask(
            externalURL.map { $0.wholeMatch(of: /https?:\/\/[^\s]+[^\s\/]/) != nil } ?? true, "external_url",
            sentence: "should start with http:// or https:// and not end with '/'.")
        ask((0.1...600).contains(intake.quietSeconds), "intake", "quiet_seconds", sentence: "should be in 0.1…600.")
        ask((0.2...3600).contains(intake.sweepSeconds), "intake", "sweep_seconds", sentence: "should be in 0.2…3600.")
        ask(
            (intake.quietSeconds...86_400).contains(intake.patienceSeconds), "intake", "patience_seconds",
            sentence: "should be in quiet_seconds…86400.")
        ask(
            (1...86_400).contains(intake.retrySecondsMax), "intake", "retry_seconds_max",
            sentence: "should be in 1…86400.")
        ask((0...256).contains(pipeline.readerCount), "pipeline", "reader_count", sentence: "should be in 0…256.")
        ask((1...3600).contains(pipeline.leaseSeconds), "pipeline", "lease_seconds", sentence: "should be in 1…3600.")
        ask((1...100).contains(pipeline.attemptsMax), "pipeline", "attempts_max", sentence: "should be in 1…100.")
        ask((0.1...600).contains(pipeline.retrySeconds), "pipeline", "retry_seconds", sentence: "should be in 0.1…600.")
        ask((0...600).contains(pipeline.drainSeconds), "pipeline", "drain_seconds", sentence: "should be in 0…600.")
        for problem in sessions.problems { ask(false, "sessions", problem.key, sentence: problem.sentence) }
        for problem in openID?.problems() ?? [] {
            let keys = ["openid"] + problem.keys
            problems.append((keys, "'\(keys.joined(separator: "."))' \(problem.sentence)"))
        }
        ask(
            openID == nil || externalURL != nil, "openid",
            sentence: "needs 'external_url': the provider sends people back to it.")
        return problems
    }
}

extension KeyedDecodingContainer {
    /// Decodes into `value` when the key is there and keeps the default when it is not.
    func decode<Value: Decodable>(into value: inout Value, forKey key: Key) throws {
        value = try decodeIfPresent(Value.self, forKey: key) ?? value
    }
}

extension ServiceSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case store, folders, listen
        case externalURL = "external_url"
        case intake, pipeline, sessions
        case openID = "openid"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try container.decode(into: &store, forKey: .store)
        try container.decode(into: &folders, forKey: .folders)
        try container.decode(into: &listen, forKey: .listen)
        externalURL = try container.decodeIfPresent(String.self, forKey: .externalURL)
        try container.decode(into: &intake, forKey: .intake)
        try container.decode(into: &pipeline, forKey: .pipeline)
        try container.decode(into: &sessions, forKey: .sessions)
        openID = try container.decodeIfPresent(OpenIDSettings.self, forKey: .openID)
    }
}

extension Listen: Codable {
    private enum CodingKeys: String, CodingKey {
        case host, port
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try container.decode(into: &host, forKey: .host)
        try container.decode(into: &port, forKey: .port)
    }
}

extension IntakeSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case quietSeconds = "quiet_seconds"
        case sweepSeconds = "sweep_seconds"
        case patienceSeconds = "patience_seconds"
        case retrySecondsMax = "retry_seconds_max"
        case ignoredNames = "ignored_names"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try container.decode(into: &quietSeconds, forKey: .quietSeconds)
        try container.decode(into: &sweepSeconds, forKey: .sweepSeconds)
        try container.decode(into: &patienceSeconds, forKey: .patienceSeconds)
        try container.decode(into: &retrySecondsMax, forKey: .retrySecondsMax)
        try container.decode(into: &ignoredNames, forKey: .ignoredNames)
    }
}

extension PipelineSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case readerCount = "reader_count"
        case leaseSeconds = "lease_seconds"
        case attemptsMax = "attempts_max"
        case retrySeconds = "retry_seconds"
        case drainSeconds = "drain_seconds"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try container.decode(into: &readerCount, forKey: .readerCount)
        try container.decode(into: &leaseSeconds, forKey: .leaseSeconds)
        try container.decode(into: &attemptsMax, forKey: .attemptsMax)
        try container.decode(into: &retrySeconds, forKey: .retrySeconds)
        try container.decode(into: &drainSeconds, forKey: .drainSeconds)
    }
}
