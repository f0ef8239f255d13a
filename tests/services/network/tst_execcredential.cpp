// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/execcredential.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace {

ExecPlugin plugin()
{
    ExecPlugin plugin;
    plugin.apiVersion = QStringLiteral("client.authentication.k8s.io/v1");
    plugin.command = QStringLiteral("login");
    return plugin;
}

QByteArray answer(const QByteArray &status)
{
    return R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":)" + status + "}";
}

} // namespace

class ExecCredentialTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAToken();
    void readsACertificate();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void tellsThePluginWhatItWantsToKnow();
};

void ExecCredentialTest::readsAToken()
{
    const auto read =
        readExecCredential(answer(R"({"token":"abc","expirationTimestamp":"2026-03-05T17:30:20-08:00"})"), plugin());
    QVERIFY(read);
    QCOMPARE(read->token.reveal(), QStringLiteral("abc"));
    QVERIFY(read->certificate.isEmpty());
    QCOMPARE(read->expires, std::optional(QDateTime({2026, 3, 6}, {1, 30, 20}, Qt::UTC)));
    QVERIFY(!readExecCredential(answer(R"({"token":"abc"})"), plugin())->expires);
}

void ExecCredentialTest::readsACertificate()
{
    const auto read =
        readExecCredential(answer(R"({"clientCertificateData":"CERT\n","clientKeyData":"KEY\n"})"), plugin());
    QVERIFY(read);
    QCOMPARE(read->certificate, QByteArray("CERT\n"));
    QCOMPARE(read->key.reveal(), QStringLiteral("KEY\n"));
    QVERIFY(read->token.isEmpty());
}

void ExecCredentialTest::tellsWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QString>("said");
    QTest::newRow("nothing") << QByteArray("\n") << QStringLiteral("it wrote nothing");
    QTest::newRow("words") << QByteArray("Please log in, TOPSECRET") << QStringLiteral("it is not JSON");
    QTest::newRow("cut") << answer(R"({"token":"TOPSECRET")").chopped(1) << QStringLiteral("it is not JSON");
    QTest::newRow("another kind") << QByteArray(R"({"kind":"Secret","token":"TOPSECRET"})")
                                  << QStringLiteral("not of the kind ExecCredential");
    QTest::newRow("a list") << QByteArray(R"(["TOPSECRET"])") << QStringLiteral("not of the kind ExecCredential");
    QTest::newRow("another version") << answer(R"({"token":"TOPSECRET"})").replace("io/v1", "io/v1beta1")
                                     << QStringLiteral("of “client.authentication.k8s.io/v1beta1”");
    QTest::newRow("no status") << answer("null") << QStringLiteral("neither a token nor a certificate");
    QTest::newRow("a token of a wrong type")
        << answer(R"({"token":7})") << QStringLiteral("neither a token nor a certificate");
    QTest::newRow("no key") << answer(R"({"token":"TOPSECRET","clientCertificateData":"C"})")
                            << QStringLiteral("without its key");
    QTest::newRow("no certificate") << answer(R"({"clientKeyData":"TOPSECRET"})") << QStringLiteral("without its key");
    QTest::newRow("no time") << answer(R"({"token":"TOPSECRET","expirationTimestamp":"soon"})")
                             << QStringLiteral("expirationTimestamp");
}

void ExecCredentialTest::tellsWhatIsWrong()
{
    QFETCH(QByteArray, output);
    QFETCH(QString, said);
    const auto read = readExecCredential(output, plugin());
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Unauthorized);
    QVERIFY2(read.error().summary.contains(said), qPrintable(read.error().summary));
    QVERIFY(!read.error().text().contains(QLatin1String("TOPSECRET")));
}

void ExecCredentialTest::tellsThePluginWhatItWantsToKnow()
{
    ExecPlugin asking = plugin();
    const auto told = [&asking] { return QJsonDocument::fromJson(execInfo(asking)).object(); };
    QCOMPARE(told(),
        QJsonDocument::fromJson(
            R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false}})")
            .object());
    asking.cluster = R"({"server":"https://h"})";
    QCOMPARE(told()[QStringLiteral("spec")][QStringLiteral("cluster")],
        QJsonValue(QJsonObject{{QStringLiteral("server"), QStringLiteral("https://h")}}));
}

QTEST_GUILESS_MAIN(ExecCredentialTest)
#include "tst_execcredential.moc"
