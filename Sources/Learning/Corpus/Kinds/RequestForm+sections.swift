import Documents

extension RequestForm {
    private static let urgencies = [
        (name: "standard", labels: ["Standard", "Routine", "Non-Urgent", "Standard Review", "Elective"]),
        (name: "expedited", labels: ["Urgent", "Expedited", "Expedited Review", "Urgent/Expedited", "STAT"]),
    ]
    private static let settings = [
        (name: "inpatient", labels: ["Inpatient", "Inpatient Hospital", "IP"]),
        (name: "outpatient", labels: ["Outpatient", "Outpatient Hospital", "OP", "Ambulatory"]),
        (name: "office", labels: ["Office", "Provider Office", "Physician's Office", "Doctor's Office", "Clinic"]),
        (name: "home", labels: ["Home", "Home Health", "Patient Home", "Home Infusion"]),
    ]
    private static let requestTypes = [
        (name: "initial", labels: ["Initial", "New Request", "Initial Request", "New", "New Start"]),
        (name: "extension", labels: ["Extension", "Renewal", "Continuation", "Extension/Renewal"]),
        (name: "concurrent", labels: ["Concurrent", "Concurrent Review", "Continued Stay"]),
        (name: "retrospective", labels: ["Retrospective", "Retro", "Retrospective Review", "Retroactive"]),
    ]

    mutating func request(_ source: inout Source) {
        var cells: [FormCell] = []
        func chosen(_ names: [String]) -> String? { source.dice.chance(0.92) ? source.dice.pick(names) : nil }
        if style.chance("asks urgency", 0.8) {
            cells.append(
                choice("urgency", RequestForm.urgencies, chosen: chosen(["standard", "standard", "expedited"])))
        }
        if style.chance("asks request type", 0.6) {
            let count = style.pick("request types", [2, 3, 4])
            let types = Array(RequestForm.requestTypes.prefix(count))
            cells.append(choice("request_type", types, chosen: chosen(types.map(\.name))))
        }
        if subtype != .referral, style.chance("asks setting", 0.6) {
            let all = RequestForm.settings
            let settings =
                subtype == .drugRequest ? Array(all[1...]) : style.chance("two settings", 0.4) ? Array(all[..<2]) : all
            cells.append(choice("setting", settings, chosen: chosen(settings.map(\.name))))
        }
        guard !cells.isEmpty else { return }
        let rows = style.chance("choices in a row", 0.4) ? [cells] : cells.map { [$0] }
        numbering = section(
            "request",
            ["Request Information", "Type of Request", "Section A: Request", "Review Type", "General Information"], rows
        )
    }

    mutating func patient(_ source: inout Source) {
        let birth = source.formats.fullDate(source.birthDate())
        let address = source.address()
        var rows: [[FormCell]] = [
            [
                labelled("patient_name", source.formats.name(source.person()), .name, weight: 2),
                labelled("patient_birth_date", birth, .date),
            ],
            [
                labelled("member_id", source.dice.chance(0.97) ? source.memberID() : nil, .identifier),
                labelled("group_number", source.dice.chance(0.7) ? source.groupNumber() : nil, .identifier),
            ],
        ]
        if style.chance("asks sex", 0.5) {
            let options = ["Male", "Female"].map { FormOption(label: $0, checked: false, tag: nil) }
            var ticked = options
            ticked[source.dice.below(2)].checked = true
            rows[0].append(.choices(label: style.pick("sex", ["Sex", "Gender"]), options: ticked, weight: 1))
        }
        if style.chance("asks address", 0.5) {
            rows.append([
                field("Address", nil, address.street, .text, weight: 2),
                field("City, State, ZIP", nil, address.place, .text, weight: 2),
                field("Phone", nil, source.dice.chance(0.6) ? source.formats.phone(source.phone()) : nil, .phone),
            ])
        }
        numbering = section(
            "patient",
            ["Patient Information", "Member Information", "Section I - Member", "Patient", "Enrollee Information"], rows
        )
    }

    mutating func requester(_ source: inout Source) {
        let formats = source.formats
        var rows: [[FormCell]] = [
            [
                labelled(
                    "requesting_provider_name",
                    source.dice.chance(0.7) ? source.physician() : source.dice.pick(source.words.providers), .name,
                    weight: 2),
                labelled("requesting_provider_npi", source.dice.chance(0.93) ? source.npi() : nil, .npi),
            ],
            [
                labelled(
                    "requesting_provider_phone", source.dice.chance(0.95) ? formats.phone(source.phone()) : nil, .phone),
                labelled(
                    "requesting_provider_fax", source.dice.chance(0.9) ? formats.phone(source.phone()) : nil, .phone),
            ],
        ]
        if style.chance("asks tax id", 0.5) {
            let text = source.dice.chance(0.8) ? formats.taxIdentifier(source.taxIdentifier()) : nil
            rows[1].insert(labelled("requesting_provider_tax_id", text, .taxIdentifier), at: 0)
        }
        if style.chance("asks contact", 0.4) {
            let person = source.person()
            rows.append([
                field("Contact Person", nil, "\(person.first) \(person.last)", .name),
                field("Specialty", nil, source.phrase("forms", "specialty").plainText, .text),
            ])
        }
        let titles =
            subtype == .drugRequest
            ? ["Prescriber Information", "Prescribing Provider", "Section II - Prescriber", "Provider Information"]
            : [
                "Requesting Provider", "Ordering Provider Information", "Section II - Requesting Provider",
                "Referring Provider", "Provider Information",
            ]
        numbering = section("requester", titles, rows)
    }

    mutating func server(_ source: inout Source) {
        var rows: [[FormCell]] = [
            [
                labelled(
                    "servicing_provider_name", source.dice.chance(0.85) ? source.physician() : nil, .name, weight: 2),
                labelled("servicing_provider_npi", source.dice.chance(0.8) ? source.npi() : nil, .npi),
            ]
        ]
        if style.chance("asks facility", 0.7) {
            let facility = source.dice.chance(0.75) ? source.dice.pick(source.words.facilities) : nil
            rows.append([labelled("facility_name", facility, .name, weight: 2)])
            if style.chance("asks facility's number", 0.4) {
                rows[1].append(
                    field(
                        style.pick("facility number", ["Facility NPI", "CCN", "Facility Tax ID"]), nil,
                        source.dice.chance(0.4) ? source.npi() : nil, .text))
            }
        }
        numbering = section(
            "server",
            [
                "Servicing Provider / Facility", "Rendering Provider", "Refer To", "Section III - Servicing Provider",
                "Performing Provider",
            ],
            rows)
    }

    mutating func clinical(_ source: inout Source) {
        var rows: [[FormCell]] = []
        if subtype == .drugRequest { rows += drug(&source) }
        rows.append([
            codes("diagnosis_codes", (0..<source.dice.int(1...3)).map { _ in source.diagnosis() }, .diagnosisCode)
        ])
        if subtype == .serviceRequest || subtype == .referral && source.dice.chance(0.4) {
            rows.append([
                codes("procedure_codes", (0..<source.dice.int(1...4)).map { _ in source.procedure() }, .procedureCode)
            ])
        }
        rows.append(dates(&source))
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
        numbering = section("clinical", titles, rows)
    }

    private func drug(_ source: inout Source) -> [[FormCell]] {
        let name = source.dice.pick(source.words.drugs)
        let split = style.chance("strength apart", 0.4) ? name.firstIndex(where: \.isNumber) : nil
        let drug = split.map { NormalForm.foldWhiteSpace(String(name[..<$0])) } ?? name
        let strength = split.map { String(name[$0...]) }
        var row = [labelled("drug_name", drug, .name, weight: 2)]
        if split != nil || style.chance("asks strength", 0.3) { row.append(field("Strength", nil, strength, .text)) }
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

    /// Questions with yes and no beside them: ticks that are the value of no field.
    mutating func questions(_ source: inout Source) {
        let grammar = source.words.grammars["forms"] ?? Grammar(lines: [])
        var order = Dice("questions", style.family)
        let all = order.shuffled(grammar.phrases("question", with: [:], dice: &order).map(\.plainText))
        let rows = all.prefix(Int(style.number("question count", 2...7))).map { question -> [FormCell] in
            let yes = source.dice.chance(0.5)
            let answered = source.dice.chance(0.85)
            let options = [
                FormOption(label: "Yes", checked: answered && yes), FormOption(label: "No", checked: answered && !yes),
            ]
            return [.choices(label: question, options: options, weight: 1)]
        }
        numbering = section(
            "questions",
            ["Clinical Questions", "Additional Information", "Medical Necessity", "Please answer all that apply"],
            rows)
    }

    /// Boxes that the payer fills in: empty when the form arrives.
    mutating func officeUse() {
        let rows: [[FormCell]] = [
            [
                field(style.pick("office 1", ["Authorization #", "Reference Number", "Case ID"]), nil, nil, .text),
                field(style.pick("office 2", ["Approved By", "Reviewer", "Date Received"]), nil, nil, .text),
                field(style.pick("office 3", ["Date", "Decision Date", "Status"]), nil, nil, .text),
            ]
        ]
        _ = section("office", ["For Office Use Only", "Plan Use Only", "Internal Use"], rows)
    }

    /// A page that tells how to fill the form in.
    mutating func instructions(_ source: inout Source) {
        let facts = source.commonFacts()
        composer.print(
            [
                Span(
                    style.pick(
                        "instructions title", ["Instructions", "How to Complete This Form", "General Instructions"]),
                    bold: true)
            ],
            style.head.sized(1.4).bold)
        composer.gap(6)
        for text in source.phrases("forms", "guidance", facts, count: source.dice.int(4...8)) {
            composer.paragraph(text)
        }
        composer.newPage()
    }

    mutating func signature(_ source: inout Source) {
        composer.need(70)
        composer.gap(4)
        if style.chance("certifies", 0.7) {
            composer.paragraph(source.fixedPhrase("forms", "certify"), style.small, after: 4)
        }
        guard style.chance("asks signature", 0.85) else { return }
        let signed = source.dice.chance(0.85)
        let date = signed ? source.formats.date(source.day()) : nil
        let row: [FormCell] = [
            .signature(
                label: style.label("signature"), tag: Tag("signed", .boolean, value: .boolean(signed)), signed: signed,
                signer: source.physician(), weight: 2),
            labelled("signature_date", date, .date),
        ]
        composer.form([row], look: look == .combs ? .labelInBox : look, numbering: &numbering)
    }
}
