package import Documents

extension Policy {
    /// The money that the document is about: the first of its type's `amount_at_stake` that it has and that is not zero.
    ///
    /// The values of a field of a table add up; the sum counts without its sign. Nil where none can be read or the type
    /// names none.
    package func amountAtStake(in document: Document) -> Money? {
        guard let fields = types[document.type]?.amountAtStake, !fields.isEmpty else { return nil }
        let located = document.locatedFields
        var found: Money?
        for field in fields {
            let amounts = located.filter { $0.path.definition == field }.compactMap {
                Money($0.field.value.description)
            }
            guard !amounts.isEmpty else { continue }
            let sum = Money(cents: Int64(amounts.reduce(0.0) { $0 + Double($1.cents) }.magnitude))
            if sum > .zero { return sum }
            found = found ?? sum
        }
        return found
    }

    /// The day by which the payer wants an answer; nil where none was read or the type names no such field.
    package func deadline(of document: Document) -> CalendarDate? {
        guard let name = types[document.type]?.deadline, case .one(let field)? = document.fields[name] else {
            return nil
        }
        return CalendarDate(printed: field.value.description)
    }
}
