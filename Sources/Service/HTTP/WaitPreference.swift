/// `Prefer: wait=N` (RFC 7240, 4.3): how long the caller would rather wait than ask again.
struct WaitPreference: Hashable {
    static let secondsMax = 60

    let seconds: Int

    /// Nil when the header asks for no wait; more than `secondsMax` becomes that.
    init?(header: String?) {
        guard let match = header?.firstMatch(of: /(?:^|[,;]\s*)(?i:wait)\s*=\s*"?(\d{1,6})"?/),
            let seconds = Int(match.output.1)
        else { return nil }
        self.seconds = min(seconds, WaitPreference.secondsMax)
    }

    /// The value of `Preference-Applied`.
    var applied: String { "wait=\(seconds)" }
}
