// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/clock.h"
#include "services/kubernetes/resourcewatch.h"
#include "tests/support/awaited.h"
#include "tests/support/realcluster.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>
#include <vector>

namespace {

QString text(const char *value)
{
    return QLatin1String(value);
}

} // namespace

/// The ways into a real cluster that a kubeconfig can name. Needs PENNANT_KUBECONFIG_ADMIN, a kubeconfig of it.
class KubernetesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void logsInByTheCertificateOfAPlugin();
    void logsInByTheTokenOfAPlugin();
    void goesOnWhereTheTokenIsRefusedInMidFlight();
    void actsAsSomebodyElse_data();
    void actsAsSomebodyElse();
    void actsOnlyAsOneMay();
    void comesBackWithTheApiServer_data();
    void comesBackWithTheApiServer();

private:
    /// A plugin that prints what stands in the file `answer`, after it has run `before`.
    ExecPlugin plugin(const QByteArray &before = {});
    void answerWith(const QJsonObject &status);
    /// Of the ServiceAccount `default` in the namespace `default`, good for ten minutes.
    QString serviceAccountToken();
    /// Of this cluster; its answer is no matter of a test.
    static bool localCluster(const QString &arguments);
    /// Without what proves who one is.
    ClusterAccess nobody() const;

    ClusterAccess m_admin;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void KubernetesTest::initTestCase()
{
    if (!qEnvironmentVariableIsSet("PENNANT_KUBECONFIG_ADMIN"))
        QSKIP("PENNANT_KUBECONFIG_ADMIN names no kubeconfig");
    m_admin = accessOf("PENNANT_KUBECONFIG_ADMIN");
    QVERIFY(!m_admin.clientCertificate.isEmpty());
    m_folder = std::make_unique<QTemporaryDir>();
}

ExecPlugin KubernetesTest::plugin(const QByteArray &before)
{
    QFile program(m_folder->filePath(text("login")));
    if (!program.open(QIODevice::WriteOnly)
        || program.write("#!/bin/sh\ncd \"$(dirname \"$0\")\"\n" + before + "cat answer\n") < 0
        || !program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        qFatal("the plugin can't be written");
    ExecPlugin plugin;
    plugin.apiVersion = text("client.authentication.k8s.io/v1");
    plugin.command = program.fileName();
    return plugin;
}

void KubernetesTest::answerWith(const QJsonObject &status)
{
    QFile file(m_folder->filePath(text("answer")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    file.write(QJsonDocument(QJsonObject{{text("apiVersion"), text("client.authentication.k8s.io/v1")},
                                 {text("kind"), text("ExecCredential")}, {text("status"), status}})
                   .toJson());
}

QString KubernetesTest::serviceAccountToken()
{
    ApiRequest request;
    request.verb = "POST";
    request.path = text("/api/v1/namespaces/default/serviceaccounts/default/token");
    request.contentType = "application/json";
    request.body =
        R"({"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":600}})";
    const auto answer = awaited(connectAs(m_admin)->send(request));
    return answer ? QJsonDocument::fromJson(answer->body)[text("status")][text("token")].toString() : QString();
}

ClusterAccess KubernetesTest::nobody() const
{
    ClusterAccess access = m_admin;
    access.clientCertificate.clear();
    access.clientKey = {};
    return access;
}

void KubernetesTest::logsInByTheCertificateOfAPlugin()
{
    answerWith({{text("clientCertificateData"), QString::fromLatin1(m_admin.clientCertificate)},
        {text("clientKeyData"), m_admin.clientKey.reveal()}});
    ClusterAccess access = nobody();
    access.exec = plugin();
    const auto transport = connectAs(access);
    const auto known = whoAmI(*transport);
    QVERIFY2(known, whyNot(known).constData());
    QCOMPARE(*known, *whoAmI(*connectAs(m_admin)));
    // tunnels show it as well: refused would be Unauthorized
    const auto tunnel = transport->tunnel(text("default"), text("nobody"), 1);
    QSignalSpy closed(tunnel.get(), &PodTunnel::closed);
    QTRY_COMPARE_WITH_TIMEOUT(closed.size(), 1, 30000);
    const auto error = closed[0][0].value<std::optional<Error>>();
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::NotFound);
}

void KubernetesTest::logsInByTheTokenOfAPlugin()
{
    const QString token = serviceAccountToken();
    QVERIFY(!token.isEmpty());
    answerWith({{text("token"), token}});
    ClusterAccess access = nobody();
    access.exec = plugin();
    const auto known = whoAmI(*connectAs(access));
    QVERIFY2(known, whyNot(known).constData());
    QCOMPARE((*known)[text("username")].toString(), text("system:serviceaccount:default:default"));
}

void KubernetesTest::goesOnWhereTheTokenIsRefusedInMidFlight()
{
    const QString token = serviceAccountToken();
    answerWith({{text("token"), token}});
    ClusterAccess access = nobody();
    // the first that it hands out is good for nothing
    access.exec = plugin("if [ ! -e ran ]; then touch ran; sed 's/\"token\": \"/&x/' answer; exit; fi\n");
    const auto transport = connectAs(access);
    std::vector<Pending<ApiResponse>> questions;
    int answers = 0;
    QObject context;
    for (int i = 0; i < 8; ++i) {
        ApiRequest request;
        request.path = text("/api");
        questions.push_back(transport->send(request));
        questions.back().then(&context, [&answers](const Result<ApiResponse> &answer) { answers += answer ? 1 : 0; });
    }
    const auto known = whoAmI(*transport);
    QVERIFY2(known, whyNot(known).constData());
    QCOMPARE((*known)[text("username")].toString(), text("system:serviceaccount:default:default"));
    QTRY_COMPARE(answers, 8);
}

void KubernetesTest::actsAsSomebodyElse_data()
{
    QTest::addColumn<QStringList>("groups");
    QTest::newRow("of one group") << QStringList{text("pennant:ops")};
    QTest::newRow("of two groups") << QStringList{text("pennant:ops"), text("pennant:dev")};
}

void KubernetesTest::actsAsSomebodyElse()
{
    QFETCH(QStringList, groups);
    ClusterAccess access = m_admin;
    access.impersonation = {text("eve"), text("7"), groups, {{text("example.org/reason"), {text("a test")}}}};
    const auto known = whoAmI(*connectAs(access));
    QVERIFY2(known, whyNot(known).constData());
    QCOMPARE((*known)[text("username")].toString(), text("eve"));
    QCOMPARE((*known)[text("uid")].toString(), text("7"));
    QStringList seen = (*known)[text("groups")].toVariant().toStringList();
    seen.removeAll(text("system:authenticated"));
    QCOMPARE(seen, groups);
    QCOMPARE((*known)[text("extra")][text("example.org/reason")], QJsonValue(QJsonArray{text("a test")}));
}

void KubernetesTest::actsOnlyAsOneMay()
{
    ClusterAccess access = accessOf("PENNANT_KUBECONFIG_VIEWER");
    access.impersonation.user = text("eve");
    const auto known = whoAmI(*connectAs(access));
    QVERIFY(!known);
    QCOMPARE(known.error().kind, Error::Kind::Forbidden);
    QVERIFY2(known.error().text().contains(text("impersonate")), qPrintable(known.error().text()));
}

bool KubernetesTest::localCluster(const QString &arguments)
{
    QStringList command = QProcess::splitCommand(qEnvironmentVariable("PENNANT_LOCAL_CLUSTER") + u' ' + arguments);
    QProcess program;
    program.start(command.takeFirst(), command);
    return QTest::qWaitFor([&program] { return program.state() == QProcess::NotRunning; }, 60000)
        && program.exitCode() == 0;
}

void KubernetesTest::comesBackWithTheApiServer_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<int>("seconds");
    QTest::newRow("killed for a moment") << text("kill") << 3;
    QTest::newRow("frozen for a moment") << text("freeze") << 12;
    QTest::newRow("frozen for long") << text("freeze") << 45;
}

/// As many watches as the window has, each of which has to find back.
void KubernetesTest::comesBackWithTheApiServer()
{
    QFETCH(QString, fault);
    QFETCH(int, seconds);
    const auto transport = connectAs(m_admin);
    SystemClock clock;
    std::vector<std::unique_ptr<ResourceWatch>> watches;
    for (const auto &[version, kind] : {std::pair{"v1", "ConfigMap"}, {"v1", "Pod"}, {"v1", "Secret"},
             {"v1", "Service"}, {"v1", "PersistentVolumeClaim"}, {"v1", "Event"}, {"apps/v1", "StatefulSet"},
             {"policy/v1", "PodDisruptionBudget"}, {"networking.k8s.io/v1", "NetworkPolicy"},
             {"coordination.k8s.io/v1", "Lease"}}) {
        watches.push_back(std::make_unique<ResourceWatch>(
            *transport, clock, ResourceWatch::Query{text(version), text(kind), text("kube-system"), {}, {}}));
        watches.back()->start();
    }
    const auto count = [&watches](Freshness::State state) {
        return std::count_if(
            watches.begin(), watches.end(), [state](const auto &watch) { return watch->freshness().state == state; });
    };
    const auto all = std::ptrdiff_t(watches.size());
    QTRY_COMPARE_WITH_TIMEOUT(count(Freshness::State::Live), all, 30000);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(localCluster(fault + text(" kube-apiserver")));
    QTRY_COMPARE_WITH_TIMEOUT(count(Freshness::State::Stale), all, 30000);
    qInfo("%s: seen by all after %.1f s", qPrintable(fault), double(timer.elapsed()) / 1000);
    QTest::qWait(seconds * 1000);
    QVERIFY(localCluster(text("mend kube-apiserver")));
    timer.restart();
    QTRY_COMPARE_WITH_TIMEOUT(count(Freshness::State::Live), all, 60000);
    qInfo("%s: all live again after %.1f s", qPrintable(fault), double(timer.elapsed()) / 1000);
}

QTEST_GUILESS_MAIN(KubernetesTest)
#include "e2e_kubernetes.moc"
