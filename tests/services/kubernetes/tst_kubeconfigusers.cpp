// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfig.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

/// What a kubeconfig says of plugins that hand out credentials, and of acting as somebody else.
class KubeconfigUsersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAPlugin();
    void readsWhatAPluginIsToldOfTheCluster();
    void readsAPluginOfTheOlderVersion();
    void readsNothingAsAnEmptyText();
    void looksForAPathBesideTheFile();
    void readsAsWhomToAct();
    void readsALoginAtAProvider();

private:
    ClusterAccess resolved(const QByteArray &cluster, const QByteArray &user)
    {
        QFile file(m_folder.filePath(QStringLiteral("config")));
        const QByteArray content = "clusters:\n- name: k\n  cluster: " + cluster
            + "\nusers:\n- name: u\n  user: " + user + "\ncontexts:\n- name: c\n  context: {cluster: k, user: u}\n";
        if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0)
            qFatal("the kubeconfig can't be written");
        file.close();
        const auto access = Kubeconfig::load({file.fileName()}).resolve(QStringLiteral("c"));
        if (!access)
            qWarning("%s", qPrintable(access.error().text()));
        return access ? *access : ClusterAccess();
    }

    QTemporaryDir m_folder;
};

void KubeconfigUsersTest::readsAPlugin()
{
    const ClusterAccess access = resolved("{server: 'https://h'}", R"({exec: {
        apiVersion: client.authentication.k8s.io/v1, command: aws, interactiveMode: Never,
        args: [eks, get-token, --cluster-name, 'prod', '', a, b, c, d, e, f, '11'],
        env: [{name: AWS_PROFILE, value: ops}, {name: EMPTY, value: ''}, {name: NONE}],
        installHint: "Install it:\n  apt install awscli\n"}})");
    QVERIFY(access.exec);
    QCOMPARE(access.exec->apiVersion, QStringLiteral("client.authentication.k8s.io/v1"));
    QCOMPARE(access.exec->command, QStringLiteral("aws"));
    QCOMPARE(access.exec->arguments,
        QStringLiteral("eks get-token --cluster-name prod  a b c d e f 11").split(QLatin1Char(' ')));
    QCOMPARE(access.exec->environment.size(), 3);
    QCOMPARE(access.exec->environment.value(0).first, QStringLiteral("AWS_PROFILE"));
    QCOMPARE(access.exec->environment.value(0).second.reveal(), QStringLiteral("ops"));
    QCOMPARE(access.exec->environment.value(2).first, QStringLiteral("NONE"));
    QCOMPARE(access.exec->interaction, ExecPlugin::Interaction::Never);
    QCOMPARE(access.exec->installHint, QStringLiteral("Install it:\n  apt install awscli"));
    QVERIFY(access.exec->cluster.isEmpty());
}

void KubeconfigUsersTest::readsWhatAPluginIsToldOfTheCluster()
{
    const ClusterAccess access = resolved(R"({server: 'https://h:6443', certificate-authority-data: Q0E=,
        tls-server-name: api, proxy-url: 'http://p:3128', extensions: [{name: other, extension: {a: b}},
        {name: client.authentication.k8s.io/exec,
         extension: {audience: 06e3, "id": "17", port: 8080, on: true, list: [1, x]}}]})",
        "{exec: {apiVersion: client.authentication.k8s.io/v1, command: x, provideClusterInfo: true}}");
    QVERIFY(access.exec);
    const QJsonObject cluster = QJsonDocument::fromJson(access.exec->cluster).object();
    const QJsonObject config{{QStringLiteral("audience"), 6000.0}, {QStringLiteral("id"), QStringLiteral("17")},
        {QStringLiteral("port"), 8080}, {QStringLiteral("on"), true},
        {QStringLiteral("list"), QJsonArray{1, QStringLiteral("x")}}};
    const QJsonObject expected{{QStringLiteral("server"), QStringLiteral("https://h:6443")},
        {QStringLiteral("certificate-authority-data"), QStringLiteral("Q0E=")},
        {QStringLiteral("tls-server-name"), QStringLiteral("api")},
        {QStringLiteral("proxy-url"), QStringLiteral("http://p:3128")}, {QStringLiteral("config"), config}};
    QCOMPARE(cluster, expected);
}

void KubeconfigUsersTest::readsAPluginOfTheOlderVersion()
{
    const ClusterAccess access = resolved(
        "{server: 'https://h'}", "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: x, args: null}}");
    QVERIFY(access.exec);
    QCOMPARE(access.exec->apiVersion, QStringLiteral("client.authentication.k8s.io/v1beta1"));
    QCOMPARE(access.exec->interaction, ExecPlugin::Interaction::IfAvailable);
    QVERIFY(access.exec->arguments.isEmpty());
}

/// As kubectl reads them.
void KubeconfigUsersTest::readsNothingAsAnEmptyText()
{
    const ClusterAccess access = resolved("{server: 'https://h'}",
        "{as: eve, as-groups: null, as-user-extra: {a: null}, "
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: x, args: [a, null, b, ~], env: null}}");
    QVERIFY(access.exec);
    QCOMPARE(access.exec->arguments, QStringList({QStringLiteral("a"), QString(), QStringLiteral("b"), QString()}));
    QVERIFY(access.impersonation.groups.isEmpty() && access.impersonation.extra.isEmpty());
}

void KubeconfigUsersTest::looksForAPathBesideTheFile()
{
    for (const auto &[command, found] : {std::pair{"./bin/login", "bin/login"}, std::pair{"bin/login", "bin/login"}}) {
        const ClusterAccess access = resolved("{server: 'https://h'}",
            "{exec: {apiVersion: client.authentication.k8s.io/v1, command: " + QByteArray(command) + "}}");
        QVERIFY(access.exec);
        QCOMPARE(access.exec->command, m_folder.filePath(QLatin1String(found)));
    }
}

void KubeconfigUsersTest::readsAsWhomToAct()
{
    const ClusterAccess access = resolved("{server: 'https://h'}", R"({token: t, as: eve, as-uid: '7',
        as-groups: [ops, 'system:masters'], as-user-extra: {reason: [audit, test], example.org/Team: [blue]}})");
    QCOMPARE(access.impersonation.user, QStringLiteral("eve"));
    QCOMPARE(access.impersonation.uid, QStringLiteral("7"));
    QCOMPARE(access.impersonation.groups, QStringList({QStringLiteral("ops"), QStringLiteral("system:masters")}));
    const QMap<QString, QStringList> extra{
        {QStringLiteral("reason"), {QStringLiteral("audit"), QStringLiteral("test")}},
        {QStringLiteral("example.org/Team"), {QStringLiteral("blue")}}};
    QCOMPARE(access.impersonation.extra, extra);
    QVERIFY(!access.exec);
}

void KubeconfigUsersTest::readsALoginAtAProvider()
{
    const ClusterAccess access = resolved("{server: 'https://h'}", R"({auth-provider: {name: oidc, config: {
        idp-issuer-url: 'https://login.example/realm', client-id: pennant, client-secret: s3, id-token: a.b.c,
        refresh-token: r, idp-certificate-authority-data: Q0E=}}})");
    QVERIFY(access.oidc);
    QCOMPARE(access.oidc->issuer, QUrl(QStringLiteral("https://login.example/realm")));
    QCOMPARE(access.oidc->clientId, QStringLiteral("pennant"));
    QCOMPARE(access.oidc->clientSecret.reveal(), QStringLiteral("s3"));
    QCOMPARE(access.oidc->idToken.reveal(), QStringLiteral("a.b.c"));
    QCOMPARE(access.oidc->refreshToken.reveal(), QStringLiteral("r"));
    QCOMPARE(access.oidc->issuerAuthority, QByteArray("CA"));
    QCOMPARE(access.oidc->file, m_folder.filePath(QStringLiteral("config")));
}

QTEST_GUILESS_MAIN(KubeconfigUsersTest)
#include "tst_kubeconfigusers.moc"
