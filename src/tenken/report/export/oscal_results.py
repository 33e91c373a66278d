"""A report as OSCAL assessment results in JSON; `checklists/OSCAL.md` says what of it stands where."""

from __future__ import annotations

from collections.abc import Iterator

from tenken import __version__
from tenken.files.file_names import quote_address
from tenken.messages.message_catalog import phrase
from tenken.report.export.oscal_findings import OscalFindings
from tenken.report.export.oscal_parts import (
    OscalNames,
    OscalPart,
    build_properties,
    leave_out_empty,
    write_line,
    write_markup,
    write_moment,
)
from tenken.report.export.plain_json import render_plain_json
from tenken.report.formats import ReportMaterial

OSCAL_VERSION = "1.1.3"


def write_oscal_results(material: ReportMaterial) -> str:
    """The same record, rules and day make the same bytes."""
    names = OscalNames(material.record_file.record)
    rest = leave_out_empty(_build_rest(material, names))
    document = {"uuid": names.identify("document", render_plain_json(rest)), **rest}
    return render_plain_json({"assessment-results": document})


def _build_rest(material: ReportMaterial, names: OscalNames) -> OscalPart:
    """All but the identifier of the document, which is another as soon as anything in it is."""
    found = OscalFindings(material, names)
    return {
        "metadata": _build_metadata(material, names, found.list_people()),
        "import-ap": {"href": f"#{names.identify('resource', 'plan')}"},
        "results": [_build_system_result(material, names, found)],
        "back-matter": {"resources": list(_list_resources(material, names))},
    }


def _build_metadata(material: ReportMaterial, names: OscalNames, people: list[str]) -> OscalPart:
    record, as_of = material.record_file.record, material.assessment.situation.as_of
    parties = [("organization", record.organisation), *(("person", name) for name in people)]
    return {
        "props": build_properties(made_by=f"tenken {__version__}", stage=record.status, release=record.release),
        "title": _render_results_title(material),
        "last-modified": write_moment(as_of),
        "version": write_line(record.release or as_of.isoformat()),
        "oscal-version": OSCAL_VERSION,
        "parties": [
            {"uuid": names.identify("party", kind, name), "type": kind, "name": write_line(name)}
            for kind, name in parties
            if name
        ],
    }


def _render_results_title(material: ReportMaterial) -> str:
    wording, system = material.wording, material.record_file.record.system
    return write_markup(wording.join_heading(system, str(wording.labels["report"]["kind"])))


def _build_system_result(material: ReportMaterial, names: OscalNames, found: OscalFindings) -> OscalPart:
    assessment = material.assessment
    claimed = [finding for finding in assessment.findings if finding.claimed_exceptions]
    return {
        "uuid": names.identify("result"),
        "title": _render_results_title(material),
        "description": write_markup(str(material.wording.labels["report"]["made_by"])),
        "start": write_moment(assessment.situation.as_of),
        "props": [
            *(part for finding in claimed for part in build_properties(exception_claimed=finding.requirement.id)),
        ],
        "reviewed-controls": {
            "control-selections": [
                {"include-controls": [{"control-id": finding.requirement.id} for finding in assessment.findings]}
            ]
        },
        "observations": found.build_observations(),
        "risks": found.build_risks(),
        "findings": found.build_findings(),
    }


def _list_resources(material: ReportMaterial, names: OscalNames) -> Iterator[OscalPart]:
    """What stands for the plan, the checklists in their versions, and the sources these were made from."""
    yield {
        "uuid": names.identify("resource", "plan"),
        "title": write_markup(phrase("The questions of the checklists named here stand for an assessment plan.")),
    }
    for checklist in material.assessment.library.checklists.values():
        yield {
            "uuid": names.identify("resource", checklist.id),
            "title": write_markup(checklist.title),
            "props": build_properties(checklist=checklist.id, version=checklist.version, digest=checklist.digest),
        }
        for key, source in checklist.sources.items():
            yield {
                "uuid": names.identify("resource", checklist.id, key),
                "title": write_markup(source.title),
                "props": build_properties(state=source.state.isoformat() if source.state else ""),
                "rlinks": [{"href": quote_address(source.link)}] if source.link.startswith("http") else [],
            }
