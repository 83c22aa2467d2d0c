package import Documents

extension Document {
    /// Whether the account is of the patient whom the letter names.
    ///
    /// The names must be spellings of one, and the birth dates the same where both are known; where they are not, so must
    /// the member ids. A letter without a name is its member's.
    package func isOfPatient(of account: PatientAccount) -> Bool {
        let member = text("member_id").flatMap { AccountKeys.member($0) }
        let members = account.claims.compactMap { $0.memberID.flatMap { AccountKeys.member($0) } }
        let isMember = member.map { members.contains($0) } ?? false
        guard let name = text("patient_name") else { return isMember }
        guard PersonName(name).maySpell(PersonName(account.patientName)) else { return false }
        if let printed = text("patient_birth_date"), let born = CalendarDate(printed: printed),
            let theirs = account.patientBirthDate
        {
            return born == theirs
        }
        return isMember || member == nil || members.isEmpty
    }
}
