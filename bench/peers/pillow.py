"""Pillow with NumPy as a contender: `pillow.py [PNG_LEVEL]`; the protocol is that of src/protocol.ts."""
import hashlib
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor

try:
    import numpy as np
    import PIL
    from PIL import Image, ImageFilter
except ImportError:
    print(json.dumps({"jobs": [], "version": "", "absent": "not installed; bench/install-peers.sh does it"}), flush=True)
    sys.exit()

import io

LEVEL = int(sys.argv[1]) if len(sys.argv) > 1 else 9
# WebP at libwebp's method 4, as sharp's effort 4.
METHOD = 4


def encoded(picture, kind, **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def thumbnail(task):
    picture = Image.open(task["input"]).convert("RGBA")
    flat = Image.new("RGB", picture.size, "white")
    flat.paste(picture, mask=picture.getchannel("A"))
    return {
        "png": encoded(flat, "PNG", compress_level=LEVEL),
        "jpeg": encoded(flat, "JPEG", quality=85, optimize=True),
        "webp": encoded(flat, "WEBP", quality=80, method=METHOD),
    }


def within(picture, width, height):
    small = picture.copy()
    small.thumbnail((width, height), Image.Resampling.LANCZOS)
    return small


def two_variants(task):
    picture = Image.open(task["input"]).convert("RGB")
    files = {
        "normal": encoded(within(picture, 1024, 1024), "JPEG", quality=80, optimize=True),
        "high": encoded(within(picture, 2048, 2048), "WEBP", quality=95, method=METHOD),
    }
    for name, data in files.items():
        with open(os.path.join(task["folder"], name), "wb") as file:
            file.write(data)
    return files


def product(task):
    picture = Image.open(task["input"]).convert("RGBA")
    alpha = np.asarray(picture)[:, :, 3] > 10
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    left, top, right, bottom = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    x, y = max(20, int((right - left) * 0.05)), max(20, int((bottom - top) * 0.05))
    cropped = picture.crop((left - x, top - y, right + x, bottom + y))
    width, height = cropped.width + 90, cropped.height + 90
    shape = Image.new("L", (width, height))
    shape.paste(cropped.getchannel("A"), (45, 45))
    soft = shape.filter(ImageFilter.GaussianBlur(15)).point(lambda value: value * 0.35)
    shadow = Image.new("RGBA", (width, height))
    shadow.putalpha(soft)
    over = Image.new("RGBA", (width, height))
    over.paste(cropped, (45, 35))
    processed = Image.alpha_composite(shadow, over)
    return {
        "processed": encoded(processed, "PNG", compress_level=LEVEL),
        "grid": encoded(within(processed, 400, 300), "WEBP", quality=80, method=METHOD),
        "detail": encoded(within(processed, 1200, 900), "WEBP", quality=85, method=METHOD),
    }


def resized(task):
    picture = Image.open(task["input"])
    height = round(picture.height * 800 / picture.width)
    picture.draft("RGB", (1600, 2 * height))
    small = picture.convert("RGB")
    if picture.width > 800:
        small = small.resize((800, height), Image.Resampling.LANCZOS)
    if task["part"] != "webp":
        return {"jpeg": encoded(small, "JPEG", quality=80, optimize=True)}
    return {"webp": encoded(small, "WEBP", quality=80, method=METHOD)}


def look(task):
    with open(task["input"], "rb") as file:
        data = file.read()
    Image.open(io.BytesIO(data)).size
    hashlib.sha256(data).hexdigest()
    return {}


JOBS = {"J1": thumbnail, "J2": two_variants, "J3": product, "J4:webp": resized, "J4:jpeg": resized,
        "J4:small": resized, "J5:look": look}



def answer(order):
    task, copies = order["task"], order["copies"]
    run = JOBS.get(f"{task['job']}:{task['part']}") or JOBS[task["job"]]
    cpu, started = time.process_time(), time.perf_counter()

    def one(_):
        files = run(task)
        return files, (time.perf_counter() - started) * 1000

    with ThreadPoolExecutor(min(copies, os.cpu_count() or 1)) as pool:
        done = list(pool.map(one, range(copies)))
    elapsed, spent = time.perf_counter() - started, time.process_time() - cpu
    files = done[0][0]
    for name, data in files.items() if order.get("keep") else []:
        with open(os.path.join(order["keep"], name), "wb") as file:
            file.write(data)
    return {"elapsedMs": elapsed * 1000, "cpuMs": spent * 1000, "latenciesMs": [ms for _, ms in done],
            "bytes": {name: len(data) for name, data in files.items()}}


print(json.dumps({"jobs": list(JOBS), "version": f"Pillow {PIL.__version__}"}), flush=True)
for line in sys.stdin:
    try:
        print(json.dumps(answer(json.loads(line))), flush=True)
    except Exception as error:  # The parent reports it and goes on with the others.
        print(json.dumps({"error": str(error)}), flush=True)
