import Foundation
import TestSupport

/// Papers that are typed and really read: a remittance of one claim with one line, and a letter that asks for a refund.
struct TypedPaper {
    var payer = "Zenith Mutual"
    var number = "0099234217"
    var date = "04/20/2026"
    var patient = "Beverly Guerrero"
    var account = "P0620649"
    var claim = "ZM7788990"
    var allowed = "700.00"
    var adjustment = "200.00"
    var coinsurance = "0.00"
    var paid = "700.00"

    /// A remittance advice: 900.00 are charged.
    var remittance: Data {
        var texts: [(x: Int, y: Int, size: Int, text: String)] = [
            (50, 750, 14, payer), (50, 735, 10, "P.O. Box 9, Springfield, OH 45501"),
            (50, 705, 13, "REMITTANCE ADVICE"),
        ]
        let head = [
            ("Check number:", number), ("Check date:", date), ("Payment amount:", "$\(paid)"),
            ("Payee:", "General Hospital"), ("Payee NPI:", "1285672907"),
        ]
        for (row, (label, value)) in head.enumerated() {
            texts += [(50, 680 - 15 * row, 10, label), (150, 680 - 15 * row, 10, value)]
        }
        let who = [
            ("Patient:", patient), ("Member ID:", "W123456789"), ("Patient account:", account),
            ("Claim number:", claim),
        ]
        for (index, (label, value)) in who.enumerated() {
            let (x, y) = (50 + 260 * (index % 2), 585 - 15 * (index / 2))
            texts += [(x, y, 10, label), (x + 100, y, 10, value)]
        }
        let columns = [
            (50, "Date", "10/15/2024"), (110, "Procedure", "99213"), (165, "Units", "1"), (205, "Billed", "$900.00"),
            (265, "Allowed", "$\(allowed)"), (330, "Adjustment", "$\(adjustment)"), (400, "Reason", "CO-45"),
            (450, "Coinsurance", "$\(coinsurance)"), (525, "Paid", "$\(paid)"),
        ]
        for (x, title, value) in columns { texts += [(x, 545, 9, title), (x, 530, 9, value)] }
        let content = texts.map { "BT /F1 \($0.size) Tf \($0.x) \($0.y) Td (\($0.text)) Tj ET" }
        return SmallPDF.page(
            content: content.joined(separator: "\n"), fonts: "/F1 5 0 R",
            objects: ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"])
    }

    static func refundRequest(date: String, amount: String = "120.00") -> Data {
        SmallPDF.make(pages: [
            [
                "Harbor Point Health Plan", "P.O. Box 17, Springfield, OH 45501", "", date, "",
                "Re: Request for refund of overpayment", "Patient name: Maria Example", "Claim number: HP20260417",
                "Member ID: W123456789", "Date of service: 02/03/2026", "Overpayment amount: $\(amount)", "",
                "Dear Provider,", "We have paid the claim named above in error. Please refund $\(amount) to us",
                "within 30 days of the date of this letter.", "", "Sincerely,", "Overpayment Recovery Department",
            ]
        ])
    }
}
