/// What accounts are looked up by: texts that an account has in common with a document about it, reading errors
/// notwithstanding.
///
/// An account shares a key with every document that has the same number but for signs that reading confuses (`O` and
/// `0`), two words of the patient's name, or one word of it together with a birth date or a first day of service.
package enum AccountKeys {
    /// A number of fewer signs than this would be shared by chance.
    package static let signCountMin = 4
    /// Words of a name that make keys; more are those of an organisation.
    private static let wordCountMax = 4

    package static func account(_ number: String) -> String? { key("account", number) }
    package static func claim(_ number: String) -> String? { key("claim", number) }
    package static func member(_ id: String) -> String? { key("member", id) }

    /// The key of a number of the kind that `word` names; nil for one too short to find anything by.
    package static func key(_ word: String, _ number: String) -> String? { number.foldedKey.map { "\(word) \($0)" } }

    /// One key for each two words of the name, in whatever order they stand; for a single word, that word.
    package static func names(_ name: PersonName) -> Set<String> {
        let words = keyWords(name)
        guard words.count > 1 else { return Set(words.map { "name \($0)" }) }
        return Set(
            words.indices.flatMap { first in
                words[(first + 1)...].map { self.name(words[first], $0) }
            })
    }

    /// The key of a name of these two words.
    package static func name(_ first: String, _ second: String) -> String {
        "name \(min(first, second)) \(max(first, second))"
    }

    package static func births(_ day: CalendarDate, _ name: PersonName) -> Set<String> {
        Set(keyWords(name).map { "birth \(day) \($0)" })
    }

    package static func services(_ day: CalendarDate, _ name: PersonName) -> Set<String> {
        Set(keyWords(name).map { "service \(day) \($0)" })
    }

    /// Initials are everybody's.
    private static func keyWords(_ name: PersonName) -> [String] {
        Array(name.words.filter { $0.unicodeScalars.count > 1 }.prefix(wordCountMax))
    }

    /// A number's letters and digits in capitals, without leading noughts: what payers leave of it and add to it.
    package static func signs(_ number: String) -> [UInt8] {
        let signs = number.uppercased().utf8.filter { isSign($0) }
        let stripped = Array(signs.drop { $0 == UInt8(ascii: "0") })
        return stripped.isEmpty ? Array(signs) : stripped
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }

    /// The digit that a capital letter is read as, and the letter for it; any other sign itself.
    package static func digit(lookingLike sign: UInt8) -> UInt8 {
        switch sign {
        case UInt8(ascii: "O"), UInt8(ascii: "Q"), UInt8(ascii: "D"): UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
        case UInt8(ascii: "Z"): UInt8(ascii: "2")
        case UInt8(ascii: "S"): UInt8(ascii: "5")
        case UInt8(ascii: "G"): UInt8(ascii: "6")
        case UInt8(ascii: "B"): UInt8(ascii: "8")
        default: sign
        }
    }
}

extension String {
    /// The number with letters made the digits they look like; nil when too short to find anything by.
    fileprivate var foldedKey: String? {
        let folded = AccountKeys.signs(self).map { AccountKeys.digit(lookingLike: $0) }
            .drop { $0 == UInt8(ascii: "0") }
        return folded.count >= AccountKeys.signCountMin ? String(decoding: folded, as: UTF8.self) : nil
    }
}

extension PatientAccount {
    /// Every key that the account is found by.
    package var keys: Set<String> {
        let name = PersonName(patientName)
        var keys = AccountKeys.names(name)
        keys.formUnion([AccountKeys.account(accountNumber)].compactMap { $0 })
        if let patientBirthDate { keys.formUnion(AccountKeys.births(patientBirthDate, name)) }
        for claim in claims {
            keys.formUnion(
                [
                    claim.payerClaimNumber.flatMap { AccountKeys.claim($0) },
                    claim.memberID.flatMap { AccountKeys.member($0) },
                ].compactMap { $0 })
            if let day = claim.serviceStart { keys.formUnion(AccountKeys.services(day, name)) }
        }
        return keys
    }
}
