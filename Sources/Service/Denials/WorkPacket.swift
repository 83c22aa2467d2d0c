import Documents
import Foundation
import Governance
import Records

/// What is sent to the payer, or kept beside the appeal: the draft of the letter, the claim's facts and the pages.
struct WorkPacket: Sendable {
    /// Longer papers are cut: their original is at hand.
    private static let pageCountMax = 100

    let context: ServiceContext

    /// The PDF of the work's packet.
    func pdf(of work: WorkCase) async throws -> Data {
        var pdf = PacketPDF()
        if let letter = work.letter { pdf.add(text: letter) }
        pdf.add(text: facts(of: work), isList: true)
        for page in work.pages.prefix(WorkPacket.pageCountMax) {
            if try await pdf.add(page, of: work.file.sha256, in: context.store) { continue }
            let number = page.page.number
            pdf.add(text: "Page \(number) of the file has no image that can stand here. See the original.")
        }
        if !work.sharedPages.isEmpty {
            let numbers = work.sharedPages.map(String.init).joined(separator: ", ")
            pdf.add(
                text: """
                    These pages are left out, for they tell of other claims too, or may: \(numbers). Black out what is not \
                    of this claim, and add them.
                    """)
        }
        if work.pages.count > WorkPacket.pageCountMax {
            pdf.add(text: "The pages after these \(WorkPacket.pageCountMax) are in the original.")
        }
        return pdf.data()
    }

    private func facts(of work: WorkCase) -> String {
        var lines = [WorkWords.title(work.kind), ""]
        lines += work.facts.map { "\($0.title): \($0.value)" }
        if let amount = work.work.amountAtStake { lines.append("At stake: \(amount)") }
        if let deadline = work.work.deadline { lines.append("The payer's deadline: \(deadline)") }
        for denial in work.denials {
            let category = context.denials.table.category(named: denial.category)?.title ?? denial.category
            let amount = work.patientAmount(of: denial, context.denials.table).map { "\($0) left to the patient" }
            let codes = denial.codes.joined(separator: " ")
            lines.append("Refused: \(category), \(amount ?? denial.amountAtStake.description) \(codes)")
        }
        return lines.joined(separator: "\n")
    }
}
