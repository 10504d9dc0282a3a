"""A competent script, as one would write it in an afternoon: openpyxl, pandas, docxtpl, and one start of LibreOffice.

``python naive.py INPUTS PLAN OUT``: reads every workbook at the blank's own places, checks the law's identities, adds
up, writes a Word report for each agency and the city's, and turns all of them into PDF in one batch. PLAN (made by
``plan.py``) holds what such a script has hard-coded: places, identities, and two Word templates.
"""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
from docxtpl import DocxTemplate
from jinja2 import Environment
from openpyxl import load_workbook


def amount(text):
    """元 from what was typed: 12345.6789万元."""
    return round(float(text.removesuffix("万元")) * 10_000)


def read(path, plan):
    """One workbook as a record: name, figures by address, texts by section."""
    book = load_workbook(path, data_only=True)
    values = {key: book[sheet][cell].value for key, (sheet, cell) in plan["places"].items()}
    return {
        key: amount(value) if isinstance(value, str) and value.endswith("万元") else value
        for key, value in values.items()
    }


def wrong(table, plan):
    """The agencies and identities that do not hold."""
    found = []
    for identity in plan["identities"]:
        left, right = (sum(sign * table[address] for sign, address in side) for side in identity)
        found += [(name, identity[0][0][1]) for name in table.index[left != right]]
    return found


def shown(key, value):
    """A figure as it is printed."""
    value = int(value)
    if key.endswith(".change"):
        return f"增{value}" if value > 0 else f"减{-value}" if value else "0"
    return f"{value / 10_000:.4f}".rstrip("0").rstrip(".") + "万元" if key.endswith(".amount") else str(value)


def nested(record):
    """Figures as table, row and column, one within the other."""
    found = {}
    for key, value in record.items():
        if key.count(".") == 2:
            table, row, column = key.split(".")
            found.setdefault(table, {}).setdefault(row, {})[column] = shown(key, value)
    return found


def report(template, given, path):
    """A Word file from a template."""
    word = DocxTemplate(template)
    word.render(given, autoescape=True)
    word.save(path)


def agency_report(record, plan, templates, out):
    """An agency's Word report."""
    title = f"{record['name']}2020年政府信息公开工作年度报告"
    given = {"l0": record["name"], "l1": title.removeprefix(record["name"]), "c": nested(record)}
    for key, (section, line) in plan["paragraphs"].items():
        given[key] = record[f"text.{section}"].split("\n")[line]
    report(templates / "agency.docx", given, out / f"{title}.docx")


def city_report(table, sums, plan, templates, out):
    """The city's Word report."""
    figures = {
        "indicators": {
            key.split(".")[1]: int(sums[key]) for key in sums.index if key.startswith("indicators.")
        }
    }
    shares = table.groupby("group")["indicators.disclosed_items"].sum()
    figures |= {name: {"indicators": {"disclosed_items": int(share)}} for name, share in shares.items()}
    given = {"l0": plan["organ"], "l1": "2020年政府信息公开工作年度报告", "c": nested(sums.to_dict())}
    figures |= given["c"]
    for key, text in plan["narrative"].items():
        given[key] = Environment(autoescape=True).from_string(text).render(figures)
    report(templates / "city.docx", given, out / f"{plan['organ']}2020年政府信息公开工作年度报告.docx")


def by_office(out):
    """Every Word file as PDF, in one start of LibreOffice."""
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    files = sorted(map(str, out.glob("*.docx")))
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), *files],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main(inputs, templates, out, printed=by_office):
    """Everything; ``printed`` makes the PDFs."""
    out.mkdir(parents=True)
    plan = json.loads((templates / "plan.json").read_text(encoding="utf-8"))
    roster = pd.read_excel(inputs / "roster.xlsx", dtype=str, engine="openpyxl").dropna(subset=["单位编码"])
    records = [read(path, plan) for path in sorted((inputs / "submissions").rglob("*.xlsx"))]
    table = (
        pd.DataFrame(records).merge(roster, left_on="code", right_on="单位编码").set_index("name", drop=False)
    )
    table = table.rename(columns={"分组": "group"})
    problems = wrong(table, plan)
    sums = table[plan["figures"]].sum()
    for record in records:
        agency_report(record, plan, templates, out)
    city_report(table, sums, plan, templates, out)
    printed(out)
    told = {
        "agencies": len(table),
        "problems": problems,
        "figures": {key: int(value) for key, value in sums.items()},
    }
    (out / "sums.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
