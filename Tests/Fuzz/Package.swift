// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// Reading alone, as a library to be built with coverage and without a `main`; `.ci/fuzz` links it with libFuzzer's.
let package = Package(
    name: "fuzz",
    products: [.library(name: "FuzzedReading", type: .static, targets: ["Reading"])],
    targets: [
        .target(
            name: "Documents", path: "Sources/Documents", exclude: ["document-result.schema.json"],
            swiftSettings: strict),
        .systemLibrary(name: "CLeptonica", path: "Sources/CLeptonica", pkgConfig: "lept"),
        .systemLibrary(name: "CTIFF", path: "Sources/CTIFF", pkgConfig: "libtiff-4"),
        .systemLibrary(name: "CHEIF", path: "Sources/CHEIF", pkgConfig: "libheif"),
        .systemLibrary(name: "CTesseract", path: "Sources/CTesseract", pkgConfig: "tesseract"),
        .systemLibrary(name: "CPoppler", path: "Sources/CPoppler", pkgConfig: "poppler-glib"),
        .systemLibrary(name: "CSeccomp", path: "Sources/CSeccomp", pkgConfig: "libseccomp"),
        .systemLibrary(name: "COpenVINO", path: "Sources/COpenVINO"),
        .target(name: "CZXing", path: "Sources/CZXing", linkerSettings: [.linkedLibrary("ZXing")]),
        .target(
            name: "Reading",
            dependencies: [
                "Documents", "CLeptonica", "CTIFF", "CHEIF", "CTesseract", "CPoppler", "CSeccomp", "CZXing",
                "COpenVINO",
            ],
            path: "Sources/Reading", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
