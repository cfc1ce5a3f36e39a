"""Office files by the schemas of the Open XML SDK: what Word or Excel would repair is a fault."""

from functools import cache

import docx
import pytest
from openxml_audit import OpenXmlValidator

from tests.conftest import SAMPLES
from tests.test_notes import NOTES

validator = cache(OpenXmlValidator)


def faults(path):
    return [str(each) for each in validator().validate(path).errors]


@pytest.mark.parametrize(
    "name",
    ["township-2017-many-faults", "district-2016-with-previous", "city-2025-busy",
     "town-2025-many-faults"],
)  # fmt: skip
def test_what_is_written_of_a_sample_keeps_the_schema(name, here, tmp_path):
    answers = SAMPLES / name / "answers.yaml"
    here("replay", answers, "-o", tmp_path, "--format", "docx,xlsx", "--review")
    assert faults(tmp_path / "answers.docx") == []
    assert faults(tmp_path / "answers.xlsx") == []


def test_every_other_form_keeps_the_schema(here, tmp_path):
    answers, carried = SAMPLES / "township-2017-corrected" / "answers.yaml", tmp_path / "a.yaml"
    here("migrate", answers, "--to", "national-2014", "-o", carried)
    here("replay", carried, "-o", tmp_path, "--format", "docx")
    assert faults(tmp_path / "a.docx") == []


def test_notes_below_tables_and_styles_of_an_office_keep_the_schema(here, tmp_path):
    answers, own = tmp_path / "a.yaml", tmp_path / "own.docx"
    answers.write_text(NOTES, encoding="utf-8")
    docx.Document().save(own)
    here("replay", answers, "-o", tmp_path, "--format", "docx", "--review", "--reference-doc", own)
    assert faults(tmp_path / "a.docx") == []


@pytest.mark.parametrize("edition", ["beijing-2014", "national-2021"])
def test_blank_sheets_keep_the_schema(edition, here, tmp_path):
    here("form", edition, "-o", tmp_path / "a.xlsx")
    assert faults(tmp_path / "a.xlsx") == []
