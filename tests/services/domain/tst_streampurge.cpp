// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/streampurge.h"

#include <QJsonArray>
#include <QTest>

namespace {

/// 100 messages, of which 60 are on orders.a; with gaps where some were deleted one by one.
Stream stream(bool hasGaps)
{
    Stream stream;
    stream.config = {{QStringLiteral("subjects"), QJsonArray{QStringLiteral("orders.>")}}};
    stream.messages = 100;
    stream.firstSequence = 11;
    stream.lastSequence = hasGaps ? 130 : 110;
    return stream;
}

} // namespace

class StreamPurgeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void counts_data()
    {
        QTest::addColumn<StreamPurge>("purge");
        QTest::addColumn<bool>("hasGaps");
        QTest::addColumn<quint64>("messages");
        QTest::addColumn<bool>("isExact");
        const QString a = QStringLiteral("orders.a");
        QTest::newRow("all") << StreamPurge{{}, {}, {}} << true << quint64(100) << true;
        QTest::newRow("a subject") << StreamPurge{a, {}, {}} << true << quint64(60) << true;
        QTest::newRow("keep") << StreamPurge{{}, {}, 30} << true << quint64(70) << true;
        QTest::newRow("keep of a subject") << StreamPurge{a, {}, 30} << true << quint64(30) << true;
        QTest::newRow("keep more than there is") << StreamPurge{a, {}, 90} << false << quint64(0) << true;
        QTest::newRow("before the first") << StreamPurge{{}, 11, {}} << false << quint64(0) << true;
        QTest::newRow("before one in the midst") << StreamPurge{{}, 21, {}} << false << quint64(10) << true;
        QTest::newRow("before one, with gaps") << StreamPurge{{}, 21, {}} << true << quint64(10) << false;
        QTest::newRow("before one, of a subject") << StreamPurge{a, 100, {}} << false << quint64(60) << false;
        QTest::newRow("before what is to come") << StreamPurge{{}, 500, {}} << true << quint64(100) << true;
    }

    void counts()
    {
        QFETCH(StreamPurge, purge);
        QFETCH(bool, hasGaps);
        QFETCH(quint64, messages);
        QFETCH(bool, isExact);
        QCOMPARE(countOf(purge, stream(hasGaps), 60), (PurgeCount{messages, isExact}));
    }

    void refusesWhatMakesNoSense()
    {
        const auto fields = [](const StreamPurge &purge) {
            QStringList names;
            for (const FieldError &error : validate(purge))
                names.append(error.field);
            return names;
        };
        QVERIFY(fields({{}, {}, {}}).isEmpty());
        QVERIFY(fields({QStringLiteral("orders.*"), 5, {}}).isEmpty());
        QCOMPARE(fields({QStringLiteral("a..b"), {}, {}}), QStringList{QStringLiteral("subject")});
        QVERIFY(fields({QStringLiteral("bills.new"), {}, {}}).isEmpty()); // it may hold what it takes no more
        QCOMPARE(fields({{}, 0, {}}), QStringList{QStringLiteral("before")});
        QCOMPARE(fields({{}, {}, 0}), QStringList{QStringLiteral("keep")}); // servers take that for all
    }

    void writesTheRequest()
    {
        QCOMPARE(toRequest({{}, {}, {}}), QJsonObject());
        const QJsonObject expected{{QStringLiteral("filter"), QStringLiteral("a")}, {QStringLiteral("seq"), 7}};
        QCOMPARE(toRequest({QStringLiteral("a"), 7, {}}), expected);
    }
};

QTEST_GUILESS_MAIN(StreamPurgeTest)
#include "tst_streampurge.moc"
