/// The short forms that payers print in labels and column heads, each with the word it stands for.
///
/// A label written out in a document type so finds its short forms too.
enum TradeWords {
    /// The form under which a label's word is compared: short forms written out, plurals and the possessive dropped.
    static func canonical(_ plain: [UInt8]) -> [UInt8] {
        if let word = full[plain] { return word }
        // An S behind another, or behind I or U, ends no plural: ADDRESS, DIAGNOSIS, PREVIOUS.
        guard plain.count >= 4, plain.last == UInt8(ascii: "S"), !"SIU".utf8.contains(plain[plain.count - 2])
        else { return plain }
        let singular = Array(plain.dropLast())
        return full[singular] ?? singular
    }

    private static let full: [[UInt8]: [UInt8]] = {
        let pairs: [(String, String)] = [
            ("NO", "#"), ("NUMBER", "#"), ("NUM", "#"), ("NBR", "#"), ("NUMBERS", "#"), ("NMBR", "#"),
            ("NOS", "#"),
            ("AMT", "AMOUNT"), ("ACCT", "ACCOUNT"), ("ACNT", "ACCOUNT"), ("ACCNT", "ACCOUNT"),
            ("AUTH", "AUTHORIZATION"),
            ("CHG", "CHARGE"), ("CHGS", "CHARGE"), ("CHK", "CHECK"), ("CK", "CHECK"), ("PMT", "PAYMENT"),
            ("PYMT", "PAYMENT"), ("PAT", "PATIENT"), ("PT", "PATIENT"), ("PROV", "PROVIDER"),
            ("SVC", "SERVICE"),
            ("SERV", "SERVICE"), ("SRVC", "SERVICE"), ("DT", "DATE"), ("RESP", "RESPONSIBILITY"),
            ("MBR", "MEMBER"),
            ("MEMB", "MEMBER"), ("MEM", "MEMBER"), ("SUBSCR", "SUBSCRIBER"), ("GRP", "GROUP"),
            ("PROC", "PROCEDURE"),
            ("DED", "DEDUCTIBLE"), ("DEDUCT", "DEDUCTIBLE"), ("COINS", "COINSURANCE"),
            ("INS", "INSURANCE"),
            ("TEL", "PHONE"), ("TELEPHONE", "PHONE"), ("PH", "PHONE"), ("CLM", "CLAIM"),
            ("ADJ", "ADJUSTMENT"),
            ("INV", "INVOICE"), ("QTY", "QUANTITY"), ("REF", "REFERENCE"), ("CD", "CODE"),
            ("CDE", "CODE"),
            ("DX", "DIAGNOSIS"), ("DIAG", "DIAGNOSIS"), ("DIAGNOSES", "DIAGNOSIS"), ("RSN", "REASON"),
            ("RMK", "REMARK"),
            ("RMKS", "REMARK"),
            ("TOT", "TOTAL"), ("PD", "PAID"), ("BIRTHDATE", "DOB"), ("ALLOW", "ALLOWED"),
            ("ALWD", "ALLOWED"),
            ("SUBTOTAL", "SUBTOTAL"), ("IDENTIFICATION", "ID"), ("IDENTIFIER", "ID"), ("MODIFIER", "MOD"),
            ("NAMES", "NAME"), ("POLICYHOLDER", "SUBSCRIBER"), ("BENEFICIARY", "BENEFICIARY"),
            ("THROUGH", "THRU"),
            ("CTRL", "CONTROL"), ("CTL", "CONTROL"), ("CNTRL", "CONTROL"), ("REND", "RENDERING"),
            ("PAYOR", "PAYER"),
        ]
        return Dictionary(
            pairs.map { (Array($0.0.utf8), Array($0.1.utf8)) }, uniquingKeysWith: { first, _ in first })
    }()
}
