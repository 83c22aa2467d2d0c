import Documents

/// The sections of the people on a form: the patient, who asks, and who is to do it.
extension RequestForm {
    /// What is asked of one of them under a heading, one of several titles.
    private struct Section {
        var name: String
        var titles: [String]
        var rows: [[FormCell]]
    }

    mutating func people(_ source: inout Source) {
        let patient = Section(name: "patient", titles: patientTitles, rows: patientRows(&source))
        let requester = Section(name: "requester", titles: requesterTitles, rows: requesterRows(&source))
        let hasServer = subtype != .drugRequest || style.chance("drug form has a server", 0.2)
        let server = hasServer ? Section(name: "server", titles: serverTitles, rows: serverRows(&source)) : nil
        if style.chance("patient beside requester", 0.25) {
            draw(patient, beside: requester)
        } else {
            draw(patient)
            if let server, style.chance("providers side by side", 0.25) { return draw(requester, beside: server) }
            draw(requester)
        }
        if let server { draw(server) }
    }

    private mutating func draw(_ part: Section) {
        numbering = section(part.name, part.titles, part.rows)
    }

    /// Two sections side by side, each with the half of the page; the one that comes first stands at either side.
    private mutating func draw(_ first: Section, beside second: Section) {
        let parts = style.chance("the second at the left", 0.3) ? [second, first] : [first, second]
        composer.sectionHeads(parts.map { style.pick("section \($0.name)", $0.titles) })
        let (left, right) = (halves(parts[0].rows), halves(parts[1].rows))
        let empty: [FormCell] = [.field(label: "", value: [], weight: 1)]
        let rows = (0..<max(left.count, right.count)).map { index in
            (index < left.count ? left[index] : empty) + (index < right.count ? right[index] : empty)
        }
        composer.form(rows, look: look == .combs ? .labelInBox : look, numbering: &numbering)
    }

    /// Cells in rows that fit on half the page, each row of weight 1.
    private func halves(_ rows: [[FormCell]]) -> [[FormCell]] {
        let paired = style.chance("pairs in a half", 0.5)
        var lines: [[FormCell]] = []
        for row in rows {
            var line: [FormCell] = []
            for cell in row {
                if !line.isEmpty, !paired || line.count == 3 || cell.weight > 1 || line[0].weight > 1 {
                    lines.append(line)
                    line = []
                }
                line.append(cell)
            }
            lines.append(line)
        }
        return lines.map { line in
            let total = line.reduce(0) { $0 + $1.weight }
            return line.map { $0.weighing($0.weight / total) }
        }
    }

    /// A field's label: its own, or the bare word that its section makes clear.
    private func named(
        _ name: String, bare: [String], _ text: String?, _ kind: NormalForm, weight: Double = 1
    ) -> FormCell {
        guard style.chance("bare labels", 0.25) else { return labelled(name, text, kind, weight: weight) }
        return field(style.pick("bare \(name)", bare), name, text, kind, weight: weight)
    }

    // MARK: Patient

    private var patientTitles: [String] {
        [
            "Patient Information", "Member Information", "Section I - Member", "Patient", "Enrollee Information",
            "Member Information (required)", "Patient Demographics",
        ]
    }

    private func patientRows(_ source: inout Source) -> [[FormCell]] {
        let birth = source.formats.fullDate(source.birthDate())
        let address = source.address()
        var rows: [[FormCell]] = [
            [
                named(
                    "patient_name", bare: ["Name", "Full Name"], source.formats.name(source.person()), .name, weight: 2),
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
        if style.chance("asks address", 0.55) {
            rows += addressRows("patient", address)
        }
        if style.chance("asks patient's phone", 0.55) {
            let phone = source.dice.chance(0.75) ? source.formats.phone(source.phone()) : nil
            let labels = ["Phone", "Phone", "Phone Number", "Home Phone", "Telephone", "Phone #", "Member Phone"]
            rows[rows.count - 1].append(field(style.pick("patient's phone", labels), nil, phone, .phone))
        }
        return rows
    }

    /// Street and place, in two boxes or in one for each part.
    private func addressRows(_ name: String, _ address: Address) -> [[FormCell]] {
        let street = field(
            style.pick("street of \(name)", ["Address", "Street Address", "Office Address", "Mailing Address"]), nil,
            address.street, .text, weight: 2)
        guard style.chance("address in parts", 0.5) else {
            return [[street, field("City, State, ZIP", nil, address.place, .text, weight: 2)]]
        }
        let city = address.place.prefix { $0 != "," }
        let rest = address.place.dropFirst(city.count).drop { !$0.isLetter }.split(separator: " ").map(String.init)
        return [
            [street],
            [
                field("City", nil, String(city), .text), field("State", nil, rest.first, .text),
                field("Zip", nil, rest.dropFirst().first, .text),
            ],
        ]
    }

    // MARK: Who asks

    private var requesterTitles: [String] {
        subtype == .drugRequest
            ? [
                "Prescriber Information", "Prescribing Provider", "Section II - Prescriber", "Provider Information",
                "Provider Information (required)",
            ]
            : [
                "Requesting Provider", "Ordering Provider Information", "Section II - Requesting Provider",
                "Referring Provider", "Provider Information", "Requesting Provider or Facility",
            ]
    }

    private func requesterRows(_ source: inout Source) -> [[FormCell]] {
        let formats = source.formats
        var rows: [[FormCell]] = [
            [
                named(
                    "requesting_provider_name", bare: ["Name", "Provider Name", "Name"],
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
        if style.chance("asks requester's address", 0.3) { rows += addressRows("requester", source.address()) }
        if style.chance("asks contact", 0.4) {
            let person = source.person()
            var row = [
                field("Contact Person", nil, "\(person.first) \(person.last)", .name),
                field("Specialty", nil, source.phrase("forms", "specialty").plainText, .text),
            ]
            if style.chance("asks contact's phone", 0.3) {
                let phone = source.dice.chance(0.5) ? formats.phone(source.phone()) : nil
                row.append(
                    field(style.pick("contact's phone", ["Contact Phone", "Phone", "Direct Line"]), nil, phone, .phone))
            }
            rows.append(row)
        }
        return rows
    }

    // MARK: Who is to do it

    private var serverTitles: [String] {
        [
            "Servicing Provider / Facility", "Rendering Provider", "Refer To", "Section III - Servicing Provider",
            "Performing Provider", "Service Provider or Facility",
        ]
    }

    private func serverRows(_ source: inout Source) -> [[FormCell]] {
        var rows: [[FormCell]] = [
            [
                named(
                    "servicing_provider_name", bare: ["Name", "Provider Name", "Name"],
                    source.dice.chance(0.85) ? source.physician() : nil, .name, weight: 2),
                labelled("servicing_provider_npi", source.dice.chance(0.8) ? source.npi() : nil, .npi),
            ]
        ]
        if style.chance("asks server's phone", 0.35) {
            let isFilled = source.dice.chance(0.6)
            rows.append([
                field("Phone", nil, isFilled ? source.formats.phone(source.phone()) : nil, .phone),
                field("Fax", nil, isFilled ? source.formats.phone(source.phone()) : nil, .phone),
            ])
        }
        if style.chance("asks facility", 0.7) {
            let facility = source.dice.chance(0.75) ? source.dice.pick(source.words.facilities) : nil
            var row = [labelled("facility_name", facility, .name, weight: 2)]
            if style.chance("asks facility's number", 0.4) {
                row.append(
                    field(
                        style.pick("facility number", ["Facility NPI", "CCN", "Facility Tax ID"]), nil,
                        source.dice.chance(0.4) ? source.npi() : nil, .text))
            }
            rows.append(row)
        }
        return rows
    }
}
