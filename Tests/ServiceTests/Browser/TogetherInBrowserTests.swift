import Foundation
import Governance
import Service
import TestSupport
import Testing

/// Reviewers who work together, and a recall, by keyboard in a real browser.
@Suite(.timeLimit(.minutes(5)))
struct TogetherInBrowserTests {
    @Test(arguments: Browser.Kind.allCases)
    func aTaskIsSentToAnotherQueueByKeyboard(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [SampleLetter.document]) { desk in
            try await desk.takeNext("letters")
            try await desk.browser.press("W5")
            try await desk.browser.press("s", holding: Key.alt)
            #expect(try await desk.browser.focused() == "send-queue")
            try await desk.browser.press("Other\(Key.tab)It belongs\(Key.tab)\(Key.tab)\(Key.enter)")
            try await desk.wait("the queue") { try await desk.browser.address().contains("sent=general") }
            #expect(try await desk.browser.text().contains("waits in the queue “Other mail” now"))
            try await desk.kept("what was typed before") { $0.value("member_id")?.contains("W5") == true }
            #expect(try await desk.browser.complaints() == [])
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func aQuestionIsAskedAnsweredAndReadByKeyboard(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [SampleLetter.document]) { desk in
            try await desk.fixture.addUser("ben")
            try await desk.takeNext("letters")
            try await desk.browser.press("a", holding: Key.alt)
            #expect(try await desk.browser.focused() == "ask-colleague")
            let about = "return document.getElementById('ask-field').value"
            #expect(try await desk.browser.script(about) as? String == "member_id", "the value that had the focus")
            try await desk.browser.press("ben\(Key.tab)\(Key.tab)Is it an 8?\(Key.tab)\(Key.enter)")
            try await desk.wait("the queue") { try await desk.browser.address().hasSuffix("/queues/letters") }
            #expect(try await desk.browser.text().contains("you asked ben"))

            try await desk.changePerson(to: "ben")
            #expect(try await desk.browser.text().contains("ana asks you"))
            try await desk.takeNext("letters")
            try await desk.browser.press("a", holding: Key.alt)
            #expect(try await desk.browser.focused() == "answer")
            try await desk.browser.press("It is a 3.\(Key.tab)\(Key.enter)")
            try await desk.wait("the queue") { try await desk.browser.address().hasSuffix("/queues/letters") }

            try await desk.changePerson(to: "ana")
            #expect(try await desk.browser.text().contains("ben answered you"))
            try await desk.takeNext("letters")
            #expect(try await desk.browser.text().contains("It is a 3."))
            try await desk.browser.press("n", holding: Key.alt)
            #expect(try await desk.browser.focused() == "new-note")
            try await desk.browser.press("Looked at together.\(Key.tab)\(Key.enter)")
            try await desk.wait("the note") { try await desk.browser.text().contains("Looked at together.") }
            #expect(try await desk.browser.complaints() == [])
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func aNoteOutlastsTheSession(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [SampleLetter.document]) { desk in
            try await desk.takeNext("letters")
            try await desk.browser.press("n", holding: Key.alt)
            try await desk.endSessions()
            try await desk.browser.press("Called them.\(Key.tab)\(Key.enter)")
            try await desk.wait("the sentence") { try await desk.browser.text().contains("Your session is over.") }
            let typed = "return document.getElementById('new-note').value"
            #expect(try await desk.browser.script(typed) as? String == "Called them.")
            try await desk.signInBeside("ana")
            try await desk.browser.press(Key.enter)
            try await desk.wait("the note") { try await desk.browser.text().contains("Called them.") }
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func aWrongValueIsRecalledAndAnotherDocumentHeldByKeyboard(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, []) { desk in
            let letters = try await ReleasedLetters.put(3, into: desk.fixture.context)
            try await desk.fixture.addUser("sam", .seniorReviewer)
            try await desk.changePerson(to: "sam")
            try await desk.browser.open("\(desk.address)/documents/\(letters[0])")
            try await desk.browser.script(
                "const part = document.getElementById('recall-field').closest('details'); part.querySelector('summary').focus()"
            )
            try await desk.browser.press("\(Key.enter)\(Key.tab)Member\(Key.tab)W1\(Key.tab)The payer called")
            try await desk.browser.press("\(Key.tab)\(Key.enter)")
            try await desk.wait("the recall") { try await desk.browser.address().contains("/recalls/") }
            try await desk.fixture.context.work()
            try await desk.browser.open(try await desk.browser.address())
            #expect(try await desk.browser.text().contains("The same model and payer"))
            try await desk.browser.script("document.getElementById('d-\(letters[1])').focus()")
            try await desk.browser.press(" ")
            try await desk.browser.script("document.querySelector('.orders button').focus()")
            try await desk.browser.press(Key.enter)
            try await desk.wait("the order") { try await desk.browser.text().contains("to be held") }
            try await desk.fixture.context.work()
            try await desk.browser.open(try await desk.browser.address())
            #expect(try await desk.browser.text().contains("held by sam"))
            #expect(try await desk.browser.complaints() == [])
        }
    }
}
