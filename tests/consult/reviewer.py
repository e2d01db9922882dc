"""A reviewer who works in LibreOffice: edits a .docx by its own means, not by our writer.

Run by the Python that LibreOffice brings its bindings for (Debian: /usr/bin/python3 with
python3-uno). Reads jobs as JSON lines from standard input, and answers each with a line:

    {"input": "sent.docx", "output": "back.docx", "again": "saved-again.docx", "author": "Awa",
     "tracked": true, "edits": [{"do": "replace", "find": "words", "with": "other words"}, …]}
"""

import json
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK


def value(name: str, content: Any) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, content
    return made


def connect(port: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={port};urp;StarOffice.ComponentContext")
        except Exception:  # it is not up yet
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def found(document: Any, words: str) -> Any:
    search = document.createSearchDescriptor()
    search.SearchString = words
    search.SearchCaseSensitive = True
    place = document.findFirst(search)
    if place is None:
        raise LookupError(words)
    return place


def paragraph_of(place: Any) -> Any:
    """Select the whole paragraph at a place."""
    cursor = place.getText().createTextCursorByRange(place.getStart())
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    return cursor


def edit(document: Any, job: dict[str, Any]) -> None:
    place = found(document, job["find"])
    text = place.getText()
    do = job["do"]
    if do == "replace":
        place.setString(job["with"])
    elif do == "delete":
        place.setString("")
    elif do == "insert":  # behind the words
        text.insertString(place.getEnd(), job["with"], False)
    elif do == "append":  # at the end of the paragraph
        cursor = paragraph_of(place)
        text.insertString(cursor.getEnd(), job["with"], False)
    elif do == "split":  # behind the words
        text.insertControlCharacter(place.getEnd(), PARAGRAPH_BREAK, False)
    elif do == "join":  # with the next paragraph
        cursor = text.createTextCursorByRange(paragraph_of(place).getEnd())
        cursor.goRight(1, True)
        cursor.setString(job.get("with", ""))
    elif do == "add":  # a paragraph behind that of the words
        cursor = paragraph_of(place)
        end = cursor.getEnd()
        text.insertControlCharacter(end, PARAGRAPH_BREAK, False)
        text.insertString(end, job["with"], False)
    elif do == "drop":  # the whole paragraph
        cursor = paragraph_of(place)
        cursor.goRight(1, True)
        cursor.setString("")
    elif do == "move":  # the whole paragraph, behind that of other words
        cursor = paragraph_of(place)
        words = cursor.getString()
        cursor.goRight(1, True)
        cursor.setString("")
        there = found(document, job["behind"])
        end = paragraph_of(there).getEnd()
        there.getText().insertControlCharacter(end, PARAGRAPH_BREAK, False)
        there.getText().insertString(end, words, False)
    elif do == "retype":
        cursor = paragraph_of(place)
        cursor.setString(job["with"])
    elif do == "note":  # a new footnote behind the words
        note = document.createInstance("com.sun.star.text.Footnote")
        text.insertTextContent(place.getEnd(), note, False)
        note.setString(job["with"])
    elif do == "comment":
        note = document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Content, note.Author = job["with"], job.get("author", "Awa")
        cursor = text.createTextCursorByRange(place)
        text.insertTextContent(cursor, note, True)
    elif do == "bold":
        place.CharWeight = 150.0
    else:
        raise ValueError(do)


def opened(desktop: Any, path: str) -> Any:
    return desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(path), "_blank", 0, (value("Hidden", True),)
    )


def closed(document: Any, path: str) -> None:
    """Save a document under a name, and close it."""
    kind = value("FilterName", "MS Word 2007 XML")
    document.storeToURL(uno.systemPathToFileUrl(path), (kind,))
    document.close(True)


def main() -> None:
    context = connect(sys.argv[1])
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    provider = manager.createInstanceWithContext(
        "com.sun.star.configuration.ConfigurationProvider", context
    )
    for line in sys.stdin:
        job = json.loads(line)
        names = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            (value("nodepath", "/org.openoffice.UserProfile/Data"),),
        )
        names.givenname = job.get("author", "Awa")
        names.commitChanges()
        try:
            document = opened(desktop, job["input"])
            document.RecordChanges = job.get("tracked", True)
            if job.get("unmarked"):
                marks = document.Bookmarks
                for name in marks.ElementNames:
                    mark = marks.getByName(name)
                    mark.Anchor.getText().removeTextContent(mark)
            for each in job["edits"]:
                edit(document, each)
            closed(document, job["output"])
            if "again" in job:
                closed(opened(desktop, job["output"]), job["again"])
            answer = {"done": job["output"]}
        except Exception as error:
            answer = {"wrong": repr(error)}
        print(json.dumps(answer), flush=True)
    desktop.terminate()


main()
