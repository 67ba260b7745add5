"""Diplomas by typst: `python typeset.py FOLDER FONTS` reads values as JSON, a line each, and answers with
the milliseconds of processor time each took.

The folder holds the template and the ornaments. It imports nothing of the product, and has an environment of
its own. The QR code is made by the same library, as the picture typst draws cheapest.
"""

from __future__ import annotations

import json
import sys
import time

import segno
import typst


def main(folder: str, fonts: str) -> None:
    compiler = typst.Compiler(f"{folder}/diploma.typ", font_paths=[fonts], ignore_system_fonts=True)
    for line in sys.stdin:
        started = time.process_time()
        values = json.loads(line)
        code = segno.make_qr(values["verify_url"], error="m").svg_inline(border=0, dark="#154239")
        made = compiler.compile(
            format="pdf",
            sys_inputs={"values": json.dumps(values), "code": code},
            pdf_standards=["ua-1", "a-3a"],
        )
        spent = (time.process_time() - started) * 1000
        if not made.startswith(b"%PDF-"):
            raise SystemExit("It is no PDF.")
        print(spent, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
