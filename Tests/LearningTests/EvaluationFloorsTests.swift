import Learning
import Testing

@Suite("Floors of evaluation")
struct EvaluationFloorsTests {
    private static func report(right: Int) -> EvaluationReport {
        var report = EvaluationReport()
        (report.fileCount, report.splitRightCount) = (10, 10)
        (report.documentCount, report.typeRightCount) = (10, right)
        return report
    }

    @Test("A figure under its floor is named with both")
    func underTheFloor() {
        var floors = EvaluationFloors()
        (floors.typeRight, floors.splitRight) = (0.95, 1)
        #expect(floors.failures(of: Self.report(right: 10)).isEmpty)
        #expect(floors.failures(of: Self.report(right: 9)) == ["type_right is 0.9, under its floor of 0.95."])
    }

    @Test("What was not measured is under any floor")
    func notMeasured() {
        var floors = EvaluationFloors()
        floors.invoiceLines = 0.5
        #expect(
            floors.failures(of: Self.report(right: 10)) == [
                "invoice_lines_f1 is not measured, under its floor of 0.5."
            ])
    }
}
