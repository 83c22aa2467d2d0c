import Documents
import Reading
import Testing

@Suite("Words of two engines on one line")
struct MergedLineTests {
    /// Words of a line 30 pixels high, each with its left edge and its width.
    private static func line(_ words: [(String, left: Double, width: Double)]) -> [String] {
        let line = words.map { text, left, width in
            Word(
                text: text, box: Box(left: left, top: 100, right: left + width, bottom: 130), confidence: 0.9, line: 0)
        }
        return MergedLine(line).words.map(\.text)
    }

    @Test("What was read twice stands once")
    func doubles() {
        #expect(Self.line([("Primary", 0, 140), ("Care", 160, 80), ("Care", 161, 78)]) == ["Primary", "Care"])
        #expect(Self.line([("DENTAL", 0, 120), ("L", 100, 19), ("BENEFITS", 140, 160)]) == ["DENTAL", "BENEFITS"])
        #expect(Self.line([("ITEMQTY", 0, 200), ("ITEM", 0, 90), ("QTY", 120, 80)]) == ["ITEM", "QTY"])
        #expect(Self.line([("0.00", 0, 80), ("0.00", 200, 80)]) == ["0.00", "0.00"])
    }

    @Test("The surer of two readings stays")
    func surer() {
        let box = Box(left: 0, top: 0, right: 100, bottom: 30)
        let words = [0.6, 0.9].map { Word(text: "Care", box: box, confidence: Confidence($0), line: 0) }
        #expect(MergedLine(words).words.map(\.confidence.probability) == [0.9])
    }

    @Test("Of a number that was read twice the reading with its point stays, and the other is kept beside it")
    func pointsStay() {
        let box = Box(left: 0, top: 0, right: 100, bottom: 30)
        let words = [("150.00", 0.7), ("15000", 0.9)].map {
            Word(text: $0.0, box: box, confidence: Confidence($0.1), line: 0)
        }
        let merged = MergedLine(words).words
        #expect(merged.map(\.text) == ["150.00"])
        #expect(merged.first?.alternatives?.map(\.text) == ["15000"])
    }

    @Test("A letter or digit inside a longer word's box is part of it only at its end")
    func insideALongerBox() {
        #expect(Self.line([("J1100", 0, 200), ("1", 90, 20)]) == ["J1100", "1"])
    }

    @Test("What else the ink of a part may say is said of the whole")
    func alternativesOfParts() {
        var cents = Word(
            text: "477.51", box: Box(left: 60, top: 0, right: 160, bottom: 30), confidence: 0.9, line: 0)
        cents.alternatives = [Word.Alternative(text: "471.51", confidence: 0.4)]
        let left = Word(text: "6,", box: Box(left: 0, top: 0, right: 40, bottom: 30), confidence: 0.9, line: 0)
        #expect(MergedLine([left, cents]).words.first?.alternatives?.map(\.text) == ["6,471.51"])
    }

    @Test("A word that came in parts is whole; initials and words stay apart")
    func tornWords() {
        #expect(
            Self.line([("Heartland", 0, 180), ("He", 192, 40), ("alth", 234, 70), ("Plan", 316, 80), ("Two", 408, 60)])
                == ["Heartland", "Health", "Plan", "Two"])
        #expect(
            Self.line([("MEDICAL", 0, 150), ("CENT", 162, 80), ("ER", 244, 40), ("OF", 296, 40), ("UTAH", 348, 80)])
                == ["MEDICAL", "CENTER", "OF", "UTAH"])
        let name = [("STANTON,", 0.0, 150.0), ("WILMA", 162, 100), ("E", 264, 20), ("and", 296, 60), ("son", 368, 60)]
        #expect(Self.line(name) == ["STANTON,", "WILMA", "E", "and", "son"])
        #expect(Self.line([("the", 0, 50), ("date", 60, 70), ("of", 140, 30), ("it", 180, 30)]).count == 4)
        let close = [("Code", 0.0, 80.0), ("of", 84, 30), ("the", 130, 50), ("Gulf", 200, 80), ("Coast", 300, 90)]
        #expect(Self.line(close).count == 5)
    }

    @Test(
        "An amount torn at its comma or point is whole",
        arguments: [
            (["6,", "477.51"], ["6,477.51"]), (["8894", ".00"], ["8894.00"]), (["3,", "641.", "00"], ["3,641.00"]),
            (["$1,", "204"], ["$1,204"]), (["2025,", "15"], ["2025,", "15"]), (["100", "200"], ["100", "200"]),
            (["12.", "34.56"], ["12.", "34.56"]), (["45.10", ".00"], ["45.10", ".00"]),
            (["250,", "300,", "450"], ["250,", "300,", "450"]), (["2025,", "450.00"], ["2025,", "450.00"]),
            (["45", ".00"], ["45", ".00"]), (["2.", "96"], ["2.", "96"]),
        ])
    func tornAmounts(parts: [String], whole: [String]) {
        var left = 0.0
        let words = parts.map { text in
            defer { left += Double(text.count) * 18 + 16 }
            return (text, left: left, width: Double(text.count) * 18)
        }
        #expect(Self.line(words) == whole)
    }
}

@Suite("Two readings of one place")
struct ReadingMergeTests {
    private static func word(_ text: String, _ confidence: Double, left: Double = 0, width: Double = 200) -> Word {
        Word(
            text: text, box: Box(left: left, top: 0, right: left + width, bottom: 30),
            confidence: Confidence(confidence), line: 0)
    }

    /// What stays of Tesseract's word and the second engine's words.
    private static func merged(_ known: Word, _ read: [Word]) -> [String] {
        var merge = ReadingMerge(words: [known])
        _ = merge.add(read, over: [0])
        return merge.result.map(\.text)
    }

    @Test("A group of adjustments is of letters, whichever engine is surer")
    func adjustments() {
        #expect(Self.merged(Self.word("OA-23", 0.5), [Self.word("0A-23", 0.97)]) == ["OA-23"])
        #expect(Self.merged(Self.word("Pl-106", 0.9), [Self.word("PI-106", 0.5)]) == ["PI-106"])
        #expect(Self.merged(Self.word("CO1", 0.9), [Self.word("C01", 0.98)]) == ["C01"])
    }

    @Test("A capital does not stand between small letters, but in names that have it there")
    func capitals() {
        #expect(Self.merged(Self.word("Henson", 0.9), [Self.word("HenSon", 0.95)]) == ["Henson"])
        #expect(Self.merged(Self.word("Mccoy", 0.9), [Self.word("McCoy", 0.95)]) == ["McCoy"])
        #expect(Self.merged(Self.word("CareSource", 0.97), [Self.word("Caresource", 0.5)]) == ["CareSource"])
    }

    @Test("Digits set wide are one number where Tesseract sees one")
    func wideDigits() {
        let digits = [
            Self.word("18", 0.99, left: 0, width: 40), Self.word("1", 0.99, left: 56, width: 14),
            Self.word("42", 0.99, left: 86, width: 40),
        ]
        #expect(Self.merged(Self.word("18142", 0.6, width: 126), digits) == ["18142"])
    }
}
