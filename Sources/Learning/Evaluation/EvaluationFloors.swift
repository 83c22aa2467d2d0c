/// The least that an evaluation must show, figure by figure: written down once reached, so that nobody slips under it
/// unseen.
package struct EvaluationFloors: Codable, Sendable {
    package var typeRight: Double?
    package var subtypeRight: Double?
    package var splitRight: Double?
    package var headerFields: Double?
    package var claimValues: Double?
    package var serviceLineCells: Double?
    package var invoiceLines: Double?
    /// The most that the calibration error of fields may be.
    package var fieldCalibrationError: Double?
    /// The most that the calibration error of types may be.
    package var typeCalibrationError: Double?

    /// No floor at all.
    package init() {}

    private enum CodingKeys: String, CodingKey {
        case typeRight = "type_right"
        case subtypeRight = "subtype_right"
        case splitRight = "split_right"
        case headerFields = "header_fields_f1"
        case claimValues = "claim_values_f1"
        case serviceLineCells = "service_line_cells_f1"
        case invoiceLines = "invoice_lines_f1"
        case fieldCalibrationError = "field_calibration_error_max"
        case typeCalibrationError = "type_calibration_error_max"
    }

    /// What of a report is not good enough, a sentence each.
    package func failures(of report: EvaluationReport) -> [String] {
        let least: [(CodingKeys, Double?, Double?)] = [
            (.typeRight, report.typeRight, typeRight),
            (.subtypeRight, report.subtypeRight, subtypeRight),
            (.splitRight, report.splitRight, splitRight),
            (.headerFields, report.fields.f1, headerFields), (.claimValues, report.claims.f1, claimValues),
            (.serviceLineCells, report.cells.f1, serviceLineCells), (.invoiceLines, report.items.f1, invoiceLines),
        ]
        let most: [(CodingKeys, Double?, Double?)] = [
            (.fieldCalibrationError, report.fieldReliability.error, fieldCalibrationError),
            (.typeCalibrationError, report.typeReliability.error, typeCalibrationError),
        ]
        return least.compactMap { name, figure, floor in
            guard let floor, (figure ?? 0) < floor else { return nil }
            return "\(name.rawValue) is \(figure.map { "\($0)" } ?? "not measured"), under its floor of \(floor)."
        }
            + most.compactMap { name, figure, ceiling in
                guard let figure, let ceiling, figure > ceiling else { return nil }
                return "\(name.rawValue) is exceeded: \(figure) is over \(ceiling)."
            }
    }
}
