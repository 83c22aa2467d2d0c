import Documents
import Foundation
import Governance
import Records
import Service
import TestSupport
import Testing

/// A reviewer's handwork in a real browser.
@Suite(.timeLimit(.minutes(5)))
struct DeskInBrowserTests {
    /// The sample letter with two doubtful values, of which the member id has another reading.
    private static var letter: Document {
        var letter = SampleLetter.document
        guard case .one(var member)? = letter.fields["member_id"], case .one(var date)? = letter.fields["letter_date"]
        else { return letter }
        member.alternatives = [.text("W123456780"), .text("W12345678")]
        date.confidence = 0.7
        letter.fields["member_id"] = .one(member)
        letter.fields["letter_date"] = .one(date)
        return letter
    }

    @Test(arguments: Browser.Kind.allCases)
    func anotherReadingIsTakenByItsNumberAndTakenBack(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [Self.letter]) { desk in
            try await desk.takeNext("letters")
            #expect(try await desk.browser.focused() == "f-member_id")
            try await desk.browser.press("1", holding: Key.alt)
            #expect(try await desk.value("member_id") == "W123456780")
            #expect(try await desk.browser.focused() == "f-letter_date")
            try await desk.kept("the reading") { $0.value("member_id") == "W123456780" }
            try await desk.browser.press("z", holding: Key.control)
            try await desk.kept("the value of before") { $0.value("member_id") == "W123456789" }
            try await desk.wait("the value to be shown") { try await desk.value("member_id") == "W123456789" }
            #expect(try await desk.browser.focused() == "f-member_id")
            let isDoubtful = "return document.querySelector('[data-path=member_id]').classList.contains('doubtful')"
            #expect(try await desk.browser.script(isDoubtful) as? Bool == true)
            try await desk.browser.press("y", holding: Key.control)
            try await desk.kept("the reading again") { $0.value("member_id") == "W123456780" }
            #expect(try await desk.browser.complaints() == [])
        }
    }

    /// The script that waits for a page to be read again once took the readings for its notice, and loaded the page anew.
    @Test(arguments: Browser.Kind.allCases)
    func aPageWithOtherReadingsIsLoadedOnce(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [Self.letter]) { desk in
            try await desk.takeNext("letters")
            _ = try await desk.browser.script("document.body.dataset.seen = 'once'")
            try await Task.sleep(for: .milliseconds(1500))
            #expect(try await desk.browser.script("return document.body.dataset.seen") as? String == "once")
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func digitsTypedIntoAnAmountAreTyped(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [SampleRemittance.document]) { desk in
            try await desk.takeNext("remittances")
            try await desk.browser.click("[data-path=payment_amount]")
            try await desk.browser.script("document.activeElement.select()")
            try await desk.browser.press("1234")
            #expect(try await desk.value("payment_amount") == "1234")
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func aClickAndAFrameOnThePageFillTheValue(in kind: Browser.Kind) async throws {
        let words = [("W55", 300.0, 500.0), ("Maria", 300, 1000), ("Q.", 500, 1000), ("Sample", 600, 1000)].map {
            Word(
                text: $0.0, box: Box(left: $0.1, top: $0.2, right: $0.1 + 90, bottom: $0.2 + 40), confidence: 0.9,
                line: 0)
        }
        try await LiveDesk.run(in: kind, [Self.letter], words: words) { desk in
            try await desk.takeNext("letters")
            try await desk.browser.drag([try await point(345, 520, desk)])
            try await desk.wait("the word") { try await desk.value("member_id") == "W55" }
            #expect(try await desk.browser.focused() == "f-member_id")
            try await desk.kept("the word and its ink") {
                $0.fields["member_id"]?.fields.first?.box == Box(left: 300, top: 500, right: 390, bottom: 540)
            }
            try await desk.browser.click("[data-path=patient_name]")
            try await desk.browser.drag([try await point(290, 980, desk), try await point(700, 1060, desk)])
            try await desk.kept("the words of the frame") { $0.value("patient_name") == "Maria Q. Sample" }
            #expect(try await desk.browser.complaints() == [])
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func aClickOnATurnedPageFillsTheWordThatIsSeenThere(in kind: Browser.Kind) async throws {
        // Upside down, the one is seen where the other is printed.
        let words = [("W55", 2160.0, 2760.0), ("W66", 300, 500)].map {
            Word(
                text: $0.0, box: Box(left: $0.1, top: $0.2, right: $0.1 + 90, bottom: $0.2 + 40), confidence: 0.9,
                line: 0)
        }
        try await LiveDesk.run(in: kind, [Self.letter], words: words) { desk in
            try await desk.takeNext("letters")
            for _ in 1...2 { try await desk.browser.press("r", holding: Key.alt) }
            let turn = "return document.querySelector('.sheet').dataset.turn"
            #expect(try await desk.browser.script(turn) as? String == "180")
            try await desk.browser.drag([try await point(345, 520, desk)])
            try await desk.wait("the word") { try await desk.value("member_id") == "W55" }
            try await desk.kept("the word and its ink") {
                $0.fields["member_id"]?.fields.first?.box == Box(left: 2160, top: 2760, right: 2250, bottom: 2800)
            }
            #expect(try await desk.browser.complaints() == [])
        }
    }

    /// Where in the window a page's pixel is seen when the page is upright.
    private func point(_ x: Int, _ y: Int, _ desk: LiveDesk) async throws -> (x: Int, y: Int) {
        let script = """
            const frame = document.querySelector('.sheet svg').getBoundingClientRect();
            return [frame.left + \(x) * frame.width / 2550, frame.top + \(y) * frame.height / 3300].map(Math.round)
            """
        let place = try #require(try await desk.browser.script(script) as? [Int])
        return (place[0], place[1])
    }

    @Test(arguments: Browser.Kind.allCases)
    func whatIsTypedWithoutAConnectionIsSentWhenItIsBack(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [Self.letter]) { desk in
            try await desk.takeNext("letters")
            try await desk.browser.setOffline(true)
            try await desk.browser.press("W42\(Key.enter)")
            try await desk.wait("the banner") { try await desk.browser.text().contains("No connection") }
            try await desk.browser.press(Key.enter, holding: Key.control)
            #expect(try await desk.browser.address().contains("/tasks/"))
            #expect(try await desk.value("member_id") == "W42")
            try await desk.browser.setOffline(false)
            try await desk.kept("what was typed") { $0.value("member_id") == "W42" }
            try await desk.wait("the banner to go") { try await !desk.browser.text().contains("No connection") }
            try await desk.browser.script("window.isOfBefore = true; location.reload()")
            try await desk.wait("what was typed after a reload") {
                let isNew = try await desk.browser.script("return !window.isOfBefore && document.readyState") as? String
                return try await desk.value("member_id") == "W42" && isNew == "complete"
            }
            let stored = try await desk.browser.script("return localStorage.length + sessionStorage.length")
            #expect(stored as? Int == 0)
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func aConfirmationWithoutAConnectionIsAskedForAgain(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [Self.letter]) { desk in
            try await desk.takeNext("letters")
            try await desk.browser.setOffline(true)
            try await desk.browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the banner") { try await desk.browser.text().contains("No connection") }
            #expect(try await desk.browser.address().contains("/tasks/"))
            #expect(try await desk.value("member_id") == "W123456789")
            try await desk.browser.setOffline(false)
            try await desk.browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the queue") { try await desk.browser.address().hasSuffix("/queues/letters") }
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func theNextDocumentsPageIsShownWhileItsValuesAreOnTheirWay(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [Self.letter, SampleLetter.document]) { desk in
            try await desk.takeNext("letters")
            try await desk.browser.script(
                """
                const sheets = document.querySelector(".sheets");
                new MutationObserver(() => sessionStorage.setItem("shown", sheets.querySelector("img").getAttribute("src")
                  + " " + getComputedStyle(document.querySelector(".desk")).visibility)).observe(sheets, { childList: true });
                """)
            try await desk.wait("the day's figures") { try await desk.browser.text().contains("1 waiting") }
            // Its image is decoded then.
            try await Task.sleep(for: .milliseconds(500))
            let former = try await desk.browser.address()
            try await desk.browser.press(Key.enter, holding: Key.control)
            try await desk.wait("the next document's page") {
                let isReady = try await desk.browser.script("return document.readyState") as? String == "complete"
                return try await desk.browser.address() != former && isReady
            }
            let image = try await desk.browser.script(
                "return document.querySelector('.sheets img').getAttribute('src')")
            let shown = try await desk.browser.script("return sessionStorage.getItem('shown')") as? String
            #expect(shown == "\(image as? String ?? "none") hidden")
            #expect(try await desk.browser.complaints() == [])
        }
    }

    @Test(arguments: Browser.Kind.allCases)
    func aRowIsTakenOutPutInAndItsSumMended(in kind: Browser.Kind) async throws {
        try await LiveDesk.run(in: kind, [SampleRemittance.document]) { desk in
            let line = "claims[0].service_lines"
            try await desk.takeNext("remittances")
            try await desk.browser.script("document.querySelector('[data-path=\"\(line)[0].paid_amount\"]').focus()")
            try await desk.browser.press(Key.down)
            let focused = "return document.activeElement.dataset.path"
            #expect(try await desk.browser.script(focused) as? String == "\(line)[1].paid_amount")
            try await desk.browser.press("30\(Key.enter)")
            try await desk.wait("the sum that fails") {
                try await desk.browser.text().contains("≠ The claim's 2 lines")
            }
            try await desk.browser.press("z", holding: Key.control)
            try await desk.wait("the sums to hold") { try await !desk.browser.text().contains("≠") }
            try await desk.browser.script("document.querySelector('[data-path=\"\(line)[1].paid_amount\"]').focus()")
            try await desk.browser.press(Key.delete, holding: Key.alt)
            try await desk.kept("the row to go") { $0.claims.first?.serviceLines.count == 1 }
            try await desk.wait("the sum without it") {
                try await desk.browser.text().contains("≠ The claim's line has")
            }
            try await desk.browser.press("z", holding: Key.control)
            try await desk.kept("the row to come back") { $0.claims.first?.serviceLines.count == 2 }
            try await desk.wait("the row to be shown") { try await desk.value("\(line)[1].charge_amount") == "100.00" }
            try await desk.browser.script("document.querySelector('[data-path=\"\(line)[0].charge_amount\"]').focus()")
            try await desk.browser.press("i", holding: Key.alt)
            #expect(try await desk.browser.script(focused) as? String == "\(line)[+0].service_date")
            #expect(try await desk.browser.complaints() == [])
        }
    }

    /// What a reviewer presses besides the characters of a value; a key that is held down counts too.
    @Test(arguments: Browser.Kind.allCases)
    func fewKeysSettleADocument(in kind: Browser.Kind) async throws {
        var remittance = SampleRemittance.document
        remittance.claims[0].serviceLines[1]["paid_amount"] = .one(
            Field(
                value: .text("30.00"), confidence: 0.6, page: 1,
                box: Box(left: 1500, top: 700, right: 1700, bottom: 740), alternatives: [.text("80.00")]))
        var sure = SampleRemittance.document
        sure.claims[0].serviceLines[0]["paid_amount"] = sure.claims[0].serviceLines[0]["allowed_amount"]
        sure.claims[0].serviceLines[1]["paid_amount"] = sure.claims[0].serviceLines[1]["allowed_amount"]
        sure.fields["payment_amount"] = .one(Field(value: .text("160.00"), confidence: 0.5))
        let form = Document(
            type: "authorization_form", typeConfidence: 0.99, pages: [1],
            fields: ["patient_name": .one(Field(value: .text("Maria Example"), confidence: 0.6))])
        let documents = [Self.letter, form, remittance, sure]
        try await LiveDesk.run(in: kind, documents) { [documents] desk in
            let hands: [(work: String, queue: String?, keys: [(keys: String, holding: String)])] = [
                ("letter, two doubtful values", "letters", [("1", Key.alt), (Key.enter, ""), (Key.enter, "")]),
                ("form, one doubtful value", "authorizations", [(Key.enter, ""), (Key.enter, Key.control)]),
                ("EOB with a misread amount", "remittances", [("b", Key.alt), (Key.enter, Key.control)]),
                ("EOB with a doubtful payment", nil, [(Key.enter, Key.control)]),
            ]
            #expect(hands.count == documents.count)
            var settled = 0
            var address = ""
            for hand in hands {
                let former = address
                if let queue = hand.queue {
                    try await desk.takeNext(queue)
                } else {
                    try await desk.wait("the next document") {
                        let focused = try await desk.browser.focused()
                        return try await desk.browser.address() != former && focused.hasPrefix("f-")
                    }
                }
                address = try await desk.browser.address()
                for press in hand.keys { try await desk.browser.press(press.keys, holding: press.holding) }
                settled += 1
                let expected = settled
                try await eventually("'\(hand.work)' to be settled") {
                    try await desk.fixture.context.store.read { try $0.documentCounts()[.accepted] } == expected
                        ? true : nil
                }
                try await desk.wait("what follows") { [address] in try await desk.browser.address() != address }
                let count = hand.keys.reduce(0) { $0 + $1.keys.count + $1.holding.count }
                #expect(count <= 6, "\(hand.work): \(count) keys")
            }
        }
    }
}
