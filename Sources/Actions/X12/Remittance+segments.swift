import Documents

extension Remittance {
    package static let functionalCode = "HP"
    package static let version = "005010X221A1"
    /// How many reasons one CAS segment has room for.
    private static let reasonsOfSegmentMax = 6
    /// How many adjustments one PLB segment has room for.
    private static let adjustmentsOfSegmentMax = 6

    /// The segments of the transaction set, without ST and SE, in the order of the TR3 (005010X221A1).
    ///
    /// The payment's way is left open: paper does not tell a check from a transfer, so that a payment is a check (CHK),
    /// and the transaction tells of money that came by another way (BPR01 I); one of nothing is told (H) and paid by no
    /// way (NON).
    package func segments(payer: RemittancePayer) -> [X12Segment] {
        let isPaid = payment != .zero
        var segments: [X12Segment] = [
            X12Segment(
                "BPR",
                [.code(isPaid ? "I" : "H"), .amount(payment), "C", .code(isPaid ? "CHK" : "NON")]
                    + Array(repeating: .unused, count: 11) + [.date(paymentDate)]),
            X12Segment("TRN", "1", .text(paymentNumber, 50), .code("1\(payer.taxID)")),
            X12Segment("DTM", "405", .date(paymentDate)),
        ]
        segments += parties(payer)
        if !claims.isEmpty { segments.append(X12Segment("LX", "1")) }
        for claim in claims { segments += claim.segments(filingIndicator: payer.claimFilingIndicator) }
        return segments + adjustmentSegments()
    }

    private func parties(_ payer: RemittancePayer) -> [X12Segment] {
        var segments = [
            X12Segment("N1", "PR", .text(payerName, 60)), X12Segment("N3", .text(payer.street, 55)),
            X12Segment("N4", .text(payer.city, 30), .text(payer.state, 2), .text(payer.zip, 15)),
        ]
        if let identifier = payer.identifier { segments.append(X12Segment("REF", "2U", .text(identifier, 50))) }
        segments.append(X12Segment("PER", "BL", .text(payer.contactName, 60), "TE", .text(payer.contactPhone, 256)))
        let taxID = payee.taxID ?? ""
        segments.append(
            X12Segment(
                "N1", "PE", .text(payee.name, 60), .code(payee.npi == nil ? "FI" : "XX"), .code(payee.npi ?? taxID))
        )
        if payee.npi != nil, payee.taxID != nil { segments.append(X12Segment("REF", "TJ", .code(taxID))) }
        return segments
    }

    /// PLB: the fiscal period's end (PLB02) is the year's, as the TR3 asks where it is not known.
    private func adjustmentSegments() -> [X12Segment] {
        let identifier = payee.npi ?? payee.taxID ?? ""
        return providerAdjustments.chunks(of: Remittance.adjustmentsOfSegmentMax).map { chunk in
            X12Segment(
                "PLB",
                [.text(identifier, 50), .code("\(paymentDate.year)1231")]
                    + chunk.flatMap { adjustment -> [X12Segment.Element] in
                        [
                            .composite([adjustment.reason] + (adjustment.reference.map { [$0] } ?? [])),
                            .amount(adjustment.amount),
                        ]
                    })
        }
    }

    /// CAS: one segment for up to six reasons of a group.
    fileprivate static func adjustments(_ adjustments: [ClaimAdjustment]) -> [X12Segment] {
        ClaimAdjustment.Group.allCases.flatMap { group in
            adjustments.filter { $0.group == group }.chunks(of: reasonsOfSegmentMax).map { chunk in
                X12Segment(
                    "CAS",
                    [.code(group.rawValue)]
                        + chunk.flatMap { [.text($0.reason, 5), .amount($0.amount), .unused] as [X12Segment.Element] })
            }
        }
    }
}

extension RemittanceClaim {
    fileprivate func segments(filingIndicator: String) -> [X12Segment] {
        let owed = patientResponsibility
        let isReversal = status == .reversal
        var segments = [
            X12Segment(
                "CLP", .text(written(patientControlNumber) ?? "0", 38), .code(status.rawValue), .amount(charge),
                .amount(paid), isReversal || owed == .zero ? .unused : .amount(owed), .code(filingIndicator),
                .text(payerClaimNumber, 50))
        ]
        segments += Remittance.adjustments(adjustments)
        segments.append(patient)
        if let serviceStart { segments.append(X12Segment("DTM", "232", .date(serviceStart))) }
        if let serviceEnd { segments.append(X12Segment("DTM", "233", .date(serviceEnd))) }
        if let allowed, !isReversal { segments.append(X12Segment("AMT", "AU", .amount(allowed))) }
        return segments + lines.flatMap { $0.segments(isReversal: isReversal) }
    }

    private var patient: X12Segment {
        let name = NameParts(patientName)
        var elements: [X12Segment.Element] = [
            "QC", "1", .text(name.last, 60), .text(name.first, 35), .text(name.middle, 25), .unused,
            .text(name.suffix, 10),
        ]
        if let memberID = written(memberID), memberID.count > 1 { elements += ["MI", .text(memberID, 80)] }
        return X12Segment("NM1", elements)
    }

    /// A value of which something can be written.
    private func written(_ text: String?) -> String? {
        text.flatMap { X12Text.element($0, length: 80).isEmpty ? nil : $0 }
    }
}

extension RemittanceLine {
    fileprivate func segments(isReversal: Bool) -> [X12Segment] {
        // The codes of the American Dental Association begin with D and have a qualifier of their own.
        let qualifier = procedureCode.wholeMatch(of: /D\d{4}/) == nil ? "HC" : "AD"
        let isOneUnit = units == nil || units == "1"
        var segments = [
            X12Segment(
                "SVC", .composite([qualifier, procedureCode] + modifiers), .amount(charge), .amount(paid), .unused,
                isOneUnit ? .unused : .text(units, 15))
        ]
        if let serviceDate { segments.append(X12Segment("DTM", "472", .date(serviceDate))) }
        segments += Remittance.adjustments(adjustments)
        if let allowed, !isReversal { segments.append(X12Segment("AMT", "B6", .amount(allowed))) }
        return segments + remarkCodes.map { X12Segment("LQ", "HE", .text($0, 30)) }
    }
}

extension Array {
    fileprivate func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
