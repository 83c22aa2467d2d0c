/// What documents are looked up by that may be of one paper or of one payment, reading errors notwithstanding.
///
/// Two readings of one paper share a key even where one number was misread: beside each number stand the days, names and
/// amounts that go with it.
package enum DocumentKeys {
    /// Grows when other keys are made: the store then makes those of older documents anew.
    package static let version = 1

    /// The fields with a number that is of few documents, and the word of its keys.
    private static let numbers = [
        ("payment_number", "payment"), ("payer_claim_number", "claim"), ("patient_control_number", "control"),
        ("authorization_number", "authorization"), ("invoice_number", "invoice"),
    ]
    /// The days that a document is of, in the order in which they count.
    private static let days = ["payment_date", "letter_date", "invoice_date", "signature_date", "patient_birth_date"]
    private static let people = ["patient_name", "applicant_name"]
    private static let totals = ["payment_amount", "requested_amount", "total_amount"]

    /// Every key that the document is found by.
    package static func keys(of document: Document) -> Set<String> {
        var keys = numberKeys(document.fields)
        let members = [text("member_id", document.fields)].compactMap { $0.flatMap { AccountKeys.member($0) } }
        for day in days.compactMap({ text($0, document.fields) }) {
            for name in people.compactMap({ text($0, document.fields) }) {
                keys.formUnion(AccountKeys.names(PersonName(name)).map { "\(day) \($0)" })
            }
            keys.formUnion(members.map { "\(day) \($0)" })
            for total in totals.compactMap({ text($0, document.fields) }) { keys.insert("\(day) total \(total)") }
        }
        for claim in document.claims { keys.formUnion(claimKeys(claim)) }
        keys.formUnion(document.accountNumbers.map { "books \($0)" })
        return keys
    }

    private static func claimKeys(_ claim: Claim) -> Set<String> {
        var keys = numberKeys(claim.fields)
        guard let name = text("patient_name", claim.fields) else { return keys }
        let lines = claim.serviceLines.compactMap { text("service_date", $0) }
        for day in Set([text("service_start", claim.fields)].compactMap { $0 } + lines) {
            keys.formUnion(AccountKeys.names(PersonName(name)).map { "service \(day) \($0)" })
        }
        return keys
    }

    private static func numberKeys(_ row: Row) -> Set<String> {
        Set(numbers.compactMap { field, word in text(field, row).flatMap { AccountKeys.key(word, $0) } })
    }

    private static func text(_ field: String, _ row: Row) -> String? {
        guard case .one(let found)? = row[field], case .text(let text) = found.value else { return nil }
        return text
    }
}
