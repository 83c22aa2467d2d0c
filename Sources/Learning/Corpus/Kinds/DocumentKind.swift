/// A kind of paper that can be drawn.
struct DocumentKind: Sendable {
    /// The kind's name, the first part of its families' names.
    let name: String
    let type: String
    let subtype: String?
    /// How often it is drawn, beside the other kinds.
    let weight: Double
    /// The share of its families that are wider than high.
    var landscapeShare = 0.0
    /// The share of its families that come from a line printer.
    var typewriterShare = 0.0
    /// The only split that draws it, where it is not drawn for all.
    var onlySplit: CorpusSplit?
    let draw: @Sendable (Composer, inout Source) -> Void

    /// The type of what is none of ours.
    static let otherType = "other"

    /// The types that are drawn.
    static let drawnTypes = Set((remittances + letters + forms + papers).map(\.type) + [otherType])

    /// Every kind, in a fixed order.
    static func all(_ words: WordLists) -> [DocumentKind] {
        remittances + letters + forms + papers + others(words)
    }

    private static let remittances = [
        DocumentKind(
            name: "remittance", type: "eob", subtype: "remittance_advice", weight: 20, landscapeShare: 0.35,
            typewriterShare: 0.2
        ) { composer, source in RemittancePaper.draw(composer, &source) },
        DocumentKind(name: "member-eob", type: "eob", subtype: "member_eob", weight: 7, landscapeShare: 0.1) {
            composer, source in MemberStatement.draw(composer, &source)
        },
    ]

    private static let letters = LetterSubtype.allCases.map { subtype in
        DocumentKind(
            name: "letter-\(subtype.rawValue)", type: "payer_letter", subtype: subtype.rawValue, weight: 4.5,
            typewriterShare: 0.03
        ) { composer, source in
            var letter = Letter(subtype: subtype, source: &source)
            letter.draw(on: composer, &source)
        }
    }

    private static let forms = RequestSubtype.allCases.map { subtype in
        DocumentKind(name: "form-\(subtype.rawValue)", type: "authorization_form", subtype: subtype.rawValue, weight: 5)
        {
            composer, source in RequestForm.draw(subtype, composer, &source)
        }
    }

    private static let papers = [
        DocumentKind(name: "assistance", type: "financial_assistance_application", subtype: nil, weight: 7) {
            composer, source in AssistanceApplication.draw(composer, &source)
        },
        DocumentKind(name: "invoice", type: "invoice", subtype: nil, weight: 7) {
            composer, source in Invoice.draw(composer, &source)
        },
    ]

    private static func others(_ words: WordLists) -> [DocumentKind] {
        func kinds(_ outlines: [Outline], weight: Double, onlySplit: CorpusSplit? = nil)
            -> [DocumentKind]
        {
            outlines.map { outline in
                DocumentKind(
                    name: "other-\(outline.name)", type: otherType, subtype: nil,
                    weight: weight / Double(outlines.count), onlySplit: onlySplit
                ) {
                    composer, source in OutlinedPaper.draw(outline.steps, composer, &source)
                }
            }
        }
        return kinds(words.outlines, weight: 22) + kinds(words.unseenOutlines, weight: 16, onlySplit: .evaluation)
    }

    /// The papers that a file of outlines draws: `[id_card/folded]` is one of type `id_card`.
    static func outlined(_ outlines: [Outline]) -> [DocumentKind] {
        outlines.map { outline in
            DocumentKind(
                name: outline.name.replacing("/", with: "-"),
                type: String(outline.name.prefix { $0 != "/" }), subtype: nil, weight: 1
            ) { composer, source in OutlinedPaper.draw(outline.steps, composer, &source) }
        }
    }
}
