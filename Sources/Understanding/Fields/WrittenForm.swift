/// Brings what is read of a field into the form in which the examples of its type have its values.
struct WrittenForm: Sendable {
    let isCapitals: Bool
    private let senders: [(value: String, plain: [UInt8])]

    /// Of so many letters and digits one may be misread in the name of a sender that is known.
    private static let lettersPerError = 14
    /// A shorter name must agree in every letter and digit.
    private static let errorLengthMin = 8

    init(_ conventions: FieldConventions) {
        isCapitals = conventions.isCapitals
        senders = conventions.senders.map { ($0, Token.plain($0)) }
    }

    /// The value as examples would have it: in capitals where they are, and with a known sender's spelling where it
    /// differs from that by no more than reading errs.
    func value(_ read: String) -> String {
        let value = isCapitals ? read.uppercased() : read
        guard !senders.isEmpty, !senders.contains(where: { $0.value == value }) else { return value }
        let plain = Token.plain(value)
        let limit = plain.count < Self.errorLengthMin ? 0 : max(1, plain.count / Self.lettersPerError)
        var best: (value: String, distance: Int)?
        for sender in senders {
            guard let distance = EditDistance.between(plain, sender.plain, limit: limit),
                distance < best?.distance ?? limit + 1
            else { continue }
            best = (sender.value, distance)
        }
        return best?.value ?? value
    }
}
