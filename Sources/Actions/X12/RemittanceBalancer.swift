import Documents
package import Foundation

/// Whether an 835 adds up: the three levels of sums, the counts and the control numbers (TR3 005010X221A1, 1.10.2.1).
///
/// It reads the bytes alone and knows nothing of how they were written.
package enum RemittanceBalancer {
    /// One sentence for each thing that does not hold, in the order of the file; none when all does.
    package static func findings(in bytes: Data) -> [String] {
        do {
            let segments = try X12File(bytes).segments
            var findings = EnvelopeCheck.findings(in: segments)
            let transactions = TransactionSegments.all(in: segments)
            if transactions.isEmpty { findings.append("The file has no transaction set.") }
            for transaction in transactions {
                findings += try PaymentSums(transaction.segments).findings.map {
                    "Transaction \(transaction.name): \($0)"
                }
            }
            return findings
        } catch {
            return [error.sentence]
        }
    }
}

/// The segments of one transaction set, ST and SE included.
struct TransactionSegments {
    let name: String
    let segments: ArraySlice<X12Segment>

    static func all(in segments: [X12Segment]) -> [TransactionSegments] {
        let starts = segments.indices.filter { segments[$0].name == "ST" }
        return starts.enumerated().map { place, start in
            let next = place + 1 < starts.count ? starts[place + 1] : segments.endIndex
            let end = segments[start..<next].firstIndex { $0.name == "SE" } ?? next - 1
            return TransactionSegments(name: segments[start][2], segments: segments[start...end])
        }
    }
}

/// The sums of one transaction set.
struct PaymentSums {
    private var payment: Money?
    private var claims: [ClaimSums] = []
    private var providerAdjusted = Money.zero

    /// Throws a sentence where an amount is none.
    init(_ segments: ArraySlice<X12Segment>) throws(X12Problem) {
        for segment in segments {
            switch segment.name {
            case "BPR":
                payment = try segment.amount(2)
            case "CLP":
                claims.append(try ClaimSums(segment))
            case "SVC":
                guard !claims.isEmpty else { throw X12Problem("An SVC segment stands before every claim.") }
                try claims[claims.count - 1].begin(line: segment)
            case "CAS":
                guard !claims.isEmpty else { throw X12Problem("A CAS segment stands before every claim.") }
                try claims[claims.count - 1].adjust(by: segment)
            case "PLB":
                for place in stride(from: 4, through: max(4, segment.elements.count), by: 2) {
                    providerAdjusted = providerAdjusted + (try segment.amount(place))
                }
            default: break
            }
        }
    }

    var findings: [String] {
        var findings = claims.flatMap(\.findings)
        guard let payment else { return findings + ["There is no BPR segment."] }
        let paid = claims.reduce(Money.zero) { $0 + $1.paid }
        if paid - providerAdjusted != payment {
            findings.append("\(paid) paid for claims - \(providerAdjusted) adjusted ≠ \(payment) paid in all (BPR02).")
        }
        if payment < .zero { findings.append("The payment is negative: \(payment).") }
        return findings
    }
}

/// The sums of one claim and its lines.
struct ClaimSums {
    private struct Line {
        let name: String
        let charge: Money
        let paid: Money
        var adjusted = Money.zero
    }

    let paid: Money
    private let name: String
    private let isReversal: Bool
    private let charge: Money
    private let patient: Money
    private var adjusted = Money.zero
    private var patientAdjusted = Money.zero
    private var lines: [Line] = []

    init(_ segment: X12Segment) throws(X12Problem) {
        name = segment[1]
        isReversal = segment[2] == "22"
        charge = try segment.amount(3)
        paid = try segment.amount(4)
        patient = segment[5].isEmpty ? .zero : try segment.amount(5)
    }

    mutating func begin(line segment: X12Segment) throws(X12Problem) {
        lines.append(
            Line(
                name: segment[1, 2], charge: segment[2].isEmpty ? .zero : try segment.amount(2),
                paid: segment[3].isEmpty ? .zero : try segment.amount(3)))
    }

    /// CAS03, CAS06, … CAS18 are amounts, of the line in hand or of the claim before its first line.
    mutating func adjust(by segment: X12Segment) throws(X12Problem) {
        for place in stride(from: 3, through: max(3, segment.elements.count), by: 3) {
            let amount = try segment.amount(place)
            if segment[1] == "PR" { patientAdjusted = patientAdjusted + amount }
            adjusted = adjusted + amount
            if let last = lines.indices.last { lines[last].adjusted = lines[last].adjusted + amount }
        }
    }

    var findings: [String] {
        var findings: [String] = []
        for (index, line) in lines.enumerated() where line.charge - line.adjusted != line.paid {
            findings.append(
                """
                Claim \(name), line \(index + 1): \(line.charge) charged - \(line.adjusted) adjusted ≠ \(line.paid) paid.
                """)
        }
        if charge - adjusted != paid {
            findings.append("Claim \(name): \(charge) charged - \(adjusted) adjusted ≠ \(paid) paid.")
        }
        let lineCharges = lines.reduce(Money.zero) { $0 + $1.charge }
        if !lines.isEmpty, lineCharges != charge {
            findings.append("Claim \(name): its lines were charged \(lineCharges), it says \(charge).")
        }
        if !isReversal, patient != patientAdjusted {
            findings.append(
                "Claim \(name): \(patient) is left to the patient (CLP05), the adjustments say \(patientAdjusted).")
        }
        return findings
    }
}

extension X12Segment {
    /// The amount of an element; throws a sentence where it is none.
    func amount(_ number: Int) throws(X12Problem) -> Money {
        guard let amount = X12Text.amount(in: self[number]) else {
            throw X12Problem("\(name)\(X12Text.number(number, length: 2)) is no amount.")
        }
        return amount
    }
}
