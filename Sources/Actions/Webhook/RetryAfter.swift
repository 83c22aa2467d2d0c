package import Foundation

/// The header of HTTP in which a server says when to come back (RFC 9110, 10.2.3).
package enum RetryAfter {
    /// The seconds from `now`, not negative; nil when `text` is neither a number of seconds nor a date.
    package static func seconds(_ text: String, from now: Date) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces)
        if text.wholeMatch(of: /[0-9]{1,9}/) != nil { return Double(text) }
        let format = Date.ParseStrategy(
            format: """
                \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                \(second: .twoDigits) 'GMT'
                """,
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt)
        return (try? format.parse(text)).map { max(0, $0.timeIntervalSince(now)) }
    }
}
