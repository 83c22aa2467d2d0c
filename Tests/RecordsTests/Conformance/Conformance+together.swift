import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Together {
        private static func question(_ task: String, of colleague: String = "user:bob") -> TaskQuestion {
            TaskQuestion(
                id: "Q-\(task)", taskID: task, fieldPath: "member_id", question: "Is this an 8?", askedBy: "user:ann",
                askedOf: colleague, askedAt: start, keptUntil: start + 60)
        }

        private static func reviewing(_ engine: StoreEngine) async throws -> TestStore {
            let test = try await TestStore.reviewing(engine)
            try await test.store.write { transaction in
                for name in ["ann", "bob", "cyd"] {
                    try transaction.addUser(
                        User(id: name, name: name, role: "reviewer", passwordHash: "", createdAt: start))
                }
            }
            return test
        }

        private static func next(_ transaction: Transaction, _ name: String, at seconds: Double = 0) throws -> String? {
            try transaction.nextTask(queues: ["letters"], for: "user:\(name)", at: start + seconds)?.id
        }

        @Test(arguments: StoreEngine.allCases)
        func aTaskIsKeptForWhoWasAskedAndComesFirstThere(engine: StoreEngine) async throws {
            let test = try await Self.reviewing(engine)
            try await test.store.write { transaction in
                try transaction.ask(Self.question("T2"))
                #expect(code { try transaction.ask(Self.question("T2")) } == .duplicate)
                #expect(try Self.next(transaction, "bob") == "T2")
                #expect(try Self.next(transaction, "ann") == "T1")
                func lease(_ id: String, _ name: String, _ seconds: Double = 0) throws -> String? {
                    try transaction.leaseTask(id, owner: "user:\(name)", now: start + seconds, leaseSeconds: 5)?.id
                }
                #expect(try lease("T2", "ann") == nil)
                #expect(try lease("T2", "cyd", 59) == nil)
                #expect(try lease("T2", "cyd", 60) == "T2", "no task waits for ever")
                #expect(
                    try transaction.leaseNextTask(
                        queues: ["letters"], owner: "user:bob", now: start + 10, leaseSeconds: 5)?.id == "T1")
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aTaskIsNotKeptForWhoIsGone(engine: StoreEngine) async throws {
            let test = try await Self.reviewing(engine)
            try await test.store.write { transaction in
                try transaction.ask(Self.question("T1"))
                #expect(try Self.next(transaction, "cyd") == "T2")
                var bob = try #require(try transaction.user("bob"))
                bob.disabled = true
                try transaction.updateUser(bob)
                #expect(try Self.next(transaction, "cyd") == "T1")
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func anAnswerKeepsTheTaskForWhoAskedAndTheEndEndsIt(engine: StoreEngine) async throws {
            let test = try await Self.reviewing(engine)
            try await test.store.write { transaction in
                var question = Self.question("T3")
                try transaction.ask(question)
                question.answer = "A 3."
                question.answeredAt = start + 5
                question.keptFor = "user:ann"
                try transaction.updateQuestion(question)
                #expect(try transaction.openQuestion(ofTask: "T3") == question)
                #expect(try transaction.openQuestions(of: "user:ann", limit: 9) == [question])
                #expect(try transaction.openQuestions(of: "user:bob", limit: 9) == [])
                #expect(try transaction.openQuestions(ofTasks: ["T1", "T3"]).keys.sorted() == ["T3"])
                #expect(try Self.next(transaction, "ann", at: 6) == "T3")
                try transaction.finishTask("T3", expecting: 1, at: start + 7)
                let ended = try #require(try transaction.questions(ofTask: "T3", limit: 9).first)
                #expect(ended.ending == "settled" && ended.endedAt == start + 7 && ended.keptFor == nil)
                #expect(code { try transaction.updateQuestion(question) } == .wrongState)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aSentTaskIsFreeInTheOtherQueue(engine: StoreEngine) async throws {
            let test = try await Self.reviewing(engine)
            try await test.store.write { transaction in
                let held = try #require(
                    try transaction.leaseTask("T1", owner: "user:ann", now: start, leaseSeconds: 60))
                try transaction.sendTask(held, to: "general", by: "user:ann", at: start)
                let sent = try #require(try transaction.task("T1"))
                #expect(sent.queue == "general" && sent.status == .open && sent.leaseOwner == nil)
                #expect(try transaction.wasSent("T1"))
                #expect(try !transaction.wasSent("T2"))
                #expect(
                    code { try transaction.sendTask(held, to: "letters", by: "user:ann", at: start) }
                        == .versionConflict)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aNoteIsWrittenOnceAndStays(engine: StoreEngine) async throws {
            let test = try await Self.reviewing(engine)
            try await test.store.write { transaction throws in
                func note(_ number: Int, _ body: String) -> DocumentNote {
                    DocumentNote(
                        id: "N\(number)", documentID: "D1", writtenBy: "user:ann", writtenAt: start + Double(number),
                        body: body)
                }
                for number in 1...3 { #expect(try transaction.addNote(note(number, "Note \(number)"))) }
                #expect(try !transaction.addNote(note(2, "Another text")))
                #expect(try transaction.notes(on: "D1", limit: 2) == [note(2, "Note 2"), note(3, "Note 3")])
                #expect(try transaction.noteCount(on: "D1") == 3)
                #expect(try transaction.noteCount(on: "D2") == 0)
            }
        }
    }
}
