// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/kubeconfig.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray twoContexts =
    "apiVersion: v1\n"
    "kind: Config\n"
    "current-context: here\n"
    "clusters:\n"
    "- name: local\n"
    "  cluster: {server: \"https://127.0.0.1:6443\", certificate-authority: pki/ca.crt, tls-server-name: api.local}\n"
    "users:\n"
    "- name: me\n"
    "  user: {token: very-secret}\n"
    "- name: certified\n"
    "  user: {client-certificate-data: Q0VSVA==, client-key: pki/me.key}\n"
    "contexts:\n"
    "- name: here\n"
    "  context: {cluster: local, user: me, namespace: shop}\n"
    "- name: there\n"
    "  context: {cluster: local, user: certified}\n";

/// One context "c" of the user and cluster given.
QByteArray oneContext(const QByteArray &cluster, const QByteArray &user)
{
    return "clusters: [{name: k, cluster: " + cluster + "}]\nusers: [{name: u, user: " + user
        + "}]\ncontexts: [{name: c, context: {cluster: k, user: u}}]\n";
}

} // namespace

class KubeconfigTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    QString write(const QString &name, const QByteArray &content) const
    {
        const QString path = m_folder->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }
    Kubeconfig load(const QByteArray &content) const
    {
        return Kubeconfig::load({write(QStringLiteral("config"), content)});
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void findsItsFiles()
    {
        qputenv("KUBECONFIG", "/a/one:/b/two::/a/one");
        QCOMPARE(Kubeconfig::defaultFiles({}), (QStringList{QStringLiteral("/a/one"), QStringLiteral("/b/two")}));
        QCOMPARE(Kubeconfig::defaultFiles(QStringLiteral("/c")), QStringList{QStringLiteral("/c")});
        qunsetenv("KUBECONFIG");
        QCOMPARE(Kubeconfig::defaultFiles({}), QStringList{QDir::homePath() + QStringLiteral("/.kube/config")});
    }

    void resolvesAContext()
    {
        write(QStringLiteral("pki/ca.crt"), "AUTHORITY");
        const Kubeconfig config = load(twoContexts);
        QVERIFY(config.problems().isEmpty());
        QCOMPARE(config.contexts().size(), 2);
        QCOMPARE(config.contexts().value(0).server, QStringLiteral("https://127.0.0.1:6443"));
        QVERIFY(config.contexts().value(0).isCurrent && !config.contexts().value(1).isCurrent);
        const auto access = config.resolve(QStringLiteral("here"));
        QVERIFY(access);
        QCOMPARE(access->server, QUrl(QStringLiteral("https://127.0.0.1:6443")));
        QCOMPARE(access->userName, QStringLiteral("me"));
        QCOMPARE(access->token.reveal(), QStringLiteral("very-secret"));
        QCOMPARE(access->certificateAuthority, QByteArray("AUTHORITY"));
        QCOMPARE(access->tlsServerName, QStringLiteral("api.local"));
        QVERIFY(!access->insecureSkipTlsVerify);
        QVERIFY(!config.contexts().value(0).skipsTlsVerification);
    }

    void readsDataBeforeFilesAndPathsFromWhereTheyStand()
    {
        write(QStringLiteral("pki/ca.crt"), "AUTHORITY");
        write(QStringLiteral("pki/me.key"), "KEY");
        const auto access = load(twoContexts).resolve(QStringLiteral("there"));
        QVERIFY(access);
        QCOMPARE(access->clientCertificate, QByteArray("CERT"));
        QCOMPARE(access->clientKey.revealUtf8(), QByteArray("KEY"));
    }

    void readsTokensFromFiles()
    {
        const QString token = write(QStringLiteral("token"), "from-file\n");
        const auto access =
            load(oneContext("{server: 'https://h'}", "{token: old, tokenFile: token}")).resolve(QStringLiteral("c"));
        QVERIFY(access);
        QCOMPARE(access->token.reveal(), QStringLiteral("from-file"));
        QCOMPARE(access->tokenFile, token);
    }

    /// Without it requests would go out anonymously.
    void refusesAnEmptyTokenFile()
    {
        const QString token = write(QStringLiteral("token"), "\n");
        const auto access =
            load(oneContext("{server: 'https://h'}", "{token: old, tokenFile: token}")).resolve(QStringLiteral("c"));
        QVERIFY(!access);
        QCOMPARE(access.error().kind, Error::Kind::Local);
        QVERIFY2(access.error().summary.contains(token), qPrintable(access.error().summary));
    }

    void readsJson()
    {
        const Kubeconfig config = load(
            "{\"current-context\": \"c\", \"clusters\": [{\"name\": \"k\", \"cluster\": {\"server\": \"https://h\",\n"
            "            \"insecure-skip-tls-verify\": true, \"proxy-url\": \"socks5://p:1080\"}}],\n"
            "            \"users\": [{\"name\": \"u\", \"user\": {\"username\": \"a\", \"password\": \"b\"}}],\n"
            "            \"contexts\": [{\"name\": \"c\", \"context\": {\"cluster\": \"k\", \"user\": \"u\"}}]}");
        const auto access = config.resolve(QStringLiteral("c"));
        QVERIFY(access);
        QVERIFY(access->insecureSkipTlsVerify);
        QVERIFY(config.contexts().value(0).skipsTlsVerification);
        QCOMPARE(access->basicUser, QStringLiteral("a"));
        QCOMPARE(access->basicPassword.reveal(), QStringLiteral("b"));
        QCOMPARE(access->proxy, QUrl(QStringLiteral("socks5://p:1080")));
    }

    void mergesByName()
    {
        const QString first =
            write(QStringLiteral("1/config"), "current-context: b\nusers: [{name: u, user: {tokenFile: t}}]\n");
        const QString second = write(QStringLiteral("2/config"),
            "current-context: a\nclusters: [{name: k, cluster: {server: 'https://second'}}]\n"
            "users: [{name: u, user: {token: second}}]\ncontexts: [{name: a, context: {cluster: k, user: u}}, "
            "{name: b, context: {cluster: k, user: u, namespace: two}}]\n");
        const QString third = write(QStringLiteral("3/config"),
            "clusters: [{name: k, cluster: {server: 'https://third'}}]\ncontexts: [{name: b, context: {cluster: "
            "k}}]\n");
        write(QStringLiteral("1/t"), "first");
        const Kubeconfig config = Kubeconfig::load({first, second, third});
        QVERIFY(config.problems().isEmpty());
        QCOMPARE(config.contexts().size(), 2);
        QVERIFY(config.contexts().value(1).isCurrent);
        QCOMPARE(config.contexts().value(1).file, second);
        const auto access = config.resolve(QStringLiteral("b"));
        QVERIFY(access);
        QCOMPARE(access->server, QUrl(QStringLiteral("https://second")));
        QCOMPARE(access->token.reveal(), QStringLiteral("first"));
        QVERIFY(access->isOfMergedFiles);
        const auto apart = Kubeconfig::load({third}, {second}).resolve(QStringLiteral("a"));
        QVERIFY(apart);
        QVERIFY(!apart->isOfMergedFiles);
    }

    void namesTheCurrentContextThatIsMissingAndItsFile()
    {
        const QString first = write(QStringLiteral("1/config"), "clusters: []\n");
        const QString second = write(QStringLiteral("2/config"), "current-context: gone\n");
        const QString third = write(QStringLiteral("3/config"), "current-context: elsewhere\n");
        const Kubeconfig config = Kubeconfig::load({first, second, third});
        QCOMPARE(config.problems().size(), 1);
        const QString said = config.problems().value(0).summary;
        QVERIFY2(said.contains(QStringLiteral("“gone”")) && said.contains(second), qPrintable(said));
    }

    void saysWhatIsWrongWithAFile_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("said");
        const auto add = [](const char *row, const QByteArray &content, const char *said) {
            QTest::newRow(row) << content << QString::fromUtf8(said);
        };
        add("empty", "", "it is empty");
        add("only a comment", "# nothing\n", "it is empty");
        add("a list", "- a\n", "not a map");
        add("a word", "hello", "not a map");
        add("broken", "clusters:\n- name: [a\ncontexts: }\n", "line 3, column 9");
        add("tabs", "clusters:\n\t- name: a\n", "line 2");
        add("binary", QByteArray("\0\1\2\xff", 4), "cannot be used");
        add("clusters are no list", "clusters: {a: b}\n", "“clusters” is not a list");
        add("users are a number", "users: 7\n", "“users” is not a list");
        add("a context without a name", "contexts: [{context: {cluster: k}}]\n", "an entry of “contexts” has no name");
        add("a context that is a word", "contexts: [here]\n", "an entry of “contexts” has no name");
        add("a name that is a map", "contexts: [{name: {a: b}}]\n", "has no name");
        add("current context of a wrong type", "current-context: [a]\n", "“current-context” is not a name");
        add("current context that is absent", "current-context: gone\n", "“gone” does not exist");
        add("nested too deep", QByteArray(100000, '['), "cannot be used");
    }

    void saysWhatIsWrongWithAFile()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, said);
        const Kubeconfig config = load(content);
        QCOMPARE(config.problems().size(), 1);
        QVERIFY2(config.problems().value(0).summary.contains(said), qPrintable(config.problems().value(0).summary));
        QVERIFY(config.contexts().isEmpty());
    }

    void keepsOtherFilesUsable()
    {
        const QString missing = m_folder->filePath(QStringLiteral("missing"));
        const QString folder = m_folder->path();
        const QString huge = write(QStringLiteral("huge"), QByteArray(9 * 1024 * 1024, '#'));
        const QString broken = write(QStringLiteral("broken"), "a: [");
        const QString good = write(QStringLiteral("good"), oneContext("{server: 'https://h'}", "{token: t}"));
        const Kubeconfig config = Kubeconfig::load({missing, folder, huge, broken, good});
        QCOMPARE(config.problems().size(), 4);
        QVERIFY(config.problems().value(0).summary.contains(missing));
        QCOMPARE(config.problems().value(0).kind, Error::Kind::NotFound);
        QVERIFY(config.problems().value(1).summary.contains(QLatin1String("not a regular file")));
        QVERIFY(config.problems().value(2).summary.contains(QLatin1String("8 MiB")));
        QVERIFY(config.resolve(QStringLiteral("c")));
    }

    void saysWhatIsWrongWithAContext_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("said");
        QTest::addColumn<bool>("isSeenInList");
        const auto add = [](const QByteArray &row, const QByteArray &content, const char *said,
                             bool isSeenInList = true) {
            QTest::newRow(row.constData()) << content << QString::fromUtf8(said) << isSeenInList;
        };
        const QByteArray server = "{server: 'https://h'}";
        add("unknown cluster", "contexts: [{name: c, context: {cluster: k}}]", "the cluster “k”, which does not exist");
        add("unknown user",
            "clusters: [{name: k, cluster: {server: 'https://h'}}]\ncontexts: [{name: c, context: {cluster: k, user: "
            "u}}]",
            "line 2, names the user “u”, which does not exist");
        add("context is a word", "contexts: [{name: c, context: here}]", "“context” of “c” is not a map");
        add("cluster is a list", oneContext("[a]", "{}"), "“cluster” of “k” is not a map");
        add("user is a number", oneContext(server, "7"), "“user” of “u” is not a map");
        add("no server", oneContext("{}", "{}"), "no usable “server”");
        add("server of a wrong type", oneContext("{server: [a]}", "{}"), "no usable “server”");
        add("server without scheme", oneContext("{server: 'h:6443'}", "{}"), "no usable “server”");
        add("server with credentials", oneContext("{server: 'https://a:b@h'}", "{}"), "no usable “server”");
        add("strange proxy", oneContext("{server: 'https://h', proxy-url: 'ftp://p'}", "{}"), "proxy-url");
        for (const QByteArray credential :
            {"token: t", "tokenFile: t", "username: a", "password: p", "client-key: k", "client-key-data: aw=="}) {
            add("unencrypted, " + credential, oneContext("{server: 'http://h'}", "{" + credential + "}"),
                "anyone on the way could read the credentials of the user “u”");
        }
        add("exec without a command", oneContext(server, "{exec: {apiVersion: client.authentication.k8s.io/v1}}"),
            "without a “command”");
        add("exec without a version", oneContext(server, "{exec: {command: aws}}"), "of the “apiVersion” “”");
        add("exec of a version that was given up",
            oneContext(server, "{exec: {command: aws, apiVersion: client.authentication.k8s.io/v1alpha1}}"),
            "gave up with 1.24. Update aws");
        add("exec with a mode of its own",
            oneContext(server,
                "{exec: {command: aws, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Perhaps}}"),
            "“interactiveMode” “Perhaps”");
        add("exec, unencrypted",
            oneContext("{server: 'http://h'}", "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1}}"),
            "anyone on the way could read the credentials of the user “u”");
        add("auth provider", oneContext(server, "{auth-provider: {name: gcp}}"), "uses the auth provider gcp");
        add("OpenID provider without an address",
            oneContext(server, "{auth-provider: {name: oidc, config: {client-id: x}}}"), "“idp-issuer-url”");
        add("OpenID provider in the clear",
            oneContext(server, "{auth-provider: {name: oidc, config: {idp-issuer-url: 'http://i', client-id: x}}}"),
            "“idp-issuer-url”");
        add("OpenID provider without a client",
            oneContext(server, "{auth-provider: {name: oidc, config: {idp-issuer-url: 'https://i'}}}"),
            "without a “client-id”");
        add("groups of nobody", oneContext(server, "{token: t, as-groups: [a]}"), "without “as”");
        const QByteArray plugin = "command: a, apiVersion: client.authentication.k8s.io/v1, ";
        for (const auto &[user, said] : std::initializer_list<std::pair<QByteArray, const char *>>{
                 {"as: [eve]", "“as” of the user “u” is not text"},
                 {"as: eve, as-groups: viewers", "“as-groups” of the user “u” is not a list of texts"},
                 {"as: eve, as-groups: [a, [b], c]", "“as-groups” of the user “u” is not a list of texts"},
                 {"as: eve, as-user-extra: {scopes: view}", "“as-user-extra” of the user “u” is not a map of lists"},
                 {"as: eve, as-user-extra: {a.0: view}", "“as-user-extra” of the user “u” is not a map of lists"},
                 {"as: eve, as-user-extra: view", "“as-user-extra” of the user “u” is not a map of lists"},
                 {"exec: aws", "“exec” of the user “u” is not a map"},
                 {"exec: {" + plugin + "args: --x}", "“args” of the user “u” is not a list of texts"},
                 {"exec: {" + plugin + "args: {a: b}}", "“args” of the user “u” is not a list of texts"},
                 {"exec: {" + plugin + "env: {A: b}}", "“env” of the user “u” is not a list of names with values"},
                 {"exec: {" + plugin + "env: [{value: b}]}", "“env” of the user “u” is not a list of names"},
                 {"auth-provider: oidc", "“auth-provider” of the user “u” is not a map"},
                 {"auth-provider: {name: oidc, config: {id-token: [a]}}", "“config” of the user “u” is not a map"}})
            add("wrong type, " + user, oneContext(server, "{" + user + "}"), said);
        add("authority is not base64", oneContext("{server: 'https://h', certificate-authority-data: '***'}", "{}"),
            "is not base64", false);
        add("authority is missing", oneContext("{server: 'https://h', certificate-authority: nowhere.crt}", "{}"),
            "cannot be read from", false);
        add("key is missing", oneContext(server, "{client-certificate-data: QQ==, client-key: nowhere.key}"),
            "nowhere.key", false);
        add("key is a folder", oneContext(server, "{client-certificate-data: QQ==, client-key: .}"),
            "not a regular file", false);
        add("certificate without key", oneContext(server, "{client-certificate-data: QQ==}"), "without its key", false);
        add("token file is missing", oneContext(server, "{tokenFile: nowhere}"), "The token of “u” cannot be read",
            false);
    }

    void saysWhatIsWrongWithAContext()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, said);
        QFETCH(bool, isSeenInList);
        const Kubeconfig config = load(content);
        QCOMPARE(config.contexts().size(), 1);
        QCOMPARE(config.contexts().value(0).problem.has_value(), isSeenInList);
        const auto access = config.resolve(QStringLiteral("c"));
        QVERIFY(!access);
        QVERIFY2(access.error().summary.contains(said), qPrintable(access.error().summary));
        if (isSeenInList)
            QCOMPARE(config.contexts().value(0).problem->summary, access.error().summary);
    }

    void opensUnencryptedServersWithoutCredentials()
    {
        const auto access = load(oneContext("{server: 'http://localhost:8001'}", "{}")).resolve(QStringLiteral("c"));
        QVERIFY(access);
        QVERIFY(access->token.isEmpty());
    }

    void readsNoMoreThanItsBudget_data()
    {
        QTest::addColumn<QByteArray>("content");
        QByteArray nested = "a: &a {k: v}\n";
        for (char level = 'b'; level <= 'e'; ++level) {
            nested += QByteArray(1, level) + ": &" + level + " {";
            for (int i = 0; i < 1000; ++i)
                nested += 'k' + QByteArray::number(i) + ": *" + char(level - 1) + ", ";
            nested += "}\n";
        }
        QTest::newRow("maps of maps") << nested + oneContext("{server: 'https://h', more: *e}", "{}");
        QByteArray entries =
            "l: &l {name: k, cluster: {server: &s '" + QByteArray(1024 * 1024, 'x') + "'}}\nclusters: [";
        for (int i = 0; i < 1000; ++i)
            entries += "*l, ";
        QTest::newRow("long values") << entries + "]\n";
        QTest::newRow("nameless entries") << "l: &l {}\ncontexts: [" + QByteArray("*l, ").repeated(200'000) + "]\n";
    }

    void readsNoMoreThanItsBudget()
    {
        QFETCH(QByteArray, content);
        const Kubeconfig config = load(content);
        QCOMPARE(config.problems().size(), 1);
        QVERIFY2(config.problems().value(0).summary.contains(QLatin1String("aliases")),
            qPrintable(config.problems().value(0).summary));
        QVERIFY(config.contexts().isEmpty());
    }

    void followsAliases()
    {
        const auto access =
            load("t: &t {token: shared}\n" + oneContext("&k {server: 'https://h'}", "*t")).resolve(QStringLiteral("c"));
        QVERIFY(access);
        QCOMPARE(access->token.reveal(), QStringLiteral("shared"));
    }

    void neverTellsASecret()
    {
        for (const char *user : {"{token: TOPSECRET, exec: {command: x}}",
                 "{token: TOPSECRET, client-key-data: '***TOPSECRET'}", "{password: TOPSECRET, as-uid: x}"}) {
            const auto access = load(oneContext("{server: 'https://h'}", user)).resolve(QStringLiteral("c"));
            QVERIFY(!access);
            QVERIFY(!access.error().text().contains(QLatin1String("TOPSECRET")));
        }
        const Kubeconfig broken = load("users: [{name: u, user: {token: TOPSECRET}]\n");
        QCOMPARE(broken.problems().size(), 1);
        QVERIFY(!broken.problems().value(0).text().contains(QLatin1String("TOPSECRET")));
    }

    void showsNoPasswordInTheServersAddress_data()
    {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QString>("shown");
        QTest::newRow("user and password")
            << QByteArray("https://ana:TOPSECRET@h:6443/k8s") << QStringLiteral("https://h:6443/k8s");
        QTest::newRow("token in the query")
            << QByteArray("https://h?token=TOPSECRET#TOPSECRET") << QStringLiteral("https://h");
        QTest::newRow("no scheme") << QByteArray("ana:TOPSECRET@h:6443") << QString();
        QTest::newRow("no address") << QByteArray("https://ana:TOP#SECRET:TOPSECRET@h") << QString();
    }

    void showsNoPasswordInTheServersAddress()
    {
        QFETCH(QByteArray, server);
        const Kubeconfig config = load(oneContext("{server: '" + server + "'}", "{token: t}"));
        QCOMPARE(config.contexts().size(), 1);
        QTEST(config.contexts().value(0).server, "shown");
        if (const auto problem = config.contexts().value(0).problem)
            QVERIFY2(!problem->text().contains(QLatin1String("SECRET")), qPrintable(problem->text()));
        if (const auto access = config.resolve(QStringLiteral("c")); !access)
            QVERIFY2(!access.error().text().contains(QLatin1String("SECRET")), qPrintable(access.error().text()));
    }

    void doesNotKnowOtherContexts()
    {
        const auto access = load(twoContexts).resolve(QStringLiteral("elsewhere"));
        QVERIFY(!access);
        QCOMPARE(access.error().kind, Error::Kind::NotFound);
        QVERIFY(!Kubeconfig().resolve(QStringLiteral("here")));
    }
};

QTEST_GUILESS_MAIN(KubeconfigTest)
#include "tst_kubeconfig.moc"
