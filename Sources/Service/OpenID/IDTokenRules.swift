import Foundation

/// What an ID token must say to be believed (OpenID Connect Core 1.0, 3.1.3.7), besides being signed.
struct IDTokenRules: Sendable {
    /// How far the provider's clock may be from ours.
    static let skewSeconds = 60.0
    private static let subjectLengthMax = 255

    let issuer: String
    let clientID: String
    let nonce: String

    /// Who the token is about; throws `untrusted` with the rule that it breaks.
    func subject(of claims: Claims, at now: Date) throws(OpenIDError) -> String {
        func ask(_ holds: Bool, _ cause: String) throws(OpenIDError) {
            if !holds { throw OpenIDError(.untrusted, "The ID token \(cause)") }
        }
        let seconds = now.timeIntervalSince1970
        let audience = claims["aud"]?.texts ?? []
        try ask(claims["iss"]?.text == issuer, "is of another issuer than \(issuer).")
        try ask(audience.contains(clientID), "is for another client than \(clientID).")
        let party = claims["azp"]?.text
        try ask(audience.count == 1 || party != nil, "is for several clients and names none that it was given to.")
        try ask(party == nil || party == clientID, "was given to another client than \(clientID).")
        try ask(
            claims["exp"]?.number.map { $0 > seconds - IDTokenRules.skewSeconds } == true,
            "ran out. Are the clocks of both machines right?")
        try ask(
            claims["iat"]?.number.map { $0 < seconds + IDTokenRules.skewSeconds } == true,
            "is of a time to come. Are the clocks of both machines right?")
        try ask(
            claims["nbf"]?.number.map { $0 < seconds + IDTokenRules.skewSeconds } ?? true,
            "is not good yet. Are the clocks of both machines right?")
        try ask(claims["nonce"]?.text.map { SecretText.equal($0, nonce) } == true, "belongs to another sign-in.")
        let subject = claims["sub"]?.text ?? ""
        try ask(
            (1...IDTokenRules.subjectLengthMax).contains(subject.utf8.count), "names nobody, or somebody at length.")
        return subject
    }
}
