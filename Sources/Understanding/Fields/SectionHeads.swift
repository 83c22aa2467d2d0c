import Documents

/// The headings of a form's sections: `Member Information`, `Section III - Rendering Provider`, two of them side by side.
///
/// Under one label, `Phone` or `Name`, a form asks for several parties' values; the heading over them says whose they are.
struct SectionHeads: Sendable {
    /// A heading: where the part of the page begins that it heads, and what it says.
    private struct Head {
        var left: Double
        var words: [UInt64]
    }

    /// The rows that are headings and nothing else, from top to bottom.
    private let rows: [(row: Int, heads: [Head])]

    init(of page: PageText) {
        rows = page.rows.indices.compactMap { row in
            let heads = Self.heads(in: row, of: page)
            return heads.isEmpty ? nil : (row, heads)
        }
    }

    /// The words, each hashed and then all together, that say whose section a place is in; none where no heading is over it.
    func words(over box: Box, row: Int) -> [UInt64] {
        rows.last { $0.row < row }?.heads.last { $0.left <= box.left }?.words ?? []
    }

    private static func heads(in row: Int, of page: PageText) -> [Head] {
        let line = page.rows[row]
        guard line.count <= wordCountMax else { return [] }
        let words = line.map { TradeWords.canonical(page.tokens[$0].plain) }
        let said = words.count { !$0.isEmpty }
        let unknown = words.count { !$0.isEmpty && !subjects.contains($0) && !fillers.contains($0) }
        guard Double(unknown) <= unknownShareMax * Double(said) else { return [] }
        var found: [(box: Box, words: [UInt64])] = []
        for segment in Set(line.map { page.tokens[$0].segment }).sorted() {
            let said = page.segments[segment].map { words[$0 - line.lowerBound] }.filter(subjects.contains)
            guard !said.isEmpty else { continue }
            // `Provider` alone is another than the one in `Rendering Provider`.
            let whole = said.reduce(into: StableHash(seed: 1)) { $0.combine($1 + [UInt8(ascii: " ")]) }.value
            found.append((page.segmentBoxes[segment], said.map { StableHash.of($0) } + [whole]))
        }
        return found.indices.map { index in
            guard index > 0 else { return Head(left: -.infinity, words: found[0].words) }
            // The first begins at the page's margin, or else all stand in the middle of their parts, which then meet midway.
            let (before, own) = (found[index - 1].box, found[index].box)
            let isCentred = found[0].box.left > page.width * marginShare
            let left = isCentred ? (before.midX + own.midX) / 2 : own.left - page.lineHeight
            return Head(left: left, words: found[index].words)
        }
    }

    private static let wordCountMax = 24
    /// The share of a heading's words that no list has, such as misread ones, at most.
    private static let unknownShareMax = 0.3

    /// The share of the page's width that is margin at most.
    private static let marginShare = 0.125

    /// The words that say whose or which section it is.
    private static let subjects = words(
        """
        PATIENT MEMBER ENROLLEE SUBSCRIBER INSURED BENEFICIARY RECIPIENT CARDHOLDER APPLICANT GUARANTOR HOUSEHOLD PROVIDER \
        PHYSICIAN PRESCRIBER PRESCRIBING PRACTITIONER REQUESTING REQUESTER REQUESTOR ORDERING REFERRING SERVICING RENDERING \
        PERFORMING TREATING ATTENDING FACILITY SPECIALIST CONSULTANT REFER SUPPLIER VENDOR PHARMACY MEDICATION DRUG \
        PRESCRIPTION SERVICE DIAGNOSIS PROCEDURE CLINICAL MEDICAL TREATMENT THERAPY REQUEST PAYER PLAN INSURANCE ISSUER \
        CARRIER OFFICE CONTACT EMPLOYER PREVIOUS HISTORY QUESTION SUBMISSION REVIEW
        """)
    /// The words that stand beside them in headings.
    private static let fillers = words(
        """
        INFORMATION INFO SECTION PART STEP DETAIL DATA DEMOGRAPHIC AND THE FOR ABOUT WITH REQUIRED REQUESTED ONLY USE INTERNAL \
        COMPLETED COMPLETE ALL PLEASE ANSWER THAT APPLY ADDITIONAL GENERAL OTHER CPT CDT HCPCS ICD ICD10 CODE SUPPORTING \
        NECESSITY JUSTIFICATION DOCUMENTATION STATEMENT ATTESTATION OF OR TO BY IN \
        A B C D E F 1 2 3 4 5 6 7 8 9 I II III IV V VI VII VIII IX
        """)

    private static func words(_ text: String) -> Set<[UInt8]> {
        Set(text.split(separator: " ").map { TradeWords.canonical(Array($0.utf8)) })
    }
}
