import Foundation

/// Times and ages as the pages write them.
enum PageTime {
    /// An age in one unit: `40 s`, `12 min`, `5 h`, `3 d`.
    static func age(seconds: Double) -> String {
        switch seconds {
        case ..<60: "\(Int(max(0, seconds))) s"
        case ..<3600: "\(Int(seconds / 60)) min"
        case ..<172_800: "\(Int(seconds / 3600)) h"
        default: "\(Int(seconds / 86_400)) d"
        }
    }

    /// A moment to the second, in Coordinated Universal Time: `2026-03-14 09:26:53`.
    static func moment(_ date: Date) -> String {
        String(date.formatted(.iso8601).replacing("T", with: " ").dropLast())
    }

    /// A moment to the minute, in Coordinated Universal Time: `2026-03-14 09:26 UTC`.
    static func minute(_ date: Date) -> String { moment(date).dropLast(3) + " UTC" }

    /// Bytes in the unit that gives a short number: `812 B`, `43 kB`, `2.1 MB`.
    static func size(_ bytes: Int64) -> String {
        switch bytes {
        case ..<1000: "\(bytes) B"
        case ..<1_000_000: "\(bytes / 1000) kB"
        default: "\(Double(bytes / 100_000) / 10) MB"
        }
    }
}
