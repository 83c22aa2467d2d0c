import Documents

/// The kinds of request for authorization.
enum RequestSubtype: String, CaseIterable, Sendable {
    case serviceRequest = "service_request"
    case drugRequest = "drug_request"
    case referral

    var titleRule: String {
        switch self {
        case .serviceRequest: "service_title"
        case .drugRequest: "drug_title"
        case .referral: "referral_title"
        }
    }
}

/// A form that asks a payer for authorization: sections of boxes, filled in by a provider.
struct RequestForm {
    let subtype: RequestSubtype
    let composer: Composer
    let style: Style
    let look: FormLook
    var facts = Facts()
    var numbering: Int?

    static func draw(_ subtype: RequestSubtype, _ composer: Composer, _ source: inout Source) {
        let style = composer.style
        let look = style.pick("form look", FormLook.allCases)
        var form = RequestForm(subtype: subtype, composer: composer, style: style, look: look)
        form.numbering = style.chance("numbered", 0.2) ? 1 : nil
        if style.chance("instructions apart", 0.25) { form.instructions(&source) }
        form.head(&source)
        if style.chance("office box first", 0.15) { form.officeUse() }
        form.request(&source)
        form.people(&source)
        form.clinical(&source)
        if style.chance("questions", 0.4) { form.questions(&source) }
        form.signature(&source)
        if style.chance("office box last", 0.2) { form.officeUse() }
        let number = style.pick("form number", ["PA-100", "UM-0417", "F-2214", "AUTH-7", "MC-19"])
        let revision = "(Rev. 0\(Int(style.number("revision", 1...9)))/2\(Int(style.number("year", 2...6))))"
        composer.footers(note: style.chance("form note", 0.5) ? "Form \(number) \(revision)" : nil)
    }

    private mutating func head(_ source: inout Source) {
        facts = source.commonFacts()
        facts.say("appeal_fax", source.formats.phone(source.phone()))
        let payer = Span(source.payer(), "payer_name", .name)
        let hasPayer = style.chance("names the payer", 0.9)
        if hasPayer, style.chance("payer at the head", 0.8) {
            facts.say("name", payer.text)
            let notice =
                style.chance("a notice beside the name", 0.2) ? source.fixedPhrase("forms", "partner", facts) : []
            composer.letterhead(
                Sender(
                    name: [payer], address: source.senderAddress(), phone: source.senderPhone(), web: source.webSite()),
                notice: notice)
        }
        let title = style.head.sized(style.number("title size", 1.25...1.8)).bold
        composer.paragraph(
            source.fixedPhrase("forms", subtype.titleRule), title,
            align: style.pick("title's place", [.left, .centre, .centre]))
        if style.chance("instruction", 0.7) {
            composer.paragraph(source.fixedPhrase("forms", "instruction", facts), style.small, after: 4)
        }
        if style.chance("payer in a box", 0.3) { submission(hasPayer ? [payer] : [], &source) }
    }

    /// To whom and when the form is sent: a day that is not the signature's, and phones that are nobody's on the form.
    private mutating func submission(_ payer: [Span], _ source: inout Source) {
        var row: [FormCell] = [.field(label: style.label("payer_name"), value: payer, weight: 2)]
        if style.chance("phones of the payer", 0.35) {
            let isFilled = source.dice.chance(0.4)
            row += ["Phone", "Fax"].map {
                field($0, nil, isFilled ? source.formats.phone(source.phone()) : nil, .phone)
            }
        }
        let day = source.dice.chance(0.65) ? source.formats.date(source.day()) : nil
        row.append(
            field(style.pick("day of sending", ["Date", "Date", "Request Date", "Date Submitted"]), nil, day, .date))
        if style.chance("submission has a heading", 0.4) {
            numbering = section(
                "submission", ["Section I - Submission", "Submission", "Submission Information", "Submitted To"], [row])
        } else {
            composer.form([row], look: look, numbering: &numbering)
        }
    }

    /// A box for a field; empty when there is no text.
    func field(_ label: String, _ path: String?, _ text: String?, _ kind: NormalForm, weight: Double = 1) -> FormCell {
        let value = text.map { [Span($0, path.map { [Tag($0, kind)] } ?? [])] } ?? []
        return .field(label: style.cased(label), value: value, weight: weight)
    }

    func labelled(
        _ name: String, path: String? = nil, _ text: String?, _ kind: NormalForm, prefix: String = "",
        weight: Double = 1
    ) -> FormCell {
        .field(
            label: prefix + style.label(name), value: text.map { [Span($0, path ?? name, kind)] } ?? [], weight: weight)
    }

    func section(_ name: String, _ titles: [String], _ rows: [[FormCell]]) -> Int? {
        var numbering = numbering
        composer.sectionHead(style.pick("section \(name)", titles))
        composer.form(rows, look: look, numbering: &numbering)
        return numbering
    }

    /// A group of options; the ticked one is the field's value.
    func choice(
        _ name: String, _ options: [(name: String, labels: [String])], chosen: String?, weight: Double = 1
    ) -> FormCell {
        .choices(
            label: style.label(name),
            options: options.map { option in
                FormOption(
                    label: style.pick("option \(name) \(option.name)", option.labels), checked: option.name == chosen,
                    tag: Tag(name, .choice, value: .text(option.name)))
            }, weight: weight)
    }
}
