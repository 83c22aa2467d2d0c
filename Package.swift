// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A module of the house (`Sources/README.md`): it imports only modules that stand above it in `targets`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
        swiftSettings: strict)
}

func product(_ name: String, _ package: String) -> Target.Dependency {
    .product(name: name, package: package)
}

let package = Package(
    name: "mailroom",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "Documents", exclude: ["document-result.schema.json"], swiftSettings: strict),
        room("Settings", [product("Yams", "Yams")]),

        .systemLibrary(name: "CLeptonica", pkgConfig: "lept", providers: [.apt(["libleptonica-dev"])]),
        .systemLibrary(name: "CTIFF", pkgConfig: "libtiff-4", providers: [.apt(["libtiff-dev"])]),
        .systemLibrary(name: "CHEIF", pkgConfig: "libheif", providers: [.apt(["libheif-dev"])]),
        .systemLibrary(name: "CTesseract", pkgConfig: "tesseract", providers: [.apt(["libtesseract-dev"])]),
        .systemLibrary(name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
        .systemLibrary(name: "COpenVINO"),
        .systemLibrary(name: "CNATS", pkgConfig: "libnats", providers: [.apt(["libnats-dev"])]),
        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),

        .target(name: "CZXing", linkerSettings: [.linkedLibrary("ZXing")]),

        room(
            "Reading",
            [
                "Documents", "CLeptonica", "CTIFF", "CHEIF", "CTesseract", "CPoppler", "CSeccomp", "CZXing",
                "COpenVINO",
            ]),
        room("Understanding", ["Documents", "Settings", product("Crypto", "swift-crypto")]),
        room(
            "Learning",
            [
                "Documents", "Settings", "Reading", "Understanding", "CPango", "CLeptonica", "CZXing",
                product("Crypto", "swift-crypto"),
            ]),
        room("Records", ["Documents", product("GRDB", "GRDB.swift"), product("Crypto", "swift-crypto")]),
        room("Governance", ["Documents", "Settings", "Understanding", product("Crypto", "swift-crypto")]),
        room(
            "Actions",
            [
                "Documents", "Settings", "Records", "Governance", "CNATS", product("Crypto", "swift-crypto"),
                product("AsyncHTTPClient", "async-http-client"), product("NIOCore", "swift-nio"),
                product("NIOHTTP1", "swift-nio"), product("Logging", "swift-log"),
            ]),
        .target(
            name: "Service",
            dependencies: [
                "Documents", "Settings", "Reading", "Understanding", "Records", "Governance", "Actions",
                product("Crypto", "swift-crypto"), product("CryptoExtras", "swift-crypto"),
                product("Hummingbird", "hummingbird"), product("Mustache", "swift-mustache"),
                product("AsyncHTTPClient", "async-http-client"), product("NIOHTTP1", "swift-nio"),
                product("NIOCore", "swift-nio"), product("NIOFoundationCompat", "swift-nio"),
                product("HTTPTypes", "swift-http-types"), product("Logging", "swift-log"),
                product("Metrics", "swift-metrics"), product("CoreMetrics", "swift-metrics"),
                product("ServiceLifecycle", "swift-service-lifecycle"),
                product("UnixSignals", "swift-service-lifecycle"),
            ],
            exclude: ["Intake/Intake.md"], resources: [.embedInCode("Resources")], swiftSettings: strict),
        .executableTarget(
            name: "mailroom",
            dependencies: [
                "Documents", "Settings", "Reading", "Understanding", "Learning", "Records", "Governance",
                "Actions", "Service", product("ArgumentParser", "swift-argument-parser"),
                product("Logging", "swift-log"), product("Metrics", "swift-metrics"),
                product("ServiceLifecycle", "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        .target(
            name: "TestSupport",
            dependencies: [
                product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio"), product("NIOHTTP1", "swift-nio"),
            ],
            path: "Tests/TestSupport", swiftSettings: strict),

        .executableTarget(
            name: "wall-probe", dependencies: ["Reading"], path: "Tests/WallProbe", swiftSettings: strict),

        tests("Documents", ["TestSupport"]),
        tests("Settings"),
        tests("Reading", ["Documents", "TestSupport", "mailroom", "wall-probe"], exclude: ["Fixtures"]),
        tests("Records", ["Documents", "TestSupport"]),
        tests("Understanding", ["Documents", "Settings", "TestSupport"]),
        tests("Learning", ["Documents", "Understanding"]),
        tests("Governance", ["Documents", "Settings", "Understanding", "TestSupport"]),
        tests(
            "Actions",
            [
                "Documents", "Settings", "Understanding", "Records", "Governance", "TestSupport",
                product("Logging", "swift-log"),
                product("NIOCore", "swift-nio"), product("NIOPosix", "swift-nio"), product("NIOHTTP1", "swift-nio"),
            ], exclude: ["FHIR/validate_bundles.py", "X12/Samples", "X12/check_envelopes.py", "X12/check_structure.py"]),
        tests(
            "Service",
            [
                "Documents", "Settings", "Reading", "Understanding", "Records", "Governance", "Actions", "TestSupport",
                "mailroom", product("Hummingbird", "hummingbird"), product("HummingbirdTesting", "hummingbird"),
                product("AsyncHTTPClient", "async-http-client"), product("HTTPTypes", "swift-http-types"),
                product("NIOCore", "swift-nio"), product("NIOFoundationCompat", "swift-nio"),
                product("NIOPosix", "swift-nio"), product("NIOHTTP1", "swift-nio"), product("Logging", "swift-log"),
                product("CoreMetrics", "swift-metrics"), product("Metrics", "swift-metrics"),
                product("Crypto", "swift-crypto"), product("CryptoExtras", "swift-crypto"),
            ], exclude: ["OpenID/openid_provider.py", "Crash/receiver.py"]),
        .testTarget(
            name: "MailroomTests", dependencies: ["mailroom", "TestSupport"], exclude: ["validate_results.py"],
            swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
