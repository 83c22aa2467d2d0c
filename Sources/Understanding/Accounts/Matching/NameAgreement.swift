import Documents

/// The books' name of a person beside a printed one, whichever part stands first in either.
struct NameAgreement {
    let agreement: Agreement
    /// The words of the printed name that are the books' words misread, with what they should be.
    let misread: [String: String]
    /// The surname and given name of the books that agreed.
    let parts: (surname: String, given: String)?

    init(book: PersonName, printed: PersonName) {
        let found = NameAgreement.arrangements(of: book).map { NameAgreement($0, printed: printed.words) }
        let best = found.min { $0.rank < $1.rank } ?? NameAgreement(.different)
        // Father and son have the surname in common, and more than that.
        let isRelative = best.agreement != .different && book.isOtherGeneration(than: printed)
        self = isRelative ? NameAgreement(.family) : best
    }

    private init(_ agreement: Agreement, misread: [String: String] = [:], parts: (String, String)? = nil) {
        self.agreement = agreement
        self.misread = misread
        self.parts = parts.map { (surname: $0.0, given: $0.1) }
    }

    private struct Arrangement {
        var surname: [String]
        var given: [String]
    }

    /// What may be the surname: what stands before a comma, else the last word or the first.
    private static func arrangements(of name: PersonName) -> [Arrangement] {
        let words = name.words
        guard let first = words.first, let last = words.last, words.count > 1 else {
            return [Arrangement(surname: words, given: [])]
        }
        if let count = name.surnameCount {
            return [Arrangement(surname: Array(words.prefix(count)), given: Array(words.dropFirst(count)))]
        }
        return [
            Arrangement(surname: [last], given: Array(words.dropLast())),
            Arrangement(surname: [first], given: Array(words.dropFirst())),
        ]
    }

    private init(_ book: Arrangement, printed: [String]) {
        var rest = printed
        var misread: [String: String] = [:]
        var foundCount = 0
        for word in book.surname where NameAgreement.take(word, from: &rest, &misread) { foundCount += 1 }
        guard foundCount > 0, let surname = book.surname.last else {
            self.init(.different)
            return
        }
        let isWhole = foundCount == book.surname.count
        guard let given = book.given.first, !rest.isEmpty else {
            self.init(.partial, misread: misread)
            return
        }
        if NameAgreement.take(given, from: &rest, &misread) {
            let parts = (surname, given)
            if !misread.isEmpty || !isWhole {
                self.init(misread.isEmpty ? .partial : .near, misread: misread, parts: parts)
            } else {
                self.init(.same, parts: parts)
            }
        } else {
            // What stands first: a middle initial is not the given name's.
            let fits = rest.first.map { NameAgreement.isShort($0, of: given) } ?? false
            self.init(fits ? .partial : .family, misread: misread)
        }
    }

    /// Takes the word out of the printed ones: as it is, or else misread.
    private static func take(_ word: String, from printed: inout [String], _ misread: inout [String: String]) -> Bool {
        if let place = printed.firstIndex(of: word) {
            printed.remove(at: place)
            return true
        }
        guard let place = printed.firstIndex(where: { isMisread($0, for: word) }) else { return false }
        misread[printed[place]] = word
        printed.remove(at: place)
        return true
    }

    /// Short words one letter apart are names of different people.
    private static func isMisread(_ printed: String, for word: String) -> Bool {
        let (left, right) = (Array(printed.utf8), Array(word.utf8))
        return left.count >= 3 && looksAlike(left, right)
            || min(left.count, right.count) >= 5 && Agreement.isOneEdit(left, right)
    }

    /// Sign by sign: letters that look like a nought at the beginning are letters all the same (`DANA` is not `ANA`).
    private static func looksAlike(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy {
                AccountKeys.digit(lookingLike: $0) == AccountKeys.digit(lookingLike: $1)
            }
    }

    /// An initial, or the first letters, of the given name: `J`, `Rob` for Robert.
    private static func isShort(_ printed: String, of given: String) -> Bool {
        let count = printed.unicodeScalars.count
        return (count == 1 || count >= 3) && given.hasPrefix(printed)
            || printed.hasPrefix(given) && given.unicodeScalars.count != 2
    }

    private var rank: Int {
        switch agreement {
        case .same: 0
        case .confused, .near: 1
        case .partial: 2
        case .family: 3
        case .different: 4
        }
    }

    /// The printed name with its misread words put right, in the letters' case as printed.
    func mended(_ printed: String) -> String {
        guard !misread.isEmpty else { return printed }
        return printed.split(separator: " ", omittingEmptySubsequences: false).map { piece in
            let bare = piece.prefix { $0.isLetter || $0.isNumber }
            guard let word = misread[PersonName.fold(bare)] else { return String(piece) }
            let isCapitals = bare.uppercased() == bare
            return (isCapitals ? word : word.prefix(1) + word.dropFirst().lowercased()) + piece.dropFirst(bare.count)
        }.joined(separator: " ")
    }
}
