import Foundation
import Records
import TestSupport
import Testing

extension StoreConformance {
    @Suite struct Reaching {
        private static let queues = ["letters", "remittances", "general"]
        private static let facilities: [String?] = [nil, "north", "south"]

        @Test(arguments: StoreEngine.allCases)
        func aLimitIsKeptUntilAnotherTakesItsPlace(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                #expect(try transaction.reach(of: "U1") == .everything)
                let first = Reach(queues: ["letters", "general"], facilities: ["north"])
                try transaction.setReach(first, of: "U1")
                try transaction.setReach(Reach(facilities: ["south"]), of: "U2")
                #expect(try transaction.reach(of: "U1") == first)
                try transaction.setReach(Reach(queues: ["general"]), of: "U1")
                #expect(try transaction.reach(of: "U1") == Reach(queues: ["general"]))
                #expect(try transaction.reach(of: "U2") == Reach(facilities: ["south"]))
                #expect(
                    try transaction.reaches()
                        == ["U1": Reach(queues: ["general"]), "U2": Reach(facilities: ["south"])])
                try transaction.setReach(.everything, of: "U1")
                #expect(try transaction.reach(of: "U1") == .everything)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aProvidersNameBelongsToOnePerson(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let ann = User(id: "U1", name: "ann", role: "reviewer", passwordHash: "", createdAt: start)
            try await test.store.write { transaction in
                try transaction.addUser(ann)
                try transaction.addIdentity(issuer: "https://a", subject: "1", of: "U1")
                #expect(try transaction.user(issuer: "https://a", subject: "1") == ann)
                #expect(try transaction.user(issuer: "https://b", subject: "1") == nil)
                #expect(try transaction.user(issuer: "https://a", subject: "2") == nil)
                #expect(try transaction.hasIdentity("U1"))
                #expect(try !transaction.hasIdentity("U2"))
            }
            let error = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.addIdentity(issuer: "https://a", subject: "1", of: "U1") }
            }
            #expect(error?.code == .duplicate)
        }

        /// Every list, look and taking gives what a plain reading of the rules gives, for limits and stores drawn by lot.
        @Test(arguments: StoreEngine.allCases)
        func whatIsOutOfReachIsNotThere(engine: StoreEngine) async throws {
            var dice = Dice(seed: 14)
            for _ in 0..<6 {
                let house = House(&dice)
                let test = try await TestStore(engine)
                let reaches = (0..<12).map { _ in House.reach(&dice) }
                try await test.store.write { transaction in
                    try house.fill(transaction)
                    for reach in reaches { try house.compare(transaction, reach) }
                }
            }
        }

        /// Files with documents, each with the tasks that it had one after another.
        private struct House {
            struct Paper {
                let id: String
                let file: Int
                let ordinal: Int
                var tasks: [(id: String, queue: String)] = []
            }

            var facilities: [String?] = []
            var papers: [Paper] = []

            init(_ dice: inout Dice) {
                for file in 1...dice.roll(2...6) {
                    facilities.append(dice.pick(Reaching.facilities) ?? nil)
                    for ordinal in 1...dice.roll(1...3) {
                        var paper = Paper(id: "D\(file)-\(ordinal)", file: file, ordinal: ordinal)
                        for number in 0..<dice.roll(0...2) {
                            paper.tasks.append(("T\(file)-\(ordinal)-\(number)", dice.pick(Reaching.queues) ?? ""))
                        }
                        papers.append(paper)
                    }
                }
            }

            static func reach(_ dice: inout Dice) -> Reach {
                func some(_ names: [String], _ dice: inout Dice) -> Set<String>? {
                    let picked = names.filter { _ in dice.roll(0...1) == 1 }
                    return picked.isEmpty || dice.roll(0...2) == 0 ? nil : Set(picked)
                }
                return Reach(
                    queues: some(Reaching.queues, &dice),
                    facilities: some(Reaching.facilities.compactMap(\.self), &dice))
            }

            func fill(_ transaction: Transaction) throws {
                for (index, facility) in facilities.enumerated() {
                    var file = Sample.file(index + 1)
                    file.facility = facility
                    try transaction.takeFile(file)
                    var arrival = Sample.arrival("A\(index + 1)")
                    arrival.facility = facility
                    try transaction.recordArrival(arrival)
                    try transaction.settleArrival(arrival.id, .taken, sha256: file.sha256, at: start)
                }
                for paper in papers {
                    try transaction.insertDocument(
                        Sample.document(paper.id, file: paper.file, ordinal: paper.ordinal))
                    for (index, task) in paper.tasks.enumerated() {
                        try transaction.openTask(Sample.task(task.id, document: paper.id, queue: task.queue))
                        if index + 1 < paper.tasks.count {
                            try transaction.finishTask(task.id, expecting: 1, at: start)
                        }
                    }
                }
            }

            private func sees(_ paper: Paper, _ reach: Reach) -> Bool {
                let isNear = reach.facilities.map { $0.contains(facilities[paper.file - 1] ?? "") } ?? true
                let isOurs = reach.queues.map { $0.contains(paper.tasks.last?.queue ?? "") } ?? true
                return isNear && isOurs
            }

            private func seesFile(_ number: Int, _ reach: Reach) -> Bool {
                let isNear = reach.facilities.map { $0.contains(facilities[number - 1] ?? "") } ?? true
                return isNear && (reach.queues == nil || papers.contains { $0.file == number && sees($0, reach) })
            }

            func compare(_ transaction: Transaction, _ reach: Reach) throws {
                for paper in papers {
                    let sees = sees(paper, reach)
                    #expect((try transaction.document(paper.id, within: reach) != nil) == sees, "\(paper) \(reach)")
                    if let task = paper.tasks.last {
                        #expect((try transaction.task(task.id, within: reach) != nil) == sees, "\(paper) \(reach)")
                    }
                }
                for number in 1...facilities.count {
                    let sha256 = Sample.sha256(number)
                    #expect((try transaction.file(sha256, within: reach) != nil) == seesFile(number, reach))
                    let documents = try transaction.documents(of: sha256, within: reach).map(\.id)
                    #expect(documents == papers.filter { $0.file == number && sees($0, reach) }.map(\.id))
                }
                let open = papers.filter { !$0.tasks.isEmpty && sees($0, reach) }.compactMap(\.tasks.last)
                #expect(Set(try transaction.tasks(within: reach).map(\.task.id)) == Set(open.map(\.id)))
                let counts = try transaction.taskCounts(within: reach, at: start)
                let ages = try transaction.queueAges(within: reach, at: start, soon: start)
                for queue in Reaching.queues {
                    let number = open.count { $0.queue == queue }
                    #expect((counts[queue]?[.open] ?? 0) == number)
                    #expect((ages[queue] != nil) == (number > 0))
                    #expect(try transaction.waitingCount(queue: queue, within: reach, at: start) == number)
                    let next = try transaction.nextTask(
                        queues: [queue], within: reach, for: "user:ann", at: start)
                    #expect(next?.id == open.filter { $0.queue == queue }.map(\.id).min())
                    let leased = try transaction.leaseNextTask(
                        queues: [queue], within: reach, owner: "user:ann", now: start, leaseSeconds: 60)
                    #expect(leased?.id == next?.id)
                    if let leased { try transaction.releaseTask(leased.id, owner: "user:ann") }
                }
                let arrivals = (1...facilities.count).filter { seesFile($0, reach) }
                #expect(Set(try transaction.arrivals(within: reach).map(\.id)) == Set(arrivals.map { "A\($0)" }))
                #expect((try transaction.arrivalCounts(within: reach)[.taken] ?? 0) == arrivals.count)
            }
        }
    }
}
