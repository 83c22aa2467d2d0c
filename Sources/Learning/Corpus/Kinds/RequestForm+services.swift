import Documents

/// What a form asks for: drugs, diagnoses, procedures and days.
extension RequestForm {
    mutating func clinical(_ source: inout Source) {
        var rows: [[FormCell]] = []
        if subtype == .drugRequest { rows += drug(&source) }
        let diagnoses = (0..<source.dice.int(1...3)).map { _ in source.diagnosis() }
        let asksProcedures = subtype == .serviceRequest || subtype == .referral && source.dice.chance(0.4)
        let procedures = asksProcedures ? (0..<source.dice.int(1...4)).map { _ in source.procedure() } : []
        let table = subtype == .serviceRequest && style.chance("services in a table", 0.35)
        if !table {
            rows.append([codes("diagnosis_codes", diagnoses, .diagnosisCode)])
            if asksProcedures { rows.append([codes("procedure_codes", procedures, .procedureCode)]) }
            rows.append(dates(&source))
        }
        let note = source.dice.chance(0.7) ? source.phrase("forms", "clinical_note").plainText : nil
        if style.chance("asks history", 0.6) {
            rows.append([
                field(
                    style.pick(
                        "history",
                        [
                            "Clinical Information", "Reason for Referral", "Supporting Clinical Summary",
                            "Previous Treatment",
                        ]), nil, note, .text)
            ])
        }
        let titles =
            subtype == .drugRequest
            ? ["Medication Information", "Drug Information", "Section III - Drug", "Medication Requested"]
            : [
                "Clinical Information", "Services Requested", "Section IV - Services", "Diagnosis and Procedure",
                "Service Information",
            ]
        guard table else {
            numbering = section("clinical", titles, rows)
            if subtype == .drugRequest, style.chance("asks earlier drugs", 0.35) { earlierDrugs(&source) }
            return
        }
        composer.sectionHead(style.pick("section clinical", titles))
        composer.table(services(procedures, diagnoses, &source))
        if !hasDiagnosesInTable {
            rows.insert([codes("diagnosis_codes", diagnoses, .diagnosisCode)], at: 0)
        }
        composer.form(rows, look: look, numbering: &numbering)
    }

    private var hasDiagnosesInTable: Bool { style.chance("diagnoses in a table", 0.5) }

    /// Services in the rows of a table, some of which stay empty, with their days and, in some, their diagnoses.
    private func services(_ procedures: [[String]], _ diagnoses: [[String]], _ source: inout Source) -> TableContent {
        /// A cell with what is filled in; empty where nothing is.
        func cell(_ text: String?, _ path: String? = nil, _ kind: NormalForm = .text) -> TableCell {
            text.map { TableCell([Span($0, path.map { [Tag($0, kind)] } ?? []).filledIn()]) } ?? TableCell()
        }
        let start = source.day()
        let end = source.dice.chance(0.6) ? start.later(source.dice.pick([1, 3, 30, 60, 90, 180, 365])) : nil
        let hasUnits = style.chance("units in a table", 0.4)
        let hasDiagnoses = hasDiagnosesInTable
        let codeHead = style.pick("code of a table", ["Code", "CPT/HCPCS", "CPT Code", "Procedure Code"])
        var columns = [
            TableColumn(
                head: [
                    style.pick(
                        "service of a table", ["Planned Service or Procedure", "Description", "Service Requested"])
                ],
                align: .left), TableColumn(head: [codeHead], align: .left),
        ]
        if hasUnits { columns.append(TableColumn(head: [style.pick("units of a table", ["Units", "Visits", "Qty"])])) }
        columns.append(
            TableColumn(head: [style.pick("start of a table", ["Start Date", "From", "Begin Date"])], align: .left))
        columns.append(
            TableColumn(head: [style.pick("end of a table", ["End Date", "To", "Stop Date"])], align: .left))
        if hasDiagnoses {
            columns.append(
                TableColumn(
                    head: [
                        style.pick("diagnosis of a table", ["Diagnosis Description", "Diagnosis", "Dx Description"])
                    ],
                    align: .left))
            columns.append(
                TableColumn(head: [style.pick("diagnosis code of a table", ["Code", "ICD-10", "Dx"])], align: .left))
        }
        let count = max(procedures.count, hasDiagnoses ? diagnoses.count : 0)
        var rows = (0..<count).map { index in
            let service = index < procedures.count ? procedures[index] : nil
            let diagnosis = index < diagnoses.count ? diagnoses[index] : nil
            let isFirst = index == 0
            var cells = [
                cell(service.map { String($0[1].prefix(30)) }),
                cell(service?[0], "procedure_codes[\(index)]", .procedureCode),
            ]
            if hasUnits { cells.append(cell(service.map { _ in "\(source.dice.int(1...24))" })) }
            cells.append(cell(service.map { _ in source.formats.date(start) }, isFirst ? "service_start" : nil, .date))
            let last = service.flatMap { _ in end.map { source.formats.date($0) } }
            cells.append(cell(last, isFirst ? "service_end" : nil, .date))
            if hasDiagnoses {
                cells.append(cell(diagnosis.map { String($0[1].prefix(26)) }))
                cells.append(cell(diagnosis?[0], "diagnosis_codes[\(index)]", .diagnosisCode))
            }
            return TableRow(cells)
        }
        rows += (0..<source.dice.int(0...3)).map { _ in TableRow(columns.map { _ in TableCell() }) }
        return TableContent(columns: columns, rows: rows)
    }

    /// Drugs that were tried before: names and days that are the value of no field.
    private mutating func earlierDrugs(_ source: inout Source) {
        let rows = (0..<Int(style.number("earlier drugs", 2...4.99))).map { index -> [FormCell] in
            let isFilled = source.dice.chance(index == 0 ? 0.8 : 0.5)
            let start = source.day()
            let dates = "\(source.formats.date(start)) - \(source.formats.date(start.later(source.dice.int(10...90))))"
            let drug = nameAndStrength(source.dice.pick(source.words.drugs)).name
            return [
                field(
                    style.pick("earlier drug", ["Medication", "Drug", "Medication Name"]), nil, isFilled ? drug : nil,
                    .text),
                field(
                    style.pick("earlier dates", ["Date of Trial", "Dates", "Start/End Date", "Trial Dates"]), nil,
                    isFilled ? dates : nil, .text),
                field(
                    style.pick("earlier outcome", ["Duration of Trial", "Outcome", "Reason for Stopping"]), nil,
                    isFilled
                        ? source.dice.pick(["4 weeks", "Intolerance", "Not effective", "3 months", "Current"]) : nil,
                    .text),
            ]
        }
        numbering = section(
            "earlier drugs",
            [
                "Previous Medications", "Medication History", "Please list the medications tried and failed",
                "Clinical Information",
            ], rows)
    }

    private func drug(_ source: inout Source) -> [[FormCell]] {
        let whole = source.dice.pick(source.words.drugs)
        let (name, strength) = style.chance("strength apart", 0.4) ? nameAndStrength(whole) : (whole, nil)
        var row = [labelled("drug_name", name, .name, weight: 2)]
        if strength != nil || style.chance("asks strength", 0.3) { row.append(field("Strength", nil, strength, .text)) }
        return [
            row,
            [
                field(
                    style.pick("directions", ["Directions", "Sig", "Directions for Use", "Dosage/Frequency"]), nil,
                    source.phrase("forms", "directions").plainText, .text, weight: 2),
                field(
                    style.pick("quantity", ["Quantity", "Qty", "Qty per 30 days", "Quantity Requested"]), nil,
                    "\(source.dice.int(1...90))", .number),
            ],
        ]
    }

    /// A drug as it is listed, such as `Lisinopril 10 mg`, taken apart.
    private func nameAndStrength(_ drug: String) -> (name: String, strength: String?) {
        guard let digit = drug.firstIndex(where: \.isNumber) else { return (drug, nil) }
        return (NormalForm.foldWhiteSpace(String(drug[..<digit])), String(drug[digit...]))
    }

    private func dates(_ source: inout Source) -> [FormCell] {
        let start = source.day()
        var cells = [
            labelled(
                "request_service_start", path: "service_start",
                source.dice.chance(0.9) ? source.formats.date(start) : nil, .date)
        ]
        if style.chance("asks end", 0.65) {
            let end =
                source.dice.chance(0.8)
                ? source.formats.date(start.later(source.dice.pick([1, 3, 30, 60, 90, 180, 365]))) : nil
            cells.append(labelled("request_service_end", path: "service_end", end, .date))
        }
        if style.chance("asks units", 0.4) {
            cells.append(
                field(
                    style.pick("units", ["Units", "# of Visits", "Visits Requested", "Units Requested"]), nil,
                    "\(source.dice.int(1...24))", .number))
        }
        return cells
    }

    /// Codes in one box, some with what they stand for.
    private func codes(_ name: String, _ codes: [[String]], _ kind: NormalForm) -> FormCell {
        let described = style.chance("described \(name)", 0.3)
        let shown = described ? Array(codes.prefix(1)) : codes
        var spans: [Span] = []
        for (index, code) in shown.enumerated() {
            if index > 0 { spans.append(Span(style.pick("between codes", [", ", "  ", "; ", " "]))) }
            spans.append(Span(code[0], "\(name)[\(index)]", kind))
            if described { spans.append(Span(" " + code[1].prefix(34))) }
        }
        return .field(label: style.label(name), value: spans, weight: 2)
    }
}
