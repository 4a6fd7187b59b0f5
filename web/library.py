"""Run in Pyodide by build.mjs: its standard library, compiled and without what no page needs, as /library.zip."""

import sys
import zipfile
from importlib._bootstrap_external import _code_to_timestamp_pyc
from pathlib import PurePosixPath

LEFT_OUT = """
    _ast_unparse _pydatetime _pyio _pyrepl _sysconfigdata argparse asyncio/proactor asyncio/windows bdb cProfile cmd
    code. compileall concurrent/futures/process concurrent/interpreters ctypes curses dbm doctest ensurepip filecmp
    fractions ftplib http/cookie idlelib imaplib logging/config logging/handlers mailbox modulefinder multiprocessing
    netrc optparse pdb pickletools plistlib poplib profile profiling pstats pyclbr pydoc smtplib sqlite3 statistics
    symtable tabnanny tarfile test timeit tkinter trace. tracemalloc turtle unittest venv wave webbrowser wsgiref
    xml/dom xml/sax xmlrpc zipapp zoneinfo
"""
ENCODINGS = (
    "__init__ aliases ascii cp437 idna latin_1 raw_unicode_escape unicode_escape utf_16 utf_16_le utf_8 utf_8_sig"
)

(old,) = (path for path in sys.path if path.endswith(".zip"))
with zipfile.ZipFile(old) as sources, zipfile.ZipFile("/library.zip", "w") as library:
    for name in sorted(sources.namelist()):
        path = PurePosixPath(name)
        is_unused_encoding = path.parts[0] == "encodings" and path.stem not in ENCODINGS.split()
        if name.startswith(tuple(LEFT_OUT.split())) or name.endswith("/") or is_unused_encoding:
            continue
        data = sources.read(name)
        if path.suffix == ".py":
            code = compile(data, name, "exec", dont_inherit=True, optimize=2)
            data, path = bytes(_code_to_timestamp_pyc(code)), path.with_suffix(".pyc")
        library.writestr(zipfile.ZipInfo(str(path)), data)
