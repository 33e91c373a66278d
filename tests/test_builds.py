"""What build machines take from this repository: the steps of the action and the hooks, run word for word."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from support.paths import ROOT, SMALL
from support.small_records import write_small_record

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
STEPS: Mapping[str, Mapping[str, Any]] = {step["id"]: step for step in ACTION["runs"]["steps"] if "run" in step}
GAP = {"S-1.told": "yes", "S-1.clear": "no"}
MET = {"S-1.told": "yes", "S-1.clear": "yes"}


class Job:
    """A job on a build machine, as far as the steps of the action know of it."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.temporary = folder / "work", folder / "temp"
        self.workspace.mkdir()
        self.temporary.mkdir()
        self.summary, self.output = folder / "summary.md", folder / "output.txt"
        self.summary.touch()
        self.output.touch()

    @property
    def results(self) -> Path:
        return self.temporary / "tenken-results"

    @property
    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text("utf-8").splitlines())

    def put_tenken(self) -> None:
        """Puts this tenken where the first step would have installed one."""
        programs = self.temporary / "tenken" / "bin"
        programs.mkdir(parents=True)
        for name, command in (("tenken", f"{sys.executable} -m tenken"), ("python", sys.executable)):
            (programs / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
            (programs / name).chmod(0o755)

    def run(self, step: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """A step in the shell and the environment that GitHub gives it."""
        given = {name: said.get("default", "") for name, said in ACTION["inputs"].items()} | inputs
        known = {f"inputs.{name}": said for name, said in given.items()} | {
            f"steps.check.outputs.{name}": said for name, said in self.outputs.items()
        }
        environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
            **{name: self._fill_in(said, known) for name, said in STEPS[step].get("env", {}).items()},
        }
        script = self.temporary / f"{step}.sh"
        script.write_text(STEPS[step]["run"], "utf-8")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self.workspace,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def _fill_in(self, said: str, known: Mapping[str, str]) -> str:
        while found := re.search(r"\$\{\{ ([\w.-]+) \}\}", said):
            named = str(self.temporary) if found[1] == "runner.temp" else known[found[1]]
            said = said.replace(found[0], named)
        return said


@pytest.fixture
def job(tmp_path: Path) -> Job:
    made = Job(tmp_path)
    made.put_tenken()
    return made


def test_no_input_is_read_as_a_command() -> None:
    for step in STEPS.values():
        assert "${{" not in step["run"]


def test_the_action_tells_of_a_gap_and_keeps_the_report_before_it_fails(job: Job) -> None:
    write_small_record(job.workspace / "acme.yaml", GAP)
    checked = job.run("check")
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.startswith("::error file=acme.yaml,line=13,")
    assert job.outputs == {"status": "1", "sarif": str(job.results / "tenken.sarif")}
    reported = job.run("report")
    assert reported.returncode == 0, reported.stderr
    made = sorted(path.name for path in job.results.iterdir())
    assert made == ["report-1.html", "tenken-junit.xml", "tenken.json", "tenken.sarif"]
    assert len(json.loads((job.results / "tenken.sarif").read_text("utf-8"))["runs"][0]["results"]) == 1
    assert ElementTree.parse(job.results / "tenken-junit.xml").getroot().tag == "testsuites"
    summary = job.summary.read_text("utf-8")
    assert summary.startswith("1 record, 0 fine, 1 with something to mend")
    assert "# Acme" in summary
    assert job.run("pass").returncode == 1


@pytest.mark.thorough
def test_records_with_odd_names_one_that_is_broken_and_options_come_through(job: Job) -> None:
    odd = job.workspace / "$(touch run) `touch run`;\n::error::x.yaml"
    write_small_record(odd, MET)
    write_small_record(job.workspace / "-o.yaml", {**MET, "S-1.clear": "unsure"})
    (job.workspace / "broken.yaml").write_text("tenken: 2\nsystem: [\n", "utf-8")
    checked = job.run("check", options="--allow-unknown --within 30d", records=".\n\n")
    assert [line[:25] for line in checked.stdout.splitlines()] == [
        "::error file=broken.yaml,",
        "tenken: 3 records, 2 fine",
    ]
    assert job.run("report", options="").returncode == 0
    assert sorted(path.name for path in job.results.glob("report-*")) == ["report-1.html", "report-2.html"]
    assert not (job.workspace / "run").exists()
    assert job.run("pass").returncode == 2


def test_a_wrong_call_is_told_and_fails(job: Job) -> None:
    checked = job.run("check", options="--within soon")
    assert "tenken: --within: soon is not a number of days" in checked.stdout
    assert job.outputs == {"status": "2"}
    assert job.run("pass").returncode == 2


def test_what_passes_passes(job: Job) -> None:
    write_small_record(job.workspace / "acme.yaml", MET)
    assert job.run("check").stdout == "tenken: 1 record, 1 fine, 0 with something to mend, 0 that cannot be read\n"
    assert (job.run("report").returncode, job.run("pass").returncode) == (0, 0)


@pytest.mark.thorough
def test_the_action_installs_tenken(tmp_path: Path) -> None:
    job = Job(tmp_path)
    done = job.run("install")
    assert done.returncode == 0, done.stderr
    write_small_record(job.workspace / "acme.yaml", GAP)
    job.run("check")
    assert job.outputs["status"] == "1"


@pytest.mark.parametrize(
    ("hook", "status"), [("tenken-check", {"acme": 1, "fine": 0}), ("tenken-validate", {"acme": 0, "broken": 2})]
)
def test_the_entry_of_a_hook_does_what_it_says(tmp_path: Path, hook: str, status: Mapping[str, int]) -> None:
    said = HOOKS[hook]
    program, *words = shlex.split(said["entry"])
    assert (program, said["language"]) == ("tenken", "python")
    for name, expected in status.items():
        folder = tmp_path / name / "records"
        folder.mkdir(parents=True)
        path = write_small_record(folder / f"{name}.yaml", MET if name == "fine" else GAP)
        if name == "broken":
            path.write_text(f"tenken: 2\nsystem: x\nchecklists: [{SMALL}]\nanswers: {{nope: x}}\n", "utf-8")
        named = [str(path)] if said.get("pass_filenames", True) else []
        command = [sys.executable, "-m", "tenken", *words, *said.get("args", []), *named]
        done = subprocess.run(command, cwd=tmp_path / name, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == expected, done.stdout + done.stderr
        assert re.search(said.get("files", ""), f"records/{name}.yaml")
