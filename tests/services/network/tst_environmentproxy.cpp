// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/environmentproxy.h"

#include <QTest>

namespace {

/// "NAME=value" words.
QProcessEnvironment environmentOf(const QString &words)
{
    QProcessEnvironment environment;
    const QStringList settings = words.split(u' ', Qt::SkipEmptyParts);
    for (const QString &setting : settings)
        environment.insert(setting.section(u'=', 0, 0), setting.section(u'=', 1));
    return environment;
}

} // namespace

/// The cases of golang.org/x/net/http/httpproxy, as far as kubectl's users meet them.
class EnvironmentProxyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void choosesTheProxy_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("environment");
        QTest::addColumn<QString>("proxy");
        const auto add = [](const char *row, const char *server, const char *environment, const char *proxy) {
            QTest::newRow(row) << QString::fromLatin1(server) << QString::fromLatin1(environment)
                               << QString::fromLatin1(proxy);
        };
        const char *api = "https://api.example:6443";
        add("none", api, "", "");
        add("https", api, "HTTPS_PROXY=http://p:3128 HTTP_PROXY=http://q:1", "http://p:3128");
        add("http", "http://api.example", "HTTPS_PROXY=http://p:3128 HTTP_PROXY=http://q:1", "http://q:1");
        add("small letters", api, "https_proxy=http://p:3128", "http://p:3128");
        add("capitals first", api, "https_proxy=http://q:1 HTTPS_PROXY=http://p:3128", "http://p:3128");
        add("an empty one is none", api, "HTTPS_PROXY= https_proxy=http://p:3128", "http://p:3128");
        add("without a scheme", api, "HTTPS_PROXY=p:3128", "http://p:3128");
        add("without a port", api, "HTTPS_PROXY=p.example", "http://p.example");
        add("with credentials", api, "HTTPS_PROXY=http://u:p%40w@p:3128", "http://u:p%40w@p:3128");
        add("socks", api, "HTTPS_PROXY=socks5://p:1080", "socks5://p:1080");
    }

    void choosesTheProxy()
    {
        QFETCH(QString, server);
        QFETCH(QString, environment);
        const Result<QUrl> proxy = environmentProxy(QUrl(server), environmentOf(environment));
        QVERIFY(proxy);
        QTEST(proxy->toString(QUrl::FullyEncoded), "proxy");
    }

    void leavesOut_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("noProxy");
        QTest::addColumn<bool>("isDirect");
        const auto add = [](const char *server, const char *noProxy, bool isDirect) {
            QTest::addRow("%s %s", server, noProxy)
                << QString::fromLatin1(server) << QString::fromLatin1(noProxy) << isDirect;
        };
        add("https://localhost:6443", "", true);
        add("https://127.0.0.1:6443", "", true);
        add("https://127.9.9.9:6443", "", true);
        add("https://[::1]:6443", "", true);
        add("https://api.example:6443", "", false);
        add("https://api.example:6443", "*", true);
        add("https://api.example:6443", ",elsewhere,,*,", true);
        add("https://api.example:6443", "api.example", true);
        add("https://API.example:6443", "Api.Example", true);
        add("https://api.example:6443", "example", true);
        add("https://api.example:6443", ".example", true);
        add("https://api.example:6443", "*.example", true);
        add("https://api.example:6443", "elsewhere,.example", true);
        add("https://example:6443", ".example", false);
        add("https://example:6443", "*.example", false);
        add("https://myexample:6443", "example", false);
        add("https://api.example:6443", "api.example:6443", true);
        add("https://api.example:6443", "api.example:443", false);
        add("https://api.example", "api.example:443", true);
        add("http://api.example", "api.example:80", true);
        add("https://10.1.2.3:6443", "10.1.2.3", true);
        add("https://10.1.2.3:6443", "10.1.2.3:6443", true);
        add("https://10.1.2.3:6443", "10.1.2.3:443", false);
        add("https://10.1.2.3:6443", "10.1.0.0/16", true);
        add("https://10.2.2.3:6443", "10.1.0.0/16", false);
        add("https://10.1.2.3:6443", "10.1.0.0/nonsense", false);
        add("https://10.1.2.3:6443", "2.3", false);
        add("https://api.example:6443", "0.0.0.0/0", false);
        add("https://[fd00::1]:6443", "fd00::1", true);
        add("https://[fd00::1]:6443", "[fd00::1]", true);
        add("https://[fd00::1]:6443", "[fd00::1]:6443", true);
        add("https://[fd00::1]:6443", "[fd00::1]:443", false);
        add("https://[fd00::1]:6443", "fd00::/8", true);
        add("https://[fe00::1]:6443", "fd00::/8", false);
        add("https://api.example:6443", ":6443", false);
    }

    void leavesOut()
    {
        QFETCH(QString, server);
        QFETCH(QString, noProxy);
        QFETCH(bool, isDirect);
        for (const char *name : {"NO_PROXY", "no_proxy"}) {
            QProcessEnvironment environment = environmentOf(QStringLiteral("HTTPS_PROXY=p:1 HTTP_PROXY=p:1"));
            environment.insert(QString::fromLatin1(name), noProxy);
            const Result<QUrl> proxy = environmentProxy(QUrl(server), environment);
            QVERIFY(proxy);
            QCOMPARE(proxy->isEmpty(), isDirect);
        }
    }

    void saysWhatItCannotUse()
    {
        const QUrl server(QStringLiteral("https://api.example:6443"));
        for (const char *value : {"ftp://u:secret@p:3128", "ftp://p", "socks4://p", "http://", "p:port"}) {
            const Result<QUrl> proxy =
                environmentProxy(server, environmentOf(QStringLiteral("HTTPS_PROXY=") + QString::fromLatin1(value)));
            QVERIFY2(!proxy, value);
            QCOMPARE(proxy.error().kind, Error::Kind::Invalid);
            QVERIFY(proxy.error().summary.contains(QLatin1String("HTTPS_PROXY")));
            QVERIFY(!proxy.error().text().contains(QLatin1String("secret")));
        }
        QVERIFY(environmentProxy(server, environmentOf(QStringLiteral("HTTPS_PROXY=ftp://p NO_PROXY=.example"))));
    }
};

QTEST_APPLESS_MAIN(EnvironmentProxyTest)
#include "tst_environmentproxy.moc"
