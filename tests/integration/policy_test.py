#!/usr/bin/env python3
"""policy_test.py ROOT: what resources/settings makes is up to date, and the templates of policies
hold together and say the same as the schema."""

import json
import os
import subprocess
import sys
import unittest
import xml.etree.ElementTree as xml

ROOT = sys.argv[1]
POLICY = os.path.join(ROOT, "resources/policy")
SPACE = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"
with open(os.path.join(ROOT, "resources/settings/settings.json"), encoding="utf-8") as schema:
    SETTINGS = {each["name"]: each for each in json.load(schema)["settings"]}
LOCKABLE = {name for name, each in SETTINGS.items() if each.get("lockable", True)}


def tree(*path):
    return xml.parse(os.path.join(POLICY, *path)).getroot()


def all_of(root, tag):
    return list(root.iter(SPACE + tag))


def references(root, kind):
    """The names in "$(string.Name)" of every attribute."""
    opening = f"$({kind}."
    return {value[len(opening):-1] for node in root.iter() for value in node.attrib.values()
            if value.startswith(opening)}


class Policy(unittest.TestCase):
    def setUp(self):
        self.admx = tree("HoSoXa.admx")
        self.policies = {each.get("name"): each for each in all_of(self.admx, "policy")}

    def test_what_is_kept_is_what_is_made(self):
        made = os.path.join(ROOT, "resources/settings/generate")
        done = subprocess.run([sys.executable, "-B", made, "--check"], capture_output=True, text=True,
                              check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_every_lockable_setting_is_there_and_no_other(self):
        self.assertEqual(set(self.policies), LOCKABLE)
        for name, policy in self.policies.items():
            self.assertEqual(policy.get("key"), r"SOFTWARE\Policies\HoSoXa")
            self.assertEqual(policy.get("class"),
                             "Both" if SETTINGS[name]["scope"] == "user" else "Machine")

    def test_values_and_their_limits_are_those_of_the_schema(self):
        for name, policy in self.policies.items():
            setting = SETTINGS[name]
            element, = list(policy.find(SPACE + "elements"))
            self.assertEqual((element.get("id"), element.get("valueName")), (name, name))
            kind = element.tag[len(SPACE):]
            self.assertEqual(kind, {"choice": "enum", "number": "decimal", "text": "text"}[setting["type"]])
            if kind == "enum":
                self.assertEqual([each.text for each in all_of(element, "string")],
                                 [each["value"] for each in setting["choices"]])
            if kind == "decimal":
                self.assertEqual((element.get("minValue"), element.get("maxValue")),
                                 (str(setting["low"]), str(setting["high"])))

    def test_parents_exist(self):
        categories = {each.get("name") for each in all_of(self.admx, "category")}
        for each in all_of(self.admx, "parentCategory"):
            self.assertIn(each.get("ref"), categories)
        supported = {each.get("name") for each in all_of(self.admx, "definition")}
        for each in all_of(self.admx, "supportedOn"):
            if each.get("ref") is not None:
                self.assertIn(each.get("ref"), supported)

    def test_both_languages_have_every_text_and_no_more(self):
        for culture, language in (("vi-VN", "vi"), ("en-US", "en")):
            adml = tree(culture, "HoSoXa.adml")
            strings = {each.get("id"): each.text for each in all_of(adml, "string")}
            self.assertEqual(set(strings), references(self.admx, "string"))
            self.assertTrue(all(strings.values()))
            shown = {each.get("id"): each for each in all_of(adml, "presentation")}
            self.assertEqual(set(shown), references(self.admx, "presentation"))
            for name, presentation in shown.items():
                control, = list(presentation)
                self.assertEqual(control.get("refId"), name)
                self.assertEqual(strings[name], SETTINGS[name][language])
                start = SETTINGS[name]["default"]
                if SETTINGS[name]["type"] == "choice":
                    at = int(control.get("defaultItem"))
                    self.assertEqual(SETTINGS[name]["choices"][at]["value"], start)
                if SETTINGS[name]["type"] == "number":
                    self.assertEqual(control.get("defaultValue"), start)

    def test_nothing_asks_for_a_secret(self):
        for name in SETTINGS:
            for word in ("password", "secret", "pin"):
                self.assertNotIn(word, name.lower())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=2)
