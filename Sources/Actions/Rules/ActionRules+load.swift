import Crypto
import Documents
import Foundation
package import Governance
package import Settings

extension ConnectorKind {
    /// Every kind that exists; all their names are in one namespace.
    static let all: [ConnectorKind] = [
        ConnectorKind("webhooks", { $0.webhooks }, read: WebhookReader.read),
        ConnectorKind("drops", { $0.drops }, read: DropReader.read),
        ConnectorKind("x12_835", { $0.x12835 }, read: RemittanceEntryReader.read),
        ConnectorKind("x12_278", { $0.x12278 }, read: AuthorizationEntryReader.read),
        ConnectorKind("fhir", { $0.fhir }, read: FHIRReader.read),
        ConnectorKind("erp", { $0.erp }, read: LedgerReader.read),
        ConnectorKind("nats", { $0.nats }, read: NATSReader.read),
    ]
}

extension ActionRules {
    package static let defaultSource = "/mailroom"

    /// Reads and checks the rules at `path` against the types, fields and kinds that exist, and finds the addresses and
    /// secrets where the file says they are.
    package static func load(
        path: String, vocabulary: Vocabulary, kinds: KnownKinds = KnownKinds(),
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingsError) -> ActionRules {
        try ActionRules(
            try SettingsFile(path: path), vocabulary: vocabulary, kinds: kinds, environment: environment)
    }

    /// Checks the rules written in `text`; `path` is only what errors call it.
    package init(
        text: String, path: String, vocabulary: Vocabulary, kinds: KnownKinds = KnownKinds(),
        environment: [String: String]
    ) throws(SettingsError) {
        try self.init(
            try SettingsFile(text: text, path: path), vocabulary: vocabulary, kinds: kinds, environment: environment)
    }

    private static func address(_ file: SettingsFile<ActionsFile>) throws(SettingsError) -> String? {
        guard let text = file.content.address else { return nil }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false else {
            throw file.error(at: ["address"], "'address' should be of the form https://mailroom.example.")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private init(
        _ file: SettingsFile<ActionsFile>, vocabulary: Vocabulary, kinds: KnownKinds, environment: [String: String]
    ) throws(SettingsError) {
        let entries = EntryReader(
            file: file, place: [], environment: environment, vocabulary: vocabulary, kinds: kinds,
            source: file.content.source ?? ActionRules.defaultSource, address: try ActionRules.address(file))
        var connectors: [String: any Connector] = [:]
        var inactive: [String: String] = [:]
        var ledgers: Set<String> = []
        for kind in ConnectorKind.all {
            for (name, place, reading) in try kind.readings(entries) {
                guard connectors[name] == nil, inactive[name] == nil else {
                    throw file.error(at: place + ["name"], "The connector '\(name)' is there twice. Rename one.")
                }
                if kind.key == "erp" { ledgers.insert(name) }
                switch reading {
                case .active(let connector): connectors[name] = connector
                case .inactive(let why): inactive[name] = why
                }
            }
        }
        let names = Set(connectors.keys).union(inactive.keys)
        var rules: [Rule] = []
        for (index, entry) in file.content.rules.enumerated() {
            let reader = RuleReader(
                file: file, entry: entry, place: ["rules", "\(index)"], vocabulary: vocabulary, kinds: kinds,
                connectors: names)
            rules.append(try reader.read())
        }
        self.init(
            hash: SHA256.hash(data: file.bytes).hexadecimal, rules: rules, connectors: connectors, inactive: inactive,
            warnings: ActionRules.warnings(of: rules, ledgers: ledgers, in: file),
            approvalKinds: ActionRules.approvalKinds(of: rules, file.content.erp ?? []))
    }

    private static func approvalKinds(of rules: [Rule], _ ledgers: [ActionsFile.LedgerEntry]) -> Set<String> {
        let posted = Set(ledgers.flatMap { $0.accounts.map(\.kind) }).subtracting([AccountMapping.cashPosting])
        return rules.reduce(into: posted) { $0.formUnion($1.approvalKinds) }
    }

    /// Each ledger that is told of what is posted, and never of its being taken back.
    private static func warnings(
        of rules: [Rule], ledgers: Set<String>, in file: SettingsFile<ActionsFile>
    ) -> [SettingsError] {
        let counterparts: [EventType: EventType] = [
            .approvalApproved: .approvalWithdrawn, .documentAccepted: .documentRecalled,
        ]
        return rules.enumerated().flatMap { index, rule -> [SettingsError] in
            guard let counterpart = counterparts[rule.event] else { return [] }
            return rule.connectors.intersection(ledgers).sorted().filter { ledger in
                !rules.contains { $0.event == counterpart && $0.connectors.contains(ledger) && $0.covers(rule) }
            }.map { ledger in
                file.error(
                    at: ["rules", "\(index)"],
                    """
                    The rule '\(rule.name)' has the ledger '\(ledger)' post, and no rule of \(counterpart.rawValue) names it \
                    for the same: what is taken back stays posted. Add such a rule.
                    """)
            }
        }
    }
}
