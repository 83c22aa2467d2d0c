/// The procedure modifiers that payers print on remittances (CPT appendix A, HCPCS level II).
enum Modifiers {
    /// Whether a text is such a modifier; two digits are one of CPT's, which run from 22 to 99.
    static func isKnown(_ text: some StringProtocol) -> Bool {
        if let number = Int(text) { return (22...99).contains(number) }
        return letters.contains(String(text).uppercased())
    }

    private static let letters = Set(
        """
        LT RT GP GO GN TC AS GA GY GZ KX QW XE XP XS XU E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4
        T5 T6 T7 T8 T9 LC LD RC AA AD QK QX QY QZ QS GC GE GT GQ JW JZ NU RR UE P1 P2 P3 P4 P5 P6 CR CS FX FY PO
        PN SA SH HQ HO HN
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
