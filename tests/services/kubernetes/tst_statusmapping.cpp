// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/statusmapping.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace std::chrono_literals;

namespace {

const ApiPeer peer{QStringLiteral("api.example:6443"), QStringLiteral("ana")};

QByteArray statusBody(int code, const QString &reason, const QString &message, const QJsonObject &details = {})
{
    return QJsonDocument(QJsonObject{{QStringLiteral("kind"), QStringLiteral("Status")}, {QStringLiteral("code"), code},
                             {QStringLiteral("reason"), reason}, {QStringLiteral("message"), message},
                             {QStringLiteral("details"), details}})
        .toJson();
}

} // namespace

class StatusMappingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mapsStatusCodes_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("said");
        const auto add = [](int code, const char *kind, const char *said) {
            QTest::addRow("%d", code) << code << QString::fromLatin1(kind) << QString::fromUtf8(said);
        };
        add(302, "Protocol", "does not understand (302)");
        add(400, "Invalid", "refused it as invalid: the words");
        add(401, "Unauthorized", "refused the credentials of user “ana”");
        add(403, "Forbidden", "does not allow this: the words");
        add(404, "NotFound", "does not have it: the words");
        add(409, "Conflict", "Somebody else changed or owns it: the words");
        add(410, "Gone", "no longer keeps this version");
        add(418, "Protocol", "api.example:6443");
        add(422, "Invalid", "the words");
        add(429, "Throttled", "busy: the words");
        add(500, "Server", "failed (500): the words");
        add(503, "Server", "failed (503): the words");
        add(504, "Timeout", "in time: the words");
        add(0, "Protocol", "the words");
        add(777, "Protocol", "the words");
    }

    void mapsStatusCodes()
    {
        QFETCH(int, code);
        QFETCH(QString, kind);
        QFETCH(QString, said);
        const Error error = statusError(code, statusBody(code, {}, QStringLiteral("the words.")), {}, peer);
        QCOMPARE(toWire(error.kind), kind);
        QVERIFY2(error.summary.contains(said), qPrintable(error.summary));
        QCOMPARE(error.detail, QStringLiteral("the words."));
    }

    void namesTheFields()
    {
        const QJsonArray causes{QJsonObject{{QStringLiteral("field"), QStringLiteral("spec.replicas")},
                                    {QStringLiteral("reason"), QStringLiteral("FieldValueInvalid")},
                                    {QStringLiteral("message"), QStringLiteral("must be positive")}},
            7, QJsonObject{}, QJsonObject{{QStringLiteral("field"), 1}}};
        const Error error = statusError(422,
            statusBody(422, QStringLiteral("Invalid"), QStringLiteral("x"), {{QStringLiteral("causes"), causes}}), {},
            peer);
        QCOMPARE(error.fields, (FieldErrors{{QStringLiteral("spec.replicas"), QStringLiteral("must be positive")}}));
    }

    void namesTheManagersOfAConflict()
    {
        const QJsonArray causes{QJsonObject{{QStringLiteral("field"), QStringLiteral(".spec.replicas")},
            {QStringLiteral("reason"), QStringLiteral("FieldManagerConflict")},
            {QStringLiteral("message"), QStringLiteral("conflict with \"kubectl\" using apps/v1")}}};
        const Error error = statusError(409,
            statusBody(
                409, QStringLiteral("Conflict"), QStringLiteral("Apply failed"), {{QStringLiteral("causes"), causes}}),
            {}, peer);
        QCOMPARE(error.kind, Error::Kind::Conflict);
        QCOMPARE(error.fields.size(), 1);
        QCOMPARE(error.fields.value(0).field, QStringLiteral("spec.replicas"));
        QVERIFY(error.fields.value(0).message.contains(QLatin1String("\"kubectl\"")));
        QVERIFY(error.summary.contains(QLatin1String("kept by kubectl (spec.replicas)")));
    }

    void saysWhichPermissionIsMissing_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("said");
        QTest::newRow("in a namespace") << "secrets is forbidden: User \"ana\" cannot list resource \"secrets\" in API "
                                           "group \"\" in the namespace \"messages\""
                                        << "User “ana” may not list secrets in namespace messages.";
        QTest::newRow("a part, with a reason")
            << "pods \"nats-0\" is forbidden: User \"system:serviceaccount:a:b\" cannot get resource \"pods/log\" in "
               "API "
               "group \"\" in the namespace \"messages\": RBAC: role.rbac.authorization.k8s.io \"logs\" not found"
            << "User “system:serviceaccount:a:b” may not get pods/log in namespace messages.";
        QTest::newRow("in the cluster") << "storageclasses.storage.k8s.io is forbidden: User \"ana\" cannot list "
                                           "resource \"storageclasses\" in API "
                                           "group \"storage.k8s.io\" at the cluster scope"
                                        << "User “ana” may not list storageclasses in the whole cluster.";
    }

    void saysWhichPermissionIsMissing()
    {
        QFETCH(QString, words);
        QFETCH(QString, said);
        const Error error = statusError(403, statusBody(403, QStringLiteral("Forbidden"), words), {}, peer);
        QVERIFY2(error.summary.startsWith(said), qPrintable(error.summary));
        QVERIFY(!error.summary.contains(QLatin1String("forbidden")));
        QCOMPARE(error.detail, words);
    }

    void tellsWhatExistsAlready()
    {
        const Error error =
            statusError(409, statusBody(409, QStringLiteral("AlreadyExists"), QStringLiteral("x is there")), {}, peer);
        QVERIFY(error.summary.startsWith(QLatin1String("It exists already")));
    }

    void tellsWhenToTryAgain()
    {
        const QJsonObject details{{QStringLiteral("retryAfterSeconds"), 7}};
        QCOMPARE(statusError(429, statusBody(429, {}, {}, details), "3", peer).retryAfter,
            std::optional<std::chrono::milliseconds>(7s));
        QCOMPARE(statusError(503, {}, " 3 ", peer).retryAfter, std::optional<std::chrono::milliseconds>(3s));
        QVERIFY(!statusError(503, {}, "Wed, 21 Oct 2026 07:28:00 GMT", peer).retryAfter);
        QVERIFY(!statusError(503, {}, "-5", peer).retryAfter);
    }

    void waitsNoLongerThanAMinute()
    {
        const QJsonObject details{{QStringLiteral("retryAfterSeconds"), 61}};
        QCOMPARE(statusError(503, {}, "3600", peer).retryAfter, std::optional<std::chrono::milliseconds>(60s));
        QCOMPARE(statusError(429, statusBody(429, {}, {}, details), {}, peer).retryAfter,
            std::optional<std::chrono::milliseconds>(60s));
    }

    void readsTheCodeOfADocument()
    {
        const QJsonObject document{
            {QStringLiteral("code"), 410}, {QStringLiteral("message"), QStringLiteral("too old")}};
        QCOMPARE(statusDocumentError(document, peer).kind, Error::Kind::Gone);
        QCOMPARE(statusDocumentError({}, peer).kind, Error::Kind::Protocol);
    }

    void survivesAnyBody_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a page") << QByteArray("<html><body>502 Bad Gateway</body></html>");
        QTest::newRow("half a document") << QByteArray("{\"kind\":\"Status\",\"mess");
        QTest::newRow("a list") << QByteArray("[1,2]");
        QTest::newRow("wrong types") << QByteArray(
            R"({"kind":"Status","message":[1],"reason":{},"details":"x","code":"y"})");
        QTest::newRow("wrong details") << QByteArray(
            R"({"kind":"Status","details":{"causes":{"a":1},"retryAfterSeconds":"soon"}})");
        QTest::newRow("deep") << QByteArray(100000, '[');
        QTest::newRow("bytes") << QByteArray("\xff\xfe\0\1", 4);
        QTest::newRow("huge") << QByteArray(8 * 1024 * 1024, 'x');
        QTest::newRow("huge message") << statusBody(500, {}, QString(1000000, u'x'));
    }

    void survivesAnyBody()
    {
        QFETCH(QByteArray, body);
        for (const int code : {401, 403, 404, 409, 422, 500, 502}) {
            const Error error = statusError(code, body, {}, peer);
            QVERIFY(!error.summary.isEmpty());
            QVERIFY(error.summary.size() < 5000);
            QVERIFY(error.detail.size() < 5000);
            QVERIFY(!error.summary.contains(u'<'));
        }
    }

    void saysThatTheServerIsNoKubernetes_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a page") << QByteArray("<!DOCTYPE html><title>404 Not Found</title>");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a web server in Go") << QByteArray("404 page not found\n");
        QTest::newRow("another API") << QByteArray(R"({"error": "not found"})");
    }

    void saysThatTheServerIsNoKubernetes()
    {
        QFETCH(QByteArray, body);
        const Error error = statusError(404, body, {}, peer);
        QCOMPARE(error.kind, Error::Kind::NotFound);
        QVERIFY2(error.summary.contains(peer.server), qPrintable(error.summary));
        QVERIFY2(error.summary.contains(QLatin1String("not as a Kubernetes API server")), qPrintable(error.summary));
        QVERIFY(statusError(404, "pod gone", {}, peer).summary.contains(QLatin1String("does not have it: pod gone")));
    }

    void showsPlainWordsOfAKubelet()
    {
        QVERIFY(
            statusError(500, "container not found\n", {}, peer).summary.contains(QLatin1String("container not found")));
    }
};

QTEST_GUILESS_MAIN(StatusMappingTest)
#include "tst_statusmapping.moc"
