import Documents
import Learning
import Testing

@Suite("Reading errors are measured, and made again")
struct ReadingNoiseTests {
    @Test("What a reader does to words is measured on what it read")
    func measured() throws {
        let noise = try RoughReader.noise.get()
        #expect(noise.pageCount >= 80)
        #expect(abs(noise.lostShare - 1 / Double(RoughReader.lostEvery)) < 0.006)
        #expect((0.002...0.02).contains(noise.misreadShare))
        #expect(noise.likeliestMisreading(of: "e") == "c" && noise.likeliestMisreading(of: "0") == "O")
        #expect(noise.likeliestMisreading(of: "a") == nil)
    }

    @Test("Pages that are passed through it are read as badly as those it was measured on")
    func madeAgain() throws {
        let noise = try RoughReader.noise.get()
        let examples = try DrawnExamples(seed: 44, wordLists: CorpusFolders.words).examples(.training, count: 120)
        // Ten copies of each, of which the first is as it was.
        var measure = NoiseMeasure()
        let copies = ExampleShares(
            examples.map { example in
                var example = example
                example.truth.type = example.family
                return example
            }
        ).repeated(seed: 3, noise: noise)
        let printed = Dictionary(examples.map { ($0.family, $0.pages) }) { first, _ in first }
        for copy in copies {
            for (drawn, read) in zip(printed[copy.family] ?? [], copy.pages) where read.page.source == .ocr {
                measure.add(drawn: drawn, read: read)
            }
        }
        let again = measure.noise
        #expect(again.pageCount > 300)
        #expect(abs(again.misreadShare - noise.misreadShare) < 0.3 * noise.misreadShare)
        #expect(abs(again.lostShare - noise.lostShare) < 0.3 * noise.lostShare)
        #expect(again.likeliestMisreading(of: "e") == "c")
    }

    @Test("A page with text of its own, an empty one and one read as quite another say nothing")
    func saysNothing() throws {
        let example = try #require(
            try DrawnExamples(seed: 43, wordLists: CorpusFolders.words).examples(.training, count: 1).first)
        var page = try #require(example.pages.first)
        var measure = NoiseMeasure()
        page.page.source = .text
        measure.add(drawn: page, read: page)
        page.page.source = .ocr
        var other = page
        for index in other.words.indices { other.words[index].text = "###" }
        measure.add(drawn: page, read: other)
        other.words = []
        measure.add(drawn: page, read: other)
        #expect(measure.noise.pageCount == 0)
    }
}
