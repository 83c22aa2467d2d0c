import Documents
package import Foundation

extension AuthorizationRequest {
    package static let functionalCode = "HI"
    package static let version = "005010X217"

    /// The segments of the transaction set, without ST and SE: the levels payer, requester, patient, event and a service for
    /// each procedure (005010X217, 1.4.1).
    ///
    /// The patient is the subscriber: paper has one member id, which a payer that gives dependents their own takes for it.
    ///
    /// - Parameters:
    ///   - payerID: the payer's identifier (2010A NM109).
    ///   - reference: names the request through its life (BHT03), with `madeAt`.
    ///   - attachment: what is sent beside it; nil for nothing.
    package func segments(
        payerID: String, reference: String, madeAt: Date, attachment: AuthorizationAttachment? = nil
    ) -> [X12Segment] {
        let calendar = Calendar.greenwich.dateComponents([.year, .month, .day, .hour, .minute], from: madeAt)
        func digits(_ number: Int?, _ length: Int) -> String { X12Text.number(number ?? 0, length: length) }
        let day = digits(calendar.year, 4) + digits(calendar.month, 2) + digits(calendar.day, 2)
        var segments = [
            X12Segment(
                "BHT", "0007", "13", .text(reference, 50), .code(day),
                .code(digits(calendar.hour, 2) + digits(calendar.minute, 2))),
            X12Segment("HL", "1", .unused, "20", "1"),
            X12Segment(
                "NM1", "X3", "2", .text(payerName, 60), .unused, .unused, .unused, .unused, "PI", .text(payerID, 80)),
            X12Segment("HL", "2", "1", "21", "1"), requester.segment("1P"),
        ]
        if let contact { segments.append(contact) }
        segments += [X12Segment("HL", "3", "2", "22", "1")] + patient
        segments += [X12Segment("HL", "4", "3", "EV", procedures.isEmpty ? "0" : "1")] + event(attachment)
        for (index, procedure) in procedures.enumerated() {
            segments.append(X12Segment("HL", .code(String(index + 5)), "4", "SS", "0"))
            let code = X12Segment.Element.composite(["HC", procedure])
            segments.append(setting == .inpatient ? X12Segment("SV2", .unused, code) : X12Segment("SV1", code))
        }
        return segments
    }

    private var contact: X12Segment? {
        guard requesterPhone != nil || requesterFax != nil else { return nil }
        let numbers = [("TE", requesterPhone), ("FX", requesterFax)].flatMap { kind, number in
            number.map { [.code(kind), .text($0, 256)] as [X12Segment.Element] } ?? []
        }
        return X12Segment("PER", ["IC", .unused] + numbers)
    }

    private var patient: [X12Segment] {
        let name = NameParts(patientName)
        var segments = [
            X12Segment(
                "NM1", "IL", "1", .text(name.last, 60), .text(name.first, 35), .text(name.middle, 25), .unused,
                .text(name.suffix, 10), "MI", .text(memberID, 80))
        ]
        if let groupNumber { segments.append(X12Segment("REF", "6P", .text(groupNumber, 50))) }
        return segments + [X12Segment("DMG", "D8", .date(birthDate))]
    }

    private func event(_ attachment: AuthorizationAttachment?) -> [X12Segment] {
        var segments = [
            X12Segment(
                "UM", .code(category.rawValue), .code(certification), .unused,
                setting.map { .composite([$0.rawValue, "B"]) } ?? .unused, .unused, isUrgent ? "U" : .unused)
        ]
        segments += dates
        segments.append(
            X12Segment(
                "HI",
                diagnoses.enumerated().map { index, code in
                    .composite([index == 0 ? "ABK" : "ABF", code.filter { $0 != "." }])
                }))
        if let attachment { segments.append(attachment.segment) }
        if let drugName { segments.append(X12Segment("MSG", .text("Drug: \(drugName)", 264))) }
        if let servicing { segments.append(servicing.segment("SJ")) }
        if let facilityName { segments.append(X12Segment("NM1", "FA", "2", .text(facilityName, 60))) }
        return segments
    }

    /// DTP: a stay has its admission and discharge, other services the day or days of the event.
    private var dates: [X12Segment] {
        guard let serviceStart else { return [] }
        if setting == .inpatient {
            return [X12Segment("DTP", "435", "D8", .date(serviceStart))]
                + (serviceEnd.map { [X12Segment("DTP", "096", "D8", .date($0))] } ?? [])
        }
        guard let serviceEnd, serviceEnd != serviceStart else {
            return [X12Segment("DTP", "AAH", "D8", .date(serviceStart))]
        }
        return [X12Segment("DTP", "AAH", "RD8", .code("\(X12Text.date(serviceStart))-\(X12Text.date(serviceEnd))"))]
    }
}

extension AuthorizationRequest.Provider {
    /// What shows that a provider's name is a person's.
    private static let credentials: Set<String> = [
        "MD", "DO", "NP", "PA", "PAC", "RN", "APRN", "FNP", "DPM", "DDS", "DMD", "PHD", "OD", "DC", "PT", "LCSW", "DR",
    ]

    /// What shows that a name is an organization's, comma or not.
    private static let organizations: Set<String> = [
        "LLC", "PLLC", "LLP", "INC", "PC", "PSC", "LTD", "CORP", "CORPORATION", "GROUP", "ASSOCIATES", "PARTNERS",
        "PHYSICIANS", "SPECIALISTS", "CLINIC", "CLINICS", "HOSPITAL", "CENTER", "INSTITUTE", "MEDICAL", "MEDICINE",
        "HEALTH", "HEALTHCARE", "SERVICES", "IMAGING", "RADIOLOGY", "CARDIOLOGY", "ONCOLOGY", "NEUROLOGY",
        "DERMATOLOGY", "UROLOGY", "ORTHOPEDICS", "ORTHOPAEDICS", "PEDIATRICS", "SURGERY", "THERAPY", "PHARMACY",
    ]

    /// The provider in the role `entity`: a person where the name has a comma or a credential and no word of an
    /// organization.
    fileprivate func segment(_ entity: String) -> X12Segment {
        let words = name.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
        func isCredential(_ word: String) -> Bool {
            AuthorizationRequest.Provider.credentials.contains(word.filter(\.isLetter).uppercased())
        }
        let isOrganization = words.contains {
            AuthorizationRequest.Provider.organizations.contains($0.filter(\.isLetter).uppercased())
        }
        let isPerson = !isOrganization && (name.contains(",") || words.contains(where: isCredential))
        let bare = name.split(separator: " ").filter { !isCredential(String($0)) }.joined(separator: " ")
        let parts = NameParts(isPerson && !bare.isEmpty ? bare.trimmingSuffix(while: { $0 == "," }) : name)
        let identifier: [X12Segment.Element] =
            if let npi { ["XX", .text(npi, 80)] } else if let taxID { ["24", .text(taxID, 80)] } else { [] }
        return isPerson
            ? X12Segment(
                "NM1",
                [
                    .code(entity), "1", .text(parts.last, 60), .text(parts.first, 35), .text(parts.middle, 25), .unused,
                    .text(parts.suffix, 10),
                ] + identifier)
            : X12Segment(
                "NM1", [.code(entity), "2", .text(name, 60), .unused, .unused, .unused, .unused] + identifier)
    }
}

extension String {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, isDropped(last) { text.removeLast() }
        return String(text)
    }
}
