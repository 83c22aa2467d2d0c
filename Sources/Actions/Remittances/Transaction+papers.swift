import Documents
import Foundation
import Records

/// Payments whose remittance comes on several papers.
extension Transaction {
    /// Throws `duplicate` when a paper tells what another of its payment, that waits, tells already: it was scanned twice.
    func checkRepeats(of item: RemittanceItem, _ remittance: Remittance) throws {
        guard let number = item.jointPayment else { return }
        let others = try waitingRemittances(ofJointPayment: number, sender: item.sender, payer: item.payer)
        for other in others where other.kind == .payment && other.idempotencyKey != item.idempotencyKey {
            guard let told = try? other.remittance, remittance.repeats(told) else { continue }
            throw RecordsError(
                .duplicate,
                """
                The document \(other.documentID) is a paper of the same payment and tells a claim of this one: one of the \
                two is a duplicate. Correct or recall the wrong one.
                """)
        }
    }

    /// Says on each paper that waits which others of its payment are missing; gives how many papers have waited for longer
    /// than `settings` allow since it was said last, each of which is put on record.
    func judgePapers(of settings: RemittanceSettings, at now: Date) throws -> Int {
        var lateCount = 0
        for papers in try waitingPapers(of: settings.name) {
            let oldest = papers.map(\.createdAt).min() ?? now
            let isLate = settings.isLate(oldest, at: now)
            let sentence = settings.problem(of: papers, at: now).map {
                isLate ? "\($0) \(settings.lateSentence)" : $0
            }
            for paper in papers where paper.detail != sentence {
                var judged = paper
                judged.detail = sentence
                try updateRemittance(judged, from: .waiting)
                guard isLate, sentence != nil else { continue }
                lateCount += 1
                try audit(
                    actor: "outbox", action: "remittance.incomplete", subject: paper.documentID,
                    detail: ["connector": settings.name, "remittance": paper.id], correlationID: paper.correlationID,
                    at: now)
            }
        }
        return lateCount
    }
}

extension RemittanceSettings {
    /// Why the papers of a payment cannot be told together; nil where they can.
    fileprivate func problem(of papers: [RemittanceItem], at now: Date) -> String? {
        guard let key = papers.first?.payer, let contents = try? papers.map({ try $0.remittance }) else {
            return "A paper of the payment cannot be read by this version of the program."
        }
        switch JointPayment(contents).standing {
        case .incomplete(let sentence): return sentence
        case .whole(let whole):
            do throws(X12Problem) {
                let bytes = interchange(1, at: now).bytes(of: "835", [whole.segments(payer: try payer(keyed: key))])
                return RemittanceBalancer.findings(in: bytes).first
            } catch {
                return error.sentence
            }
        }
    }
}

extension RemittanceItem {
    /// What the item tells.
    var remittance: Remittance {
        get throws { try JSONDecoder().decode(Remittance.self, from: Data(content.utf8)) }
    }
}
