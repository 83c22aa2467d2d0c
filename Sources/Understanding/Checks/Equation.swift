package import Documents

/// A check that amounts must meet, as an equation.
package struct Equation: Hashable, Sendable {
    package var check: Check
    /// What one side has more than the other.
    package var difference: Money
    /// Paths of the amounts on both sides.
    package var terms: [String]

    init(_ name: CheckName, difference: Money, detail: String, fields: [String], terms: [String]) {
        check = Check(name: name.rawValue, passed: difference == .zero, detail: detail, fields: fields)
        self.difference = difference
        self.terms = terms
    }
}
