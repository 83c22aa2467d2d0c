import Documents

/// A person's name.
struct Person: Hashable, Sendable {
    var first: String
    var middle: String?
    var last: String
}

/// A postal address of two lines.
struct Address: Hashable, Sendable {
    var street: String
    var place: String
}

/// Invents the facts of a document: people, numbers, days.
struct Source: Sendable {
    var dice: Dice
    let words: WordLists
    let style: Style

    var formats: PrintFormats { style.formats }

    mutating func person() -> Person {
        Person(
            first: dice.pick(words.firstNames), middle: dice.chance(0.35) ? letter() : nil,
            last: dice.chance(0.04)
                ? "\(dice.pick(words.lastNames))-\(dice.pick(words.lastNames))" : dice.pick(words.lastNames))
    }

    mutating func physician() -> String {
        let person = person()
        let name = "\(person.first)\(person.middle.map { " \($0)." } ?? "") \(person.last)"
        return dice.pick([
            "\(name), MD", "\(name), MD", "\(name), DO", "Dr. \(name)", "\(name) MD", "\(name), NP",
            "Dr. \(person.last)", name,
            "Dr. \(name), MD",
        ])
    }

    mutating func address() -> Address {
        let city = dice.pick(words.cities)
        let suite = dice.chance(0.25) ? dice.pick([", Suite \(dice.int(100...900))", " #\(dice.int(1...40))"]) : ""
        let street =
            dice.chance(0.25)
            ? dice.pick(["PO Box", "P.O. Box"]) + " \(dice.int(100...99_999))"
            : "\(dice.int(10...9900)) \(dice.pick(words.streets))\(suite)"
        return Address(
            street: street,
            place: "\(city[0]), \(city[1]) \(city[2])\(shaped("##"))\(dice.chance(0.3) ? shaped("-####") : "")")
    }

    /// The sender's own address, the same on every paper of the family, or now and then another office's.
    mutating func senderAddress() -> Address {
        let other = address()
        guard dice.chance(0.9) else { return other }
        var own = Source(dice: Dice("sender's address", style.family), words: words, style: style)
        return own.address()
    }

    /// The sender's own telephone, as steady as its address.
    mutating func senderPhone() -> String {
        let other = phone()
        guard dice.chance(0.9) else { return other }
        var own = Source(dice: Dice("sender's phone", style.family), words: words, style: style)
        return own.phone()
    }

    /// The payer whose form this is: the family's own, or now and then another.
    mutating func payer() -> String {
        dice.chance(0.85) ? style.pick("payer", words.payers) : dice.pick(words.payers)
    }

    mutating func letter() -> String { String(dice.pick(Array("ABCDEFGHJKLMNPRSTVW"))) }
    mutating func diagnosis() -> [String] { dice.pick(words.diagnoses) }
    mutating func procedure() -> [String] { dice.pick(words.procedures(of: style.trade)) }

    /// Fills a shape: `#` a digit, `@` a capital letter, `*` either, all else as it stands.
    mutating func shaped(_ shape: String) -> String {
        String(
            shape.map { sign in
                switch sign {
                case "#": Character(String(dice.below(10)))
                case "@": dice.pick(Array("ABCDEFGHJKLMNPQRSTUVWXYZ"))
                case "*": dice.pick(Array("ABCDEFGHJKMNPQRTUVWXY0123456789"))
                default: sign
                }
            })
    }

    private mutating func identifier(_ name: String, _ shapes: [String]) -> String {
        shaped(dice.chance(0.85) ? style.pick("shape of \(name)", shapes) : dice.pick(shapes))
    }

    mutating func memberID() -> String {
        identifier(
            "member",
            [
                "W#########", "@@@#########", "#########", "#@@#-@@#-@@##", "#@@#@@#@@##", "H########", "###########",
                "#########01", "@@#######", "@########", "#########-##", "@@@###@#####", "R########", "######-##",
                "@@@@########", "U#########", "##########@", "ZGP########",
            ])
    }

    mutating func accountNumber() -> String {
        identifier(
            "account",
            [
                "#######", "########", "##########", "@@@####", "##-######", "@######", "######@", "ACT######",
                "######.#",
                "#####-##", "V##########", "@@-#####", "############", "P#######", "####-####",
            ])
    }

    mutating func claimNumber() -> String {
        identifier(
            "claim",
            [
                "2026#########", "@##########", "############", "##############-##", "E#########", "26###@#####",
                "CLM#########", "#############", "2#############", "@@@########", "26-######-##", "########-#",
                "###########00", "EW########", "26###########", "********####",
            ])
    }

    mutating func authorizationNumber() -> String {
        identifier(
            "authorization",
            [
                "A#########", "AUTH######", "PA-######", "#########", "26########", "R######", "OP##########",
                "@@######",
                "UM-26-#####", "T########", "AU########-#", "IP#######",
            ])
    }

    mutating func paymentNumber() -> String {
        identifier(
            "payment",
            [
                "########", "#########", "00########", "EFT#######", "##########", "#######", "26###########",
                "@########",
                "#####-######", "CHK######", "TRN##########", "1#########0000",
            ])
    }

    mutating func groupNumber() -> String {
        identifier(
            "group", ["######", "#####", "@@####", "0#####-###", "@#####", "GRP####", "###-####", "7######", "#######"])
    }

    mutating func npi() -> String {
        let digits = "1" + shaped("########")
        for check in 0...9 where NormalForm.isNPI("\(digits)\(check)") { return "\(digits)\(check)" }
        return digits
    }

    mutating func phone() -> String { "\(dice.int(2...9))\(shaped("##"))\(dice.int(2...9))\(shaped("######"))" }
    mutating func taxIdentifier() -> String { "\(dice.int(10...95))\(shaped("#######"))" }

    /// A day of the business at hand, in 2024 to 2026.
    mutating func day() -> CalendarDate { day(before: 0...860) }

    /// A day as many days before 30 September 2026.
    mutating func day(before range: ClosedRange<Int>) -> CalendarDate {
        CalendarDate.anchor.later(-dice.int(range))
    }

    mutating func birthDate() -> CalendarDate { day(before: 500...33_000) }

    mutating func money(_ dollars: ClosedRange<Double>, round: Bool = false) -> Money {
        let amount = dice.double(dollars)
        return Money(cents: round ? Int64(amount) * 100 : Int64(amount * 100))
    }
}

extension CalendarDate {
    /// The day that invented business is counted back from: 30 September 2026.
    static let anchor: CalendarDate = {
        guard let day = CalendarDate(year: 2026, month: 9, day: 30) else { preconditionFailure("a day") }
        return day
    }()

    /// The day `days` later, the same day where the calendar ends.
    func later(_ days: Int) -> CalendarDate { adding(days: days) ?? self }
}
