import Foundation
import Records
import Service
import TestSupport
import Testing

@Suite struct TakeInTests {
    private let letter = SmallPDF.make(pages: [["Handed over whole."]])

    @Test func bytesHandedOverAreTakenOnceAndKnownAgain() async throws {
        let inbox = try await WatchedInbox()
        let first = try await inbox.intake.takeIn(letter, name: "../../etc/letter.pdf", source: "http:engine")
        let second = try await inbox.intake.takeIn(letter, name: "copy.pdf", source: "http:engine")
        #expect(first.duplicateOf == nil)
        #expect(second.duplicateOf == "letter.pdf")
        #expect(second.fileSHA256 == first.fileSHA256)
        #expect(second.correlationID == first.correlationID)
        let arrivals = try await inbox.store.read { try $0.arrivals(source: "http:engine") }
        #expect(Set(arrivals.map(\.verdict)) == [.taken, .duplicate])
        #expect(try await inbox.store.read { try $0.stepCounts() } == [.read: [.ready: 1]])
    }

    @Test(arguments: [
        (Data(), ServiceError.Code.emptyFile), (Data("Hello, is anybody there?".utf8), .unknownFileKind),
        (Data("%PDF-1.4 and no more than that".utf8), .tornFile),
    ])
    func whatIsNoWholeFileIsNotTaken(data: Data, code: ServiceError.Code) async throws {
        let inbox = try await WatchedInbox()
        let error = await #expect(throws: ServiceError.self) {
            try await inbox.intake.takeIn(data, name: "a.pdf", source: "http:engine")
        }
        #expect(error?.code == code)
        #expect(try await inbox.store.read { try $0.arrivalCounts() } == [:])
    }
}
