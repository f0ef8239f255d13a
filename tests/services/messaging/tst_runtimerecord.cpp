// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messaging/runtimerecord.h"

#include "tests/support/messagingfixture.h"

#include <QJsonDocument>
#include <QTest>

namespace {

QJsonObject specIn(const QJsonObject &configMap)
{
    return QJsonDocument::fromJson(configMap[u"data"_qs][u"spec.json"_qs].toString().toUtf8()).object();
}

/// The ConfigMap of a runtime whose spec has `more`.
QJsonObject configMapWith(const QJsonObject &more)
{
    RuntimeRecord record;
    record.spec = MessagingFixture::request().spec;
    QJsonObject configMap = record.toConfigMap(MessagingFixture::nameSpace);
    QJsonObject spec = specIn(configMap);
    for (auto it = more.begin(); it != more.end(); ++it)
        spec[it.key()] = it.value();
    QJsonObject data = configMap[u"data"_qs].toObject();
    data[u"spec.json"_qs] = QString::fromUtf8(QJsonDocument(spec).toJson());
    configMap[u"data"_qs] = data;
    return configMap;
}

} // namespace

class RuntimeRecordTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatItNeedsAndWhoWroteIt()
    {
        QCoreApplication::setApplicationVersion(u"1.2"_qs);
        const QJsonObject spec = specIn(configMapWith({}));
        QCOMPARE(spec[u"needs"_qs].toInt(), runtimeFormat);
        QCOMPARE(spec[u"writtenBy"_qs].toString(), u"1.2"_qs);
        QVERIFY(!RuntimeRecord::fromConfigMap(configMapWith({}))->obstacle());
        QVERIFY(!specObstacle(specText(MessagingFixture::request().spec)));
    }

    void refusesWhatIsNewer_data()
    {
        QTest::addColumn<QJsonObject>("more");
        QTest::addColumn<QString>("words");
        QTest::newRow("format") << QJsonObject{{u"needs"_qs, runtimeFormat + 1}, {u"writtenBy"_qs, u"7.1"_qs}}
                                << u"Use Pennant 7.1 or a newer one"_qs;
        QTest::newRow("field") << QJsonObject{{u"leafNodes"_qs, true}, {u"writtenBy"_qs, QJsonValue()}}
                               << u"A newer Pennant set this runtime up"_qs;
    }

    void refusesWhatIsNewer()
    {
        QFETCH(QJsonObject, more);
        QFETCH(QString, words);
        const QJsonObject configMap = configMapWith(more);
        const auto record = RuntimeRecord::fromConfigMap(configMap);
        QVERIFY(record);
        QVERIFY(record->obstacle());
        QVERIFY2(record->obstacle()->summary.contains(words), qPrintable(record->obstacle()->summary));
        const QString annotation = QString::fromUtf8(QJsonDocument(specIn(configMap)).toJson(QJsonDocument::Compact));
        QCOMPARE(specObstacle(annotation), record->obstacle());
    }

    /// Whoever writes such a record all the same doesn't make it look older.
    void keepsWhatANewerVersionNeeds()
    {
        const auto record = RuntimeRecord::fromConfigMap(
            configMapWith({{u"needs"_qs, runtimeFormat + 1}, {u"writtenBy"_qs, u"7.1"_qs}}));
        QVERIFY(record);
        const QJsonObject again = specIn(record->toConfigMap(MessagingFixture::nameSpace));
        QCOMPARE(again[u"needs"_qs].toInt(), runtimeFormat + 1);
        QCOMPARE(again[u"writtenBy"_qs].toString(), u"7.1"_qs);
    }
};

QTEST_GUILESS_MAIN(RuntimeRecordTest)
#include "tst_runtimerecord.moc"
