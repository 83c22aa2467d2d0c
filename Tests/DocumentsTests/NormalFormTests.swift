import Documents
import Testing

@Suite struct NormalFormTests {
    @Test(arguments: [
        ("$1,234.50", "1234.50"), ("1234.5", "1234.50"), ("(45.00)", "-45.00"), ("45.00-", "-45.00"),
        ("-$45", "-45.00"), ("45.00 CR", "-45.00"), ("USD 12", "12.00"), (".50", "0.50"), ("0", "0.00"),
    ])
    func moneyAsPayersPrintIt(printed: String, normal: String) {
        #expect(NormalForm.money.normalize(printed) == normal)
    }

    @Test(arguments: ["", "12,34.00", "1.234,00", "12.345", "abc", "-", "$", "1234567890123.00", "12..3"])
    func whatIsNoAmountIsNoMoney(printed: String) {
        #expect(NormalForm.money.normalize(printed) == nil)
    }

    @Test(arguments: [
        ("03/14/2026", "2026-03-14"), ("3-4-26", "2026-03-04"), ("March 14, 2026", "2026-03-14"),
        ("Mar. 14th 2026", "2026-03-14"), ("14-MAR-26", "2026-03-14"), ("2026-03-14", "2026-03-14"),
        ("03142026", "2026-03-14"), ("20260314", "2026-03-14"), ("02/29/2024", "2024-02-29"), ("1/2/58", "1958-01-02"),
    ])
    func datesAsPayersPrintThem(printed: String, normal: String) {
        #expect(NormalForm.date.normalize(printed) == normal)
    }

    @Test(arguments: ["02/30/2026", "13/01/2026", "80101911/26.06.2025", "March 2026", "9\" June", "2026", "0/1/2026"])
    func whatIsNoDateIsNotInvented(printed: String) {
        #expect(NormalForm.date.normalize(printed) == nil)
    }

    @Test func theCheckDigitOfAnNPIMustHold() {
        #expect(NormalForm.npi.normalize("1234567893") == "1234567893")
        #expect(NormalForm.npi.normalize("1234567890") == nil)
        let valid = (0..<10).filter { NormalForm.isNPI("199999999\($0)") }
        #expect(valid.count == 1)
    }

    @Test(arguments: [
        (NormalForm.phone, "1 (555) 010-2000", "5550102000"), (.taxIdentifier, "12-3456789", "123456789"),
        (.diagnosisCode, "m5450", "M54.50"), (.diagnosisCode, "I10", "I10"), (.procedureCode, "j1100", "J1100"),
        (.adjustmentReason, "CO45", "CO-45"), (.adjustmentReason, "PR 1", "PR-1"), (.adjustmentReason, "45", "45"),
        (.remarkCode, "n130", "N130"), (.identifier, "XYZ 123 456", "XYZ123456"), (.name, "  Ann \n  Lee ", "Ann Lee"),
        (.number, "1,200", "1200"),
    ])
    func codesAndNumbers(form: NormalForm, printed: String, normal: String) {
        #expect(form.normalize(printed) == normal)
    }

    @Test(arguments: NormalForm.allCases)
    func normalizingTwiceIsNormalizingOnce(form: NormalForm) {
        let samples = [
            "$1,234.50", "03/14/2026", "1234567893", "12-3456789", "(555) 010-2000", "m5450", "99213", "CO 45", "N130",
            "true", " a  b ",
        ]
        for sample in samples {
            guard let once = form.normalize(sample) else { continue }
            #expect(form.normalize(once) == once)
        }
    }

    @Test(arguments: [
        ("09/01/2019", "2019-01-09"), ("17-02-18", "2018-02-17"), ("02/27/2019", "2019-02-27"),
        ("2018-03-18", "2018-03-18"), ("05032018", "2018-03-05"), ("5 Mar 2018", "2018-03-05"), ("31/31/2018", nil),
    ])
    func aDayBeforeItsMonth(printed: String, date: String?) {
        #expect(CalendarDate(printed: printed, isDayFirst: true)?.description == date)
    }

    @Test func everyDayNumberIsADayAndBack() {
        for number in stride(from: -200_000, through: 200_000, by: 37) {
            #expect(CalendarDate(dayNumber: number)?.dayNumber == number)
        }
        #expect(CalendarDate(year: 2026, month: 2, day: 28)?.adding(days: 1)?.description == "2026-03-01")
    }
}
