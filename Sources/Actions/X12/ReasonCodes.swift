/// Claim Adjustment Reason Codes that were ever published, active and deactivated: those of `Config/code-lists/carc.txt`.
package enum ReasonCodes {
    /// The numbers that are in use behind each letter, and without one.
    private static let numbers: [String: ClosedRange<Int>] = [
        "": 1...308, "A": 0...8, "B": 1...23, "D": 1...23, "P": 1...32, "W": 1...9, "Y": 1...3,
    ]

    package static func isPublished(_ code: String) -> Bool {
        let letters = String(code.prefix { !$0.isNumber })
        let digits = String(code.dropFirst(letters.count))
        // The number's own digits: 045 is no code.
        guard let range = numbers[letters], let number = Int(digits), String(number) == digits else { return false }
        return range.contains(number)
    }
}
