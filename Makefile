# Everyday commands; `make help` lists them. Each does its own set-up on a fresh Debian 12 with Swift 6.3.
SHELL := /bin/bash
SWIFT_FLAGS := -c release
MAILROOM := .build/release/mailroom
STORE ?= var/store
INBOX ?= var/inbox
SEED ?= 20261121

PACKAGES := libtesseract-dev tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd libleptonica-dev libtiff-dev libheif-dev \
    libpoppler-glib-dev poppler-data libseccomp-dev libnats-dev libfontconfig-dev libzxing-dev \
    libcairo2-dev libpango1.0-dev libsqlite3-dev pkg-config fonts-liberation fonts-dejavu fonts-freefont-ttf \
    fonts-urw-base35 fonts-dkg-handwriting fonts-femkeklaver fonts-rufscript python3-venv
TEST_PACKAGES := $(PACKAGES) chromium chromium-driver firefox-esr poppler-utils libtiff-tools procps \
    openssh-server openssh-client nats-server
BENCH_PACKAGES := ocrmypdf img2pdf

.PHONY: help run test bench evaluate train format lint build set-up set-up-tests clean

help: ## Lists the commands.
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: build ## Builds, then serves an embedded store with a sample mailbag and prints its address.
	@mkdir -p $(INBOX)
	$(MAILROOM) serve --store $(STORE) --inbox $(INBOX) --sample-mailbag

test: set-up-tests ## Installs what tests need, builds, passes every test.
	swift build $(SWIFT_FLAGS) --build-tests --explicit-target-dependency-import-check error
	# One at a time: several tests are about patience and deadlines, which two cores busy with recognition make late.
	# What failed is said again at the end, where a log of 20,000 lines is read.
	@set -o pipefail; swift test $(SWIFT_FLAGS) --skip-build --no-parallel 2>&1 | tee .build/test.log \
	    || { echo; echo "What failed:"; grep -A3 ' recorded an issue ' .build/test.log; tail -1 .build/test.log; exit 1; }

bench: set-up-tests build ## What is read and how fast, beside tesseract, OCRmyPDF, RapidOCR and pdftotext.
	@.ci/install $(BENCH_PACKAGES)
	.ci/bench
	.ci/bench-memory
	.ci/bench-classify
	.ci/bench-review
	.ci/bench-paint
	.ci/bench-teaching
	.ci/bench-words
	.ci/bench-835
	.ci/bench-actions

evaluate: build ## Figures of the committed model on freshly drawn documents that were really read.
	SEED=$(SEED) .ci/evaluate
	.ci/new-type

train: build ## Trains a model from the corpus: a candidate for the place of the one in service.
	$(MAILROOM) train --out Models

format: ## Formats the sources with the project's settings.
	swift format --in-place --recursive --parallel Package.swift Sources Tests

lint: ## Fails on anything that `make format` would change or the rules refuse.
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

build: set-up
	swift build $(SWIFT_FLAGS) --product mailroom

set-up:
	@.ci/install $(PACKAGES)
	@.ci/engine

set-up-tests:
	@.ci/install $(TEST_PACKAGES)
	@.ci/engine
	@test -x .venv/bin/python || python3 -m venv .venv
	@.venv/bin/python -c 'import standardwebhooks, jsonschema' 2>/dev/null || .venv/bin/python -m pip install --quiet standardwebhooks jsonschema
	@test -d .venv/fhir || .venv/bin/python -m pip install --quiet --target .venv/fhir 'fhir.resources==6.4.0' 'pydantic==1.10.27'
	@.venv/bin/python -c 'import axe_playwright_python' 2>/dev/null || .venv/bin/python -m pip install --quiet --no-deps axe-playwright-python==0.1.8
	@.venv/bin/python -c 'import pyx12' 2>/dev/null || .venv/bin/python -m pip install --quiet pyx12==4.0.0
	@.venv/bin/python -c 'import canaille.oidc' 2>/dev/null || .venv/bin/python -m pip install --quiet 'canaille[oidc]==0.3.6'

clean: ## Removes what was built and the demo's store.
	rm -rf .build .engine .venv var
