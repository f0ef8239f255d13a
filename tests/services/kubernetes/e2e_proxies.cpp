// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/awaited.h"
#include "tests/support/realcluster.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

QString portText(quint16 port)
{
    return QString::number(port);
}

bool answers(quint16 port)
{
    QTcpSocket probe;
    probe.connectToHost(text("127.0.0.1"), port);
    return probe.waitForConnected(100);
}

} // namespace

/// Real proxies between this program and a real cluster, both of which ask for a password. Needs
/// PENNANT_KUBECONFIG_ADMIN, a kubeconfig of it.
class ProxiesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void carryRequestsAndTunnels_data();
    void carryRequestsAndTunnels();

private:
    /// Nothing where it isn't installed or doesn't start.
    bool startTinyproxy(quint16 port);
    bool startMicrosocks(quint16 port);
    bool start(const char *program, const QStringList &arguments, quint16 port);

    ClusterAccess m_admin;
    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_proxy;
};

void ProxiesTest::initTestCase()
{
    if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
        QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
    m_admin = accessOf("PENNANT_KUBECONFIG_ADMIN");
    QVERIFY(!m_admin.clientCertificate.isEmpty());
}

bool ProxiesTest::start(const char *program, const QStringList &arguments, quint16 port)
{
    const QString found = QStandardPaths::findExecutable(
        text(program), {text("/usr/bin"), text("/usr/sbin"), text("/usr/local/bin"), text("/bin")});
    if (found.isEmpty())
        return false;
    m_proxy = std::make_unique<QProcess>();
    m_proxy->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_proxy->start(found, arguments);
    return QTest::qWaitFor([port] { return answers(port); }, 10000);
}

bool ProxiesTest::startTinyproxy(quint16 port)
{
    QFile config(m_folder.filePath(text("tinyproxy.conf")));
    if (!config.open(QIODevice::WriteOnly))
        return false;
    config.write("Port " + QByteArray::number(port)
        + "\nListen 127.0.0.1\nTimeout 600\nBasicAuth ana p4ssword\nMaxClients 100\n");
    config.close();
    return start("tinyproxy", {text("-d"), text("-c"), config.fileName()}, port);
}

bool ProxiesTest::startMicrosocks(quint16 port)
{
    return start("microsocks",
        {text("-i"), text("127.0.0.1"), text("-p"), portText(port), text("-u"), text("ana"), text("-P"),
            text("p4ssword")},
        port);
}

void ProxiesTest::carryRequestsAndTunnels_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::newRow("http, tinyproxy") << text("http");
    QTest::newRow("socks5, microsocks") << text("socks5");
}

void ProxiesTest::carryRequestsAndTunnels()
{
    QFETCH(QString, scheme);
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost, 0));
    const quint16 port = free.serverPort();
    free.close();
    QVERIFY2(scheme == text("http") ? startTinyproxy(port) : startMicrosocks(port), "the proxy can't be started");

    ClusterAccess access = m_admin;
    access.proxy = QUrl(QStringLiteral("%1://ana:p4ssword@127.0.0.1:%2").arg(scheme, portText(port)));
    const auto transport = connectAs(access);
    const auto known = whoAmI(*transport);
    QVERIFY2(known, whyNot(known).constData());
    const auto tunnel = transport->tunnel(text("default"), text("nobody"), 1);
    QSignalSpy closed(tunnel.get(), &PodTunnel::closed);
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 30000);
    QCOMPARE(closed[0][0].value<std::optional<Error>>().value_or(Error()).kind, Error::Kind::NotFound);

    access.proxy.setPassword(text("wrong"));
    const auto refused = whoAmI(*connectAs(access));
    QVERIFY(!refused);
    QVERIFY2(refused.error().summary.contains(text("proxy")), qPrintable(refused.error().text()));
    QVERIFY(!refused.error().text().contains(text("wrong")));

    m_proxy->kill();
    QVERIFY(m_proxy->waitForFinished());
    const auto dead = whoAmI(*transport);
    QVERIFY(!dead);
    QVERIFY2(dead.error().summary.contains(text("through the proxy 127.0.0.1:") + portText(port)),
        qPrintable(dead.error().text()));
}

QTEST_GUILESS_MAIN(ProxiesTest)
#include "e2e_proxies.moc"
