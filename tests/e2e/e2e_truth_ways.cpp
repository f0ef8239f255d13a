// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/faulttest.h"
#include "tests/e2e/kubeconfigworkshop.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

bool run(const QString &command)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(text("sh"), {text("-c"), command});
    return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 20000) && process.exitCode() == 0;
}

} // namespace

/// What the window makes of a network that fails without a word: interfaces that go down on either side, packets that
/// vanish, another address. To be run by tests/e2e/with-link.
class WaysTruthTest final : public FaultTest {
    Q_OBJECT

private:
    void measureCommands(const char *name, const char *inflict, int lasts, const char *mend)
    {
        measure({text(name), [=] { return run(text(inflict)); }, lasts, [=] { return run(text(mend)); }});
    }

    KubeconfigWorkshop m_workshop;

private Q_SLOTS:
    void opens()
    {
        QVERIFY2(!qEnvironmentVariableIsEmpty("PENNANT_FAR_SERVER"), "run it by tests/e2e/with-link");
        openWindow(m_workshop.changed(text("far"),
            {QStringLiteral("set-cluster %1 --server %2 --tls-server-name 127.0.0.1")
                    .arg(m_workshop.cluster(), qEnvironmentVariable("PENNANT_FAR_SERVER"))}));
        QVERIFY2(m_driver->waitFor([this] { return isLive(); }), qPrintable(m_driver->failure()));
    }

    void comesBackAfterPacketsVanished()
    {
        for (const int seconds : {4, 15, 40}) {
            measureCommands(qPrintable(QStringLiteral("packets vanish for %1 s").arg(seconds)),
                "nft 'add table ip cut; add chain ip cut in { type filter hook input priority 0; }; "
                "add rule ip cut in iifname near drop'",
                seconds, "nft delete table ip cut");
        }
    }

    void comesBackAfterTheLinkWasDown()
    {
        measureCommands("own interface down", "ip link set near down", 12, "ip link set near up");
        measureCommands("other end of the link down", "nsenter --net=\"$PENNANT_FAR_NETWORK\" ip link set far down", 12,
            "nsenter --net=\"$PENNANT_FAR_NETWORK\" ip link set far up");
    }

    /// As a VPN does, and a laptop that is carried to another network: nothing has to be mended.
    void goesOnFromAnotherAddress()
    {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(run(text("ip addr add 192.0.2.3/24 dev near; ip addr del 192.0.2.1/24 dev near; "
                         "ip addr show dev near | grep -q 192.0.2.3 || ip addr add 192.0.2.3/24 dev near")));
        QVERIFY(m_driver->waitFor([this] { return isStale(); }));
        const double seen = double(timer.elapsed()) / 1000;
        const QString said = banner();
        timer.restart();
        QVERIFY(m_driver->waitFor([this] { return isLive(); }));
        note(text("own address is another (healed: after seen)"), said, seen, double(timer.elapsed()) / 1000);
    }
};

int main(int argc, char **argv)
{
    const auto application = createTestApplication(argc, argv);
    WaysTruthTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "e2e_truth_ways.moc"
