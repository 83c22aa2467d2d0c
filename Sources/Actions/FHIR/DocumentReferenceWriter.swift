import Documents

/// The paper itself as a DocumentReference (R4, 10.2): where it is kept and by what hash it is known.
struct DocumentReferenceWriter {
    let subject: FHIRSubject
    /// Sentences that say which resources the paper has too little for.
    let leftOut: [String]

    func entry() -> FHIREntry {
        FHIREntry(
            "DocumentReference", called: "document", subject,
            children: [
                "identifier": .elements([
                    subject.identifier("document"),
                    .identifier(FHIRSystem.document, subject.data.documentID),
                    .identifier(FHIRSystem.fileDigest, subject.data.origin?.fileSHA256),
                ]),
                "status": subject.status("current"),
                "docStatus": .text(subject.isRecall ? "entered-in-error" : "final"),
                "type": .concept(FHIRSystem.documentType, subject.kind),
                "subject": subject.document.claims.isEmpty ? subject.patient(subject.values) : nil,
                "date": subject.instant,
                "author": .elements([subject.insurer]),
                "description": .string(leftOut.joined(separator: " ")),
                "content": .list([
                    .object([
                        "attachment": .object([
                            "contentType": .text("application/json"),
                            "url": .text("\(subject.address)\(subject.data.reference)"),
                        ])
                    ])
                ]),
            ])
    }
}
