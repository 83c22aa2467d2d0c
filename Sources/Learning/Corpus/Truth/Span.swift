import Documents

/// What a printed text is the value of.
struct Tag: Hashable, Sendable {
    /// The value's place in the document result: `member_id`, `claims[0].service_lines[2].adjustments[0].amount`.
    let path: String
    let kind: NormalForm
    /// The value where it is not the normal form of the text itself: a choice, a signature, a derived date.
    var value: FieldValue?
    var derivedFrom: [String]?

    init(_ path: String, _ kind: NormalForm, value: FieldValue? = nil, derivedFrom: [String]? = nil) {
        self.path = path
        self.kind = kind
        self.value = value
        self.derivedFrom = derivedFrom
    }
}

/// A piece of text on its way to the page, and what it is the value of.
struct Span: Hashable, Sendable {
    var text: String
    var tags: [Tag] = []
    var bold = false
    /// Whether somebody filled it in, with a pen or a typewriter, on a printed form.
    var filled = false
    /// Tells the pieces of a value that wraps over lines from a second printing of it; set by the composer.
    var printing = 0

    init(_ text: String, _ tags: [Tag] = [], bold: Bool = false) {
        self.text = text
        self.tags = tags
        self.bold = bold
    }

    init(_ text: String, _ path: String, _ kind: NormalForm) {
        self.init(text, [Tag(path, kind)])
    }

    func emphasised() -> Span {
        var copy = self
        copy.bold = true
        return copy
    }

    func filledIn() -> Span {
        var copy = self
        copy.filled = true
        return copy
    }

    func uppercased() -> Span {
        var copy = self
        copy.text = text.uppercased()
        return copy
    }
}

extension [Span] {
    var plainText: String { map(\.text).joined() }
}
