#!/usr/bin/env python3
"""Shows that each rule of lint.py catches a planted violation, and nothing in a clean tree."""

import os
import subprocess
import sys
import tempfile
import unittest

import lint

TABLE = 'set(HOSO_LAYERS\n  "base:"\n  "text:base"\n  "store:base"\n  "flows:base,text,store"\n  "ui:base,flows")\n'
HEADER = "/// Promises something.\n#pragma once\n"


class LintTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        self.plant("common/cmake/HosoModule.cmake", TABLE)
        self.plant("common/base/a.h", HEADER)
        self.plant("common/text/b.h", HEADER + '#include "common/base/a.h"\n')

    def plant(self, path, text):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)

    def found(self, debt=None):
        return [(path, line, rule) for path, line, rule, _ in lint.check(self.root, debt or {})]

    def assert_caught(self, path, text, rule, line=1):
        self.plant(path, text)
        self.assertIn((path, line, rule), self.found())

    def assert_clean(self, path, text):
        self.plant(path, text)
        self.assertEqual(self.found(), [])

    def test_a_clean_tree_has_no_findings(self):
        self.assertEqual(self.found(), [])

    # Deliberate mistakes.

    def test_a_patch_whose_place_has_changed(self):
        patch = "--- a/common/base/a.h\n+++ b/common/base/a.h\n@@ -1,2 +1,2 @@\n /// Promises %s.\n-#pragma once\n+#pragma\n"
        self.assert_clean("tests/bugs/still.patch", patch % "something")
        self.assert_caught("tests/bugs/gone.patch", patch % "another thing", "patch")

    # Layers.

    def test_an_include_against_the_table(self):
        self.assert_caught("common/text/c.cpp", '#include "common/store/d.h"\n', "layer")

    def test_an_include_against_the_table_however_it_is_spaced(self):
        self.assert_caught("common/text/c.cpp", '\n #  include "common/store/d.h"\n', "layer", 2)

    def test_a_window_may_not_reach_past_the_flows(self):
        self.assert_caught("client/ui/intake/panel.cpp", '#include "common/store/d.h"\n', "layer")

    def test_a_header_named_like_a_program_is_bound_by_the_table(self):
        self.assert_caught("common/text/main.h", HEADER + '#include "common/store/d.h"\n', "layer", 3)

    def test_a_file_named_almost_like_a_program_is_bound_by_the_table(self):
        self.assert_caught("client/ui/main_frame.h", HEADER + '#include "common/store/d.h"\n', "layer", 3)

    def test_programs_may_join_everything(self):
        self.plant("client/app/join.cpp", '#include "common/store/d.h"\n#include "client/ui/e.h"\n')
        self.assert_clean("common/text/main.cpp", '#include "common/store/d.h"\n')

    def test_nothing_may_need_app_not_even_a_program(self):
        self.assert_caught("client/ui/c.cpp", '#include "client/app/join.h"\n', "layer")
        self.assert_caught("common/store/main.cpp", '#include "client/app/join.h"\n', "layer")

    def test_the_product_may_not_need_its_tests(self):
        self.assert_caught("common/text/c.cpp", '#include "tests/support/fakes.h"\n', "layer")

    def test_a_module_missing_from_the_table(self):
        self.assert_caught("sync/new/c.cpp", "\n", "layer")

    def test_an_include_not_written_from_the_root(self):
        self.assert_caught("common/text/c.cpp", '#include "../store/d.h"\n', "include")
        self.assert_caught("common/text/d.cpp", '#include "common/text/../store/d.h"\n', "include")

    # Owners.

    def test_each_outside_library_outside_its_owner(self):
        for number, target in enumerate(
            ["<soci/soci.h>", "<sqlite3.h>", "<libpq-fe.h>", "<Poco/URI.h>", '"Poco/URI.h"', "<openssl/evp.h>",
             "<sodium.h>", "<nlohmann/json.hpp>", "<zstd.h>", "<utf8proc.h>", "<wx/wx.h>", "<gtest/gtest.h>",
             "<hpdf.h>", "<qrencode.h>", "<cairo-ft.h>"]
        ):
            with self.subTest(target):
                self.assert_caught(f"client/flows/c{number}.cpp", f"#include {target}\n", "owner")

    def test_an_outside_library_at_its_owner(self):
        self.plant("common/store/c.cpp", "#include <soci/soci.h>\n")
        self.assert_clean("client/ui/c.cpp", "#include <wx/wx.h>\n")

    # Cycles.

    def test_two_folders_that_include_each_other(self):
        self.plant("client/ui/intake/a.h", HEADER + '#include "client/ui/detail/b.h"\n')
        self.plant("client/ui/detail/b.h", HEADER + '#include "client/ui/intake/c.h"\n')
        self.assertEqual([rule for _, _, rule in self.found()], ["cycle"])

    def test_a_longer_way_round_is_told_with_each_include(self):
        for one, other in ("ab", "bc", "ca"):
            self.plant(f"client/ui/{one}/x.cpp", f'#include "client/ui/{other}/x.h"\n')
        (finding,) = lint.check(self.root, {})
        self.assertEqual(finding[:3], ("client/ui/c/x.cpp", 1, "cycle"))
        for path in ("client/ui/a/x.cpp:1", "client/ui/b/x.cpp:1", "client/ui/c/x.cpp:1"):
            self.assertIn(path, finding[3])

    def test_a_cycle_through_programs_which_the_table_does_not_bind(self):
        self.plant("common/text/main.cpp", '#include "common/store/d.h"\n')
        self.plant("common/store/main.cpp", '#include "common/text/b.h"\n')
        self.assertEqual([rule for _, _, rule in self.found()], ["cycle"])

    def test_a_cycle_in_the_table_itself(self):
        table = TABLE.replace('"base:"', '"base:text"')
        self.assert_caught("common/cmake/HosoModule.cmake", table, "cycle")

    def test_two_ways_down_to_one_folder_are_no_cycle(self):
        self.plant("client/ui/a/x.cpp", '#include "client/ui/b/x.h"\n#include "client/ui/c/x.h"\n')
        self.assert_clean("client/ui/b/x.cpp", '#include "client/ui/c/x.h"\n')

    # Banned patterns.

    def test_each_banned_pattern(self):
        planted = {
            "sleep": ["std::this_thread::sleep_for(1ms);", "usleep(5);"],
            "regex": ["std::regex r;"],
            "swallow": ["try { F(); } catch (...) {}", "try { F(); } catch (...) {\n}"],
            "clock": ["std::chrono::system_clock::now();"],
            "thread": ["std::mutex m;", "std::jthread t;"],
            "skip": ["TEST(A, DISABLED_B) {}", "GTEST_SKIP();"],
            "todo": ["// TODO later"],
            "sql": [
                'Run("SELECT id FROM dossier");',
                'Run("INSERT INTO meta VALUES (1)");',
                'Run("UPDATE meta SET value = 1");',
                'Run("CREATE INDEX i ON t (a)");',
                'Run("PRAGMA user_version");',
            ],
            "singleton": ["Config::instance();"],
        }
        self.assertEqual(set(planted), set(lint.BANNED))
        for rule, lines in planted.items():
            for number, line in enumerate(lines):
                with self.subTest(line):
                    self.assert_caught(f"client/flows/{rule}{number}.cpp", f"\n{line}\n", rule, 2)

    def test_a_pattern_where_it_may_stand(self):
        self.plant("common/base/c.cpp", "std::mutex m;\n")
        self.assert_clean("common/store/c.cpp", 'Run("SELECT id FROM dossier");\n')

    def test_a_schema_step_outside_the_schema(self):
        self.assert_caught("common/store/extra.sql", "CREATE TABLE a (b TEXT);\n", "sql")

    def test_a_table_or_column_that_the_schema_page_does_not_name(self):
        self.plant(
            "resources/schema/desk/0001_initial.sql",
            "CREATE TABLE a (\n  b TEXT CHECK (b > 1),  -- Why, and\n  c TEXT,\n  PRIMARY KEY (b, c)\n) WITHOUT ROWID;\n"
            "CREATE VIRTUAL TABLE d USING fts5(\n  e, content='', tokenize=\"x y\"\n);\n",
        )
        self.plant("resources/schema/desk/0002_more.sql", "ALTER TABLE a ADD COLUMN f TEXT;\n")
        page = "# Schema\n## Desk\n### `a`\n`b`, `c`, `f`\n### `d`: search\n`e`\n## Province\n"
        self.assert_clean("resources/docs/schema.md", page)
        for gone in ("### `d`", "`c`", "`e`", "`f`"):
            with self.subTest(gone):
                self.assert_caught("resources/docs/schema.md", page.replace(gone, "gone"), "schema")
        self.plant("resources/schema/province/0001_initial.sql", "CREATE TABLE a (b TEXT);\n")
        self.assert_caught("resources/docs/schema.md", page, "schema")

    # Shape.

    def test_a_header_without_a_promise(self):
        self.assert_caught("common/text/c.h", "#pragma once\n}  // namespace\n", "promise")

    def test_a_header_without_its_guard(self):
        self.assert_caught("common/text/c.h", "/// Promises something.\n", "guard")

    def test_a_line_over_100_columns_counted_in_letters(self):
        self.assert_caught("common/text/c.cpp", "\n// " + "x" * 98 + "\n", "columns", 2)
        self.plant("common/text/c.cpp", "// " + "ễ" * 97 + "\n")
        self.assertEqual(self.found(), [])

    def test_a_file_over_400_lines_and_a_test_over_500(self):
        self.assert_caught("common/text/c.cpp", "\n" * 401, "size", 401)
        self.assert_caught("tests/unit/d.cpp", "\n" * 501, "size", 501)
        self.plant("common/text/c.cpp", "\n" * 400)
        self.assert_clean("tests/unit/d.cpp", "\n" * 500)

    # Debt.

    def test_known_debt_may_stay_but_not_grow(self):
        debt = {("common/text/c.cpp", "regex"): 1}
        self.plant("common/text/c.cpp", "std::regex a;\n")
        self.assertEqual(self.found(debt), [])
        self.plant("common/text/c.cpp", "std::regex a;\nstd::regex b;\n")
        self.assertEqual(len(self.found(debt)), 2)

    def test_debt_that_was_paid_must_be_struck(self):
        self.assertEqual(self.found({("common/text/c.cpp", "regex"): 1}), [("common/text/c.cpp", 1, "debt")])

    # The program.

    def test_it_ends_with_1_and_names_the_place(self):
        self.plant("common/text/c.cpp", "std::regex a;\n")
        script = os.path.join(os.path.dirname(os.path.abspath(lint.__file__)), "lint.py")
        run = subprocess.run([sys.executable, script, self.root], capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 1)
        self.assertIn("common/text/c.cpp:1: regex: ", run.stdout)


if __name__ == "__main__":
    unittest.main()
