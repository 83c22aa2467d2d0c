import Foundation
import Governance
import Settings

/// Reads what entries of all kinds of connector have in common: numbers in their ranges, retries, secrets from where the
/// file says they are; every error names the line.
struct EntryReader: Sendable {
    let file: SettingsFile<ActionsFile>
    /// The key path of the entry.
    let place: [String]
    let environment: [String: String]
    let vocabulary: Vocabulary
    let kinds: KnownKinds
    /// Names this Mailroom in the events that leave it.
    let source: String
    /// Where others reach this Mailroom, without a slash at its end; nil where the file does not say it.
    let address: String?

    /// The same for the entry at another place.
    func at(_ place: [String]) -> EntryReader {
        EntryReader(
            file: file, place: place, environment: environment, vocabulary: vocabulary, kinds: kinds,
            source: source, address: address)
    }

    /// What the variable or the file holds, without white space around it; nil for a variable that is not set.
    func value(_ from: ActionsFile.Place, _ key: String) throws(SettingsError) -> String? {
        switch (from.environment, from.file) {
        case (let variable?, nil):
            let value = environment[variable]?.trimmingCharacters(in: .whitespacesAndNewlines)
            return value?.isEmpty == false ? value : nil
        case (nil, let path?):
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw error(key, "The file '\(path)' cannot be read.")
            }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        default:
            throw error(key, "'\(key)' needs either 'environment' or 'file'.")
        }
    }

    func number(
        _ value: Double?, _ key: String, _ range: ClosedRange<Double>, default fallback: Double
    ) throws(SettingsError) -> Double {
        let value = value ?? fallback
        guard range.contains(value) else {
            let words = "\(range.lowerBound.formatted())…\(range.upperBound.formatted(.number.grouping(.never)))"
            throw error(key, "'\(key)' is \(value.formatted()); it should be in \(words).")
        }
        return value
    }

    func retry(_ given: ActionsFile.Retry?) throws(SettingsError) -> RetryPolicy {
        let standard = RetryPolicy()
        let attempts = given?.attempts ?? standard.attemptsMax
        guard (1...100).contains(attempts) else { throw error("retry.attempts", "'attempts' should be in 1…100.") }
        let failures = given?.failuresMax ?? standard.failuresMax
        guard (1...1000).contains(failures) else {
            throw error("retry.failures_to_pause", "'failures_to_pause' should be in 1…1000.")
        }
        return RetryPolicy(
            attemptsMax: attempts,
            firstDelaySeconds: try number(
                given?.firstDelaySeconds, "retry.first_delay_seconds", 0.1...86_400, default: standard.firstDelaySeconds
            ),
            factor: try number(given?.factor, "retry.factor", 1...100, default: standard.factor),
            delaySecondsMax: try number(
                given?.maxDelaySeconds, "retry.max_delay_seconds", 0.1...604_800, default: standard.delaySecondsMax),
            jitter: try number(given?.jitter, "retry.jitter", 0...1, default: standard.jitter),
            failuresMax: failures,
            firstPauseSeconds: try number(
                given?.firstPauseSeconds, "retry.first_pause_seconds", 0.1...86_400,
                default: standard.firstPauseSeconds),
            pauseSecondsMax: try number(
                given?.maxPauseSeconds, "retry.max_pause_seconds", 0.1...86_400, default: standard.pauseSecondsMax))
    }

    /// `key` may name what stands deeper, with dots.
    func error(_ key: String, _ problem: String) -> SettingsError {
        file.error(at: place + key.split(separator: ".").map(String.init), problem)
    }
}
