/// What a 278 request announces to be sent beside it (PWK), and under which number.
package struct AuthorizationAttachment: Codable, Hashable, Sendable {
    /// PWK01: what the attachment is; `77`, support data for verification, for a completed form.
    package var reportType: String
    /// PWK02: how it is sent; `EL` for by computer, as by a 275.
    package var transmission: String
    /// PWK06, and TRN02 of the 275 that carries it: the same number on both tells which request the papers belong to.
    package var controlNumber: String

    package init(reportType: String, transmission: String, controlNumber: String) {
        self.reportType = reportType
        self.transmission = transmission
        self.controlNumber = controlNumber
    }

    /// The codes of PWK01 in a 278 (005010X217, loop 2000E).
    static let reportTypes: Set<String> = [
        "03", "04", "05", "06", "07", "08", "09", "10", "11", "13", "15", "21", "48", "55", "59", "77", "A3", "A4",
        "AM", "AS", "AT", "B2", "B3", "BR", "BS", "BT", "CB", "CK", "D2", "DA", "DB", "DG", "DJ", "DS", "FM", "HC",
        "HR", "I5", "IR", "LA", "M1", "NN", "OB", "OC", "OD", "OE", "OX", "P4", "P5", "P6", "P7", "PE", "PN", "PO",
        "PQ", "PY", "PZ", "QC", "QR", "RB", "RR", "RT", "RX", "SG", "V5", "XP",
    ]

    /// The codes of PWK02 in a 278 by which papers are sent: mail, computer, e-mail and fax.
    static let transmissions: Set<String> = ["BM", "EL", "EM", "FX"]

    /// PWK, with the number qualified as an attachment control number.
    var segment: X12Segment {
        X12Segment("PWK", .code(reportType), .code(transmission), .unused, .unused, "AC", .text(controlNumber, 80))
    }
}
