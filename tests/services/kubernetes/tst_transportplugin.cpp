// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/transportplugin.h"

#include <QTest>

class TransportPluginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// No module lies beside a test. That the program finds its own is for tests/app/tst_program to say.
    void saysWhatIsMissing()
    {
        const Result<TransportPlugin *> plugin = TransportPlugin::load();
        QVERIFY(!plugin);
        QCOMPARE(plugin.error().kind, Error::Kind::Local);
        QVERIFY2(plugin.error().summary.contains(QLatin1String("pennant_network")), qPrintable(plugin.error().summary));
        QVERIFY2(
            plugin.error().summary.contains(QLatin1String("Install Pennant anew")), qPrintable(plugin.error().summary));
        QVERIFY(!plugin.error().detail.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TransportPluginTest)
#include "tst_transportplugin.moc"
