"""RapidOCR with its defaults on a folder of TIFF scans: NAME.txt for each, pages parted by form feeds."""

import logging
import pathlib
import sys
from multiprocessing import Pool

import cv2
import numpy
from PIL import Image

logging.disable(logging.WARNING)
engine = None


def start():
    global engine
    from rapidocr import RapidOCR

    engine = RapidOCR()


def words(image):
    found = engine(cv2.cvtColor(numpy.asarray(image.convert("RGB")), cv2.COLOR_RGB2BGR))
    return "\n".join(found.txts or [])


def read(job):
    source, target = job
    image = Image.open(source)
    pages = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        pages.append(words(image))
    pathlib.Path(target).write_text("\f".join(pages) + "\f")


if __name__ == "__main__":
    folder, texts, processes = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
    texts.mkdir(parents=True, exist_ok=True)
    jobs = [(str(scan), str(texts / (scan.stem + ".txt"))) for scan in sorted(folder.glob("*.tif"))]
    with Pool(processes, initializer=start) as pool:
        pool.map(read, jobs, chunksize=1)
