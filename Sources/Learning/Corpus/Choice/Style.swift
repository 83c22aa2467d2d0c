import Documents

/// The looks of one layout family: what all papers of one form of one payer have in common.
///
/// Everything is chosen by dice thrown from the family's name, so that the same family looks the same in every
/// corpus; `pick` and `chance` give a kind of document its own structural choices under a name.
struct Style: Sendable {
    let family: String
    private let labels: [String: [String]]

    let textFamily: String
    let headFamily: String
    let body: Font
    let leading: Double
    let topMargin: Double
    let bottomMargin: Double
    let sideMargin: Double
    let accent: Ink
    let labelCase: LetterCase
    let labelEnding: String
    let boldLabels: Bool
    let boldValues: Bool
    let capitalValues: Bool
    let filledFamily: String
    let filledInk: Ink
    let formats: PrintFormats

    enum LetterCase: Sendable {
        case asWritten, upper, sentence
    }

    init(family: String, labels: [String: [String]], typewriter: Bool = false) {
        self.family = family
        self.labels = labels
        var dice = Dice("style", family)
        let serif = ["Liberation Serif", "FreeSerif", "Nimbus Roman", "C059", "P052", "DejaVu Serif", "URW Bookman"]
        let sans = [
            "Liberation Sans", "FreeSans", "Nimbus Sans", "DejaVu Sans", "DejaVu Sans Condensed",
            "Liberation Sans Narrow", "URW Gothic",
        ]
        let mono = ["Liberation Mono", "FreeMono", "Nimbus Mono PS", "DejaVu Sans Mono"]
        let plain = dice.chance(0.45) ? serif : sans
        textFamily = typewriter || dice.chance(0.04) ? dice.pick(mono) : dice.pick(plain)
        headFamily =
            typewriter ? textFamily : dice.chance(0.6) ? textFamily : dice.pick(dice.chance(0.5) ? sans : serif)
        let wide = ["DejaVu", "URW", "Mono"].contains(where: textFamily.contains)
        body = Font(textFamily, (dice.double(wide ? 8.2...9.6 : 9...11.4) * 10).rounded() / 10)
        leading = dice.double(1.14...1.38)
        topMargin = dice.double(32...58)
        bottomMargin = dice.double(50...72)
        sideMargin = dice.double(38...76)
        accent = dice.pick([
            .black, .black, .grey(0.25), Ink(red: 0.05, green: 0.2, blue: 0.5), Ink(red: 0.1, green: 0.35, blue: 0.3),
            Ink(red: 0.5, green: 0.1, blue: 0.15), Ink(red: 0.35, green: 0.2, blue: 0.45),
            Ink(red: 0, green: 0.42, blue: 0.62),
        ])
        labelCase = dice.pick(weighted: [(.asWritten, 0.62), (.upper, 0.26), (.sentence, 0.12)])
        labelEnding = dice.pick(weighted: [(":", 0.7), ("", 0.2), (" :", 0.04), (" -", 0.03), ("....", 0.03)])
        boldLabels = dice.chance(0.4)
        boldValues = !boldLabels && dice.chance(0.3)
        capitalValues = dice.chance(0.3)
        filledFamily = dice.pick([
            "Liberation Mono", "Liberation Sans", "DkgHandwriting", "femkeklaver", "Rufscript", "Nimbus Mono PS",
            "Liberation Sans", "DejaVu Sans", "FreeMono", "Z003",
        ])
        filledInk = dice.pick([.black, .black, Ink(red: 0.05, green: 0.1, blue: 0.45)])
        formats = PrintFormats(dice: &dice)
    }

    /// What the family's payer insures.
    var trade: Trade { pick("trade", [.medical, .medical, .medical, .medical, .medical, .medical, .dental, .vision]) }

    enum Trade: Hashable, Sendable {
        case medical, dental, vision
    }

    /// How the family numbers its pages; 4 is not at all.
    var pageNumberShape: Int { pick("page number", [0, 0, 1, 2, 3, 4]) }
    var numbersPages: Bool { pageNumberShape != 4 }

    var isTypewriter: Bool { ["Mono"].contains(where: textFamily.contains) }
    var head: Font { Font(headFamily, body.size) }
    var small: Font { body.sized(0.82) }

    func filledFont(_ size: Double) -> Font {
        switch filledFamily {
        case "DkgHandwriting", "Rufscript": Font(filledFamily, size * 1.15)
        case "femkeklaver", "Z003": Font(filledFamily, size * 1.25)
        default: Font(filledFamily, size * 0.98)
        }
    }

    /// The family's own choice under a name, the same whenever it is asked.
    func pick<Element>(_ name: String, _ choices: [Element]) -> Element {
        var dice = Dice("pick", family, name)
        return dice.pick(choices)
    }

    func chance(_ name: String, _ probability: Double) -> Bool {
        var dice = Dice("chance", family, name)
        return dice.chance(probability)
    }

    func number(_ name: String, _ range: ClosedRange<Double>) -> Double {
        var dice = Dice("number", family, name)
        return dice.double(range)
    }

    /// The family's words for a field, without an ending.
    func label(_ field: String) -> String {
        let known = labels[field] ?? [field.replacing("_", with: " ")]
        return cased(pick("label of \(field)", known))
    }

    /// The family's words for the first of two fields that has any.
    func label(labelled field: String, else other: String) -> String {
        label(labels[field] == nil ? other : field)
    }

    func cased(_ text: String) -> String {
        switch labelCase {
        case .asWritten: return text
        case .upper: return text.uppercased()
        case .sentence:
            let words = text.split(separator: " ").enumerated().map { index, word in
                let isAbbreviation = word.dropFirst().contains(where: \.isUppercase) || word.count == 1
                return index == 0 || isAbbreviation ? String(word) : word.lowercased()
            }
            return words.joined(separator: " ")
        }
    }

    /// The label as it stands before a value: with the family's ending and weight.
    func labelSpan(_ field: String) -> Span { ended(label(field)) }

    func ended(_ label: String) -> Span {
        let needsNone = label.hasSuffix("?") || label.hasSuffix(":") || label.hasSuffix("#") && labelEnding == ""
        return Span(label + (needsNone ? "" : labelEnding), bold: boldLabels)
    }

    func value(_ span: Span) -> Span {
        var span = span
        if capitalValues, span.tags.allSatisfy({ $0.kind == .name || $0.kind == .identifier }) {
            span.text = span.text.uppercased()
        }
        if boldValues { span.bold = true }
        return span
    }
}
