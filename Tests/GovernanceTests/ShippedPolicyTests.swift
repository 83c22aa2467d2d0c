import Documents
import Foundation
import Governance
import Settings
import Testing
import Understanding

/// The files under `Config` as they are shipped.
@Suite struct ShippedPolicyTests {
    private let config: URL
    private let vocabulary: Vocabulary
    private let policy: Policy

    init() throws {
        config = try Installation.locate(workingDirectory: #filePath).config
        vocabulary = Vocabulary(try DocumentTypeCatalog(folder: config.appending(path: "document-types")))
        policy = try Policy.load(path: config.appending(path: "policy.yaml").path, vocabulary: vocabulary)
    }

    @Test func everyTypeHasAQueueThatAReviewerOrSeniorReviewerWorks() {
        for type in vocabulary.types.keys {
            let queue = policy.queue(for: type)
            #expect(policy.mayWork(queue, role: .reviewer) || policy.mayWork(queue, role: .seniorReviewer))
        }
        #expect(!policy.mayWork("letters", role: .auditor))
        #expect(!policy.mayWork("letters", role: .service))
    }

    @Test func tablesAndGroupsAreInTheVocabulary() throws {
        func rule(_ path: String) throws -> Vocabulary.FieldRule? {
            vocabulary.rule(of: try #require(FieldPath(path)), in: "eob")
        }
        #expect(try rule("claims[0].paid_amount")?.kind == .money)
        #expect(try rule("claims[0].service_lines[1].modifiers[0]")?.repeats == true)
        #expect(try rule("claims[0].service_lines[1].adjustments[0].amount")?.kind == .money)
        #expect(try rule("provider_adjustments[0].amount")?.kind == .money)
        #expect(try rule("provider_adjustments") == nil)
    }

    @Test func layoutsAreLearnedAndSeniorReviewersUndoThem() {
        #expect(policy.learnsLayouts)
        let managers = Role.allCases.filter { policy.permissions(of: $0).contains(.manageLayouts) }
        #expect(managers == [.seniorReviewer, .administrator])
    }

    @Test func noRoleButTheAdministratorsProposesAndOthersConfirmToo() {
        func roles(_ permission: Permission) -> [Role] {
            Role.allCases.filter { policy.permissions(of: $0).contains(permission) }
        }
        #expect(roles(.proposePolicy) == [.administrator])
        #expect(roles(.confirmPolicy) == [.seniorReviewer, .administrator])
        #expect(roles(.managePeople) == [.administrator])
    }

    @Test func seniorReviewersSettleDifferencesAndNothingIsKeyedTwiceOrCheckedUntilAHospitalAsksForIt() {
        func roles(_ permission: Permission) -> [Role] {
            Role.allCases.filter { policy.permissions(of: $0).contains(permission) }
        }
        #expect(roles(.settleDifferences) == [.seniorReviewer, .administrator])
        #expect(roles(.viewQuality) == [.seniorReviewer, .auditor, .administrator])
        #expect(policy.keysBases.isEmpty)
        #expect(policy.knownAnswers == .none)
    }

    @Test func aDenialWithoutItsPatientIsReviewed() throws {
        let ink = Field(value: .text("Acme Health"), text: "Acme Health", confidence: 0.99)
        let letter = Document(
            type: "payer_letter", subtype: "denial", typeConfidence: 0.99, pages: [1],
            fields: ["payer_name": .one(ink), "letter_date": .one(ink)])
        #expect(policy.decide(letter).reasons.map(\.field) == ["patient_name"])
    }
}
