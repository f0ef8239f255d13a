// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/runtimeusage.h"

#include <QTest>

class RuntimeUsageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsTheConsumersThatTheStreamsTellOf();
    void countsNoConsumersOfAStreamThatIsOffline();

private:
    static Stream streamOf(int consumers)
    {
        Stream stream;
        stream.consumerCount = consumers;
        return stream;
    }
};

void RuntimeUsageTest::countsTheConsumersThatTheStreamsTellOf()
{
    RuntimeUsage usage;
    usage.countStreams({streamOf(1), streamOf(4)});
    QCOMPARE(usage.streams, std::optional(2));
    QCOMPARE(usage.consumers, std::optional(5));
    usage.countStreams({});
    QCOMPARE(usage.consumers, std::optional(0));
}

void RuntimeUsageTest::countsNoConsumersOfAStreamThatIsOffline()
{
    Stream offline = streamOf(0);
    offline.isOffline = true;
    RuntimeUsage usage;
    usage.countStreams({streamOf(1), offline, streamOf(1)});
    QCOMPARE(usage.streams, std::optional(3));
    QCOMPARE(usage.consumers, std::optional<int>());
}

QTEST_GUILESS_MAIN(RuntimeUsageTest)
#include "tst_runtimeusage.moc"
