# SPDX-License-Identifier: GPL-3.0-or-later
"""That the layering test finds what it is there to find."""
import unittest

import check_layers


class Problems(unittest.TestCase):
    def found(self, path, *lines):
        return list(check_layers.problems(path, "\n".join(lines)))

    def test_down_is_allowed(self):
        self.assertEqual(self.found("widgets/streams/streamspage.cpp", '#include "services/messaging/streamservice.h"',
                                    '#include "models/streamtablemodel.h"', "#include <QTableView>"), [])

    def test_up_is_not(self):
        self.assertIn("may not see app", self.found("services/base/error.cpp", '#include "app/mainwindow.h"')[0])

    def test_tabs_do_not_see_each_other(self):
        self.assertEqual(len(self.found("widgets/logs/logspage.cpp", '#include "widgets/streams/streamspage.h"')), 1)

    def test_pages_do_not_see_kubernetes(self):
        self.assertEqual(len(self.found("widgets/logs/logspage.cpp", '#include "services/kubernetes/podlog.h"')), 1)

    def test_services_know_no_windows(self):
        self.assertEqual(len(self.found("services/nats/bcrypt.cpp", "#include <QWidget>")), 1)

    def test_qt_network_stays_in_its_module(self):
        self.assertEqual(len(self.found("app/main.cpp", "#include <QNetworkReply>")), 1)
        self.assertEqual(len(self.found("app/main.cpp", '#include "services/network/networktransport.h"')), 1)
        self.assertEqual(self.found("services/network/apiexchange.h", "#include <QNetworkReply>",
                                    '#include "services/network/apiconnection.h"'), [])

    def test_third_party_headers_stay_in_their_file(self):
        self.assertEqual(len(self.found("services/nats/jetstreamapi.cpp", "#include <nats/nats.h>")), 1)
        self.assertEqual(self.found("services/nats/natslibrary.h", "#include <nats/nats.h>"), [])
        library = '#include "services/nats/natslibrary.h"'
        self.assertEqual(len(self.found("services/nats/jetstreamapi.cpp", library)), 1)
        self.assertEqual(self.found("services/nats/natsclient.cpp", library), [])

    def test_includes_are_from_the_root(self):
        self.assertEqual(len(self.found("services/nats/bcrypt.cpp", '#include "bcrypt.h"')), 1)


if __name__ == "__main__":
    unittest.main()
