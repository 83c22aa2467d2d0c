"""ocrmypdf on a folder of TIFF scans, as one PDF so that every job has a page: NAME.txt for each scan."""

import pathlib
import subprocess
import sys
import tempfile

folder, texts, jobs = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
texts.mkdir(parents=True, exist_ok=True)
scans = sorted(folder.glob("*.tif"))
with tempfile.TemporaryDirectory() as work:
    whole, sidecar = f"{work}/all.pdf", f"{work}/all.txt"
    subprocess.run(["img2pdf", "--rotation=ifvalid", *map(str, scans), "-o", whole], check=True)
    subprocess.run(
        ["ocrmypdf", "--quiet", "--jobs", jobs, "--rotate-pages", "--deskew", "--output-type", "pdf",
         "--sidecar", sidecar, whole, f"{work}/read.pdf"], check=True)
    pages = pathlib.Path(sidecar).read_text().split("\f")
for scan in scans:
    listing = subprocess.run(["tiffinfo", scan], capture_output=True, text=True).stdout
    count = listing.count("=== TIFF directory")
    (texts / f"{scan.stem}.txt").write_text("\f".join(pages[:count]) + "\f")
    pages = pages[count:]
