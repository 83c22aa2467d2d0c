import Documents

/// Who made the resources of a bundle, and of what, as a Provenance (R4, 6.3).
struct ProvenanceWriter {
    let subject: FHIRSubject
    let targets: [FHIREntry]

    func entry() -> FHIREntry {
        FHIREntry(
            "Provenance", called: "provenance", subject, isTagged: true,
            children: [
                "target": .list(targets.map { .reference(to: $0.fullURL) }),
                "recorded": subject.instant,
                "policy": subject.data.origin.map { .list([.text("urn:mailroom:policy:\($0.versions.policy)")]) },
                "activity": .concept(FHIRSystem.dataOperation, subject.isRecall ? "NULLIFY" : "CREATE"),
                "agent": .elements([device, reviewer]),
                "entity": file,
            ])
    }

    private var device: FHIRValue {
        let model = subject.data.origin?.versions.model
        let who = FHIRValue.logicalReference(
            "Device", .identifier(FHIRSystem.model, model),
            display: model.map { "Mailroom, model \($0)" } ?? "Mailroom")
        return .object(["type": .concept(FHIRSystem.participant, "assembler"), "who": who ?? .absent])
    }

    /// Who confirmed the document as it is; nobody where policy accepted it unseen.
    private var reviewer: FHIRValue? {
        FHIRValue.string(subject.data.origin?.confirmedBy).map {
            .object(["type": .concept(FHIRSystem.participant, "verifier"), "who": .object(["display": $0])])
        }
    }

    private var file: FHIRValue? {
        FHIRValue.identifier(FHIRSystem.fileDigest, subject.data.origin?.fileSHA256).map {
            .list([.object(["role": .text("source"), "what": .object(["identifier": $0])])])
        }
    }
}
